package diff

import (
	"fmt"
	"io"
	"strings"

	"gaugewright/internal/report"
)

// annotations are GitHub's names for the levels.
var annotations = []string{"", "notice", "warning", "error"}

// annotation is GitHub's level for a finding.
func (f Finding) annotation() string {
	switch {
	case !f.IsNew:
		return "notice"
	case f.Severity == anError:
		return "error"
	}
	return "warning"
}

// GitHub writes the result as annotations of a GitHub workflow.
func (r *Result) GitHub(out io.Writer) error {
	w := &strings.Builder{}
	for _, e := range r.Errors {
		report.Annotate(w, "error", "diff", e)
	}
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			found := report.Finding{Place: c.Place, Kind: report.Kind(c.Level.String()), Text: c.told(shown)}
			found.Panel, found.Query = shown(found.Panel), shown(found.Query)
			report.Annotate(w, annotations[c.Level], "diff", found)
		}
		for _, f := range s.Findings {
			found := report.Finding{Place: f.Place, Kind: report.Kind(f.word()), Text: f.sentence().With(shownFound)}
			found.Panel, found.Query = shown(found.Panel), "" // the sentence has the query
			report.Annotate(w, f.annotation(), "diff", found)
		}
	}
	fmt.Fprintf(w, "diff: %s\n", report.Escaped(r.Verdict()))
	_, err := io.WriteString(out, w.String())
	return err
}
