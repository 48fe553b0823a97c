package report

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes the report as commands of a GitHub workflow: each finding is an annotation of its line, or of its file.
// Notes are annotations only where every note is wanted, since GitHub shows few of them.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func (r Report) GitHub(out io.Writer) error {
	w := &strings.Builder{}
	for _, f := range r.Errors {
		Annotate(w, "error", r.Command, f)
	}
	for _, f := range r.Findings {
		Annotate(w, "error", r.Command, f)
	}
	if r.Verbose {
		for _, f := range r.Notes {
			Annotate(w, "notice", r.Command, f)
		}
	}
	fmt.Fprintf(w, "%s: %s\n", r.Command, Escaped(Shown(r.Sum)))
	_, err := io.WriteString(out, w.String())
	return err
}

// In a command's text, and in its properties.
var (
	escaped         = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapedProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Escaped writes a text so that a workflow does not take a line of it for a command.
func Escaped(text string) string { return escaped.Replace(text) }

// Annotate writes a finding as an annotation of a level: error, warning or notice.
func Annotate(w io.Writer, level, command string, f Finding) {
	properties := "file=" + escapedProperty.Replace(Shown(f.File))
	if f.Line > 0 {
		properties += fmt.Sprintf(",line=%d", f.Line)
	}
	title, text := command, f.Text
	if f.Kind != "" {
		title += ": " + string(f.Kind)
	}
	if within := f.Within(); within != "" {
		text = within + ": " + text
	}
	fmt.Fprintf(w, "::%s %s,title=%s::%s\n", level, properties, escapedProperty.Replace(Shown(title)), escaped.Replace(Shown(text)))
}
