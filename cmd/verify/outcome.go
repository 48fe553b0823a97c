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
	if s.report != nil {
		for _, e := range s.report.Errors {
			if e.Kind != report.NoAnswer {
				all = append(all, fmt.Sprintf("%s: %s", e.Place, e.Text))
			}
		}
		if missed := unanswered(s.report); len(missed) > 0 {
			all = append(all, fmt.Sprintf("%s without an answer, so not everything was judged: %s",
				report.Count(len(missed), "question"), missed[0].Text))
		}
	}
	if s.err != nil {
		all = append(all, s.err.Error())
	}
	return all
}
