package main

import (
	"bytes"
	"fmt"

	"gaugewright/internal/report"
	"gaugewright/internal/verify"
)

// outcome is what a run comes to.
type outcome struct {
	out    bytes.Buffer
	isDead bool // there are findings
	report *verify.Report
	err    error
}

// errs returns what could not be done. Questions without an answer are one error: the report names each.
func (s *outcome) errs() []string {
	var all []string
	var unanswered []report.Finding
	if s.report != nil {
		for _, e := range s.report.Errors {
			if e.Kind == report.NoAnswer {
				unanswered = append(unanswered, e)
			} else {
				all = append(all, fmt.Sprintf("%s: %s", e.Place, e.Text))
			}
		}
	}
	if n := len(unanswered); n > 0 {
		all = append(all, fmt.Sprintf("%s without an answer, so not everything was judged: %s",
			report.Count(n, "question"), unanswered[0].Text))
	}
	if s.err != nil {
		all = append(all, s.err.Error())
	}
	return all
}
