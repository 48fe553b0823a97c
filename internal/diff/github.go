package diff

import (
	"io"

	"gaugewright/internal/report"
)

// GitHub writes the result as annotations of a GitHub workflow.
func (r *Result) GitHub(out io.Writer) error {
	said := report.Report{Command: "diff", Sum: r.Verdict(), Errors: r.Errors}
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			said.Findings = append(said.Findings, report.Finding{Place: c.Place, Kind: report.Kind(c.Level.String()), Text: c.Text.With(shown)})
		}
	}
	return said.GitHub(out)
}
