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
		r.annotate(w, "error", f)
	}
	for _, f := range r.Findings {
		r.annotate(w, "error", f)
	}
	if r.Verbose {
		for _, f := range r.Notes {
			r.annotate(w, "notice", f)
		}
	}
	fmt.Fprintf(w, "%s: %s\n", r.Command, escaped.Replace(r.Sum))
	_, err := io.WriteString(out, w.String())
	return err
}

// In a command's text, and in its properties.
var (
	escaped         = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapedProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func (r Report) annotate(w io.Writer, level string, f Finding) {
	properties := "file=" + escapedProperty.Replace(f.File)
	if f.Line > 0 {
		properties += fmt.Sprintf(",line=%d", f.Line)
	}
	title, text := r.Command, f.Text
	if f.Kind != "" {
		title += ": " + string(f.Kind)
	}
	if within := f.Within(); within != "" {
		text = within + ": " + text
	}
	fmt.Fprintf(w, "::%s %s,title=%s::%s\n", level, properties, escapedProperty.Replace(title), escaped.Replace(text))
}
