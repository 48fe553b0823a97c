package main

import (
	"fmt"
	"strings"

	"gaugewright/internal/report"
	"gaugewright/internal/verify"
)

// sum returns the report in one line.
func sum(r *verify.Report) string {
	var parts []string
	if isJudged := r.Coverage != nil || len(r.Queries)+len(r.Rules) > 0; isJudged {
		parts = append(parts, queries(r))
		if len(r.Rules) > 0 {
			parts = append(parts, fmt.Sprintf("%s: %s", report.Count(len(r.Rules), "rule"), deadOrNot(r.Rules)))
		}
	}
	if r.Tests != nil {
		parts = append(parts, r.Tests.String())
	}
	findings := report.Count(len(r.Findings), "finding")
	if r.Known > 0 {
		findings += fmt.Sprintf(" and %d known", r.Known)
	}
	parts = append(parts, findings)
	if c := r.Coverage; c != nil {
		missing := fmt.Sprintf("%d used but missing", len(c.Lacking))
		if c.IsPart {
			missing = "what is missing is not known"
		}
		parts = append(parts, fmt.Sprintf("metrics: %d of %d used, %s", c.Metrics-len(c.Unused), c.Metrics, missing))
	}
	if n := unread(r); n > 0 {
		parts = append(parts, report.Count(n, "file")+" not read")
	}
	if n := len(unanswered(r)); n > 0 {
		parts = append(parts, report.Count(n, "question")+" without an answer")
	}
	return strings.Join(parts, "; ")
}

// unread counts the files that were not read, or not whole.
func unread(r *verify.Report) int {
	files := map[string]bool{}
	for _, e := range r.Errors {
		if e.Kind == report.NotRead {
			files[e.File] = true
		}
	}
	return len(files)
}

// unanswered returns the errors about questions without an answer.
func unanswered(r *verify.Report) []report.Finding {
	var all []report.Finding
	for _, e := range r.Errors {
		if e.Kind == report.NoAnswer {
			all = append(all, e)
		}
	}
	return all
}

func queries(r *verify.Report) string {
	queries := fmt.Sprintf("%d queries", len(r.Queries))
	if len(r.Queries) == 1 {
		queries = "1 query"
	}
	return fmt.Sprintf("%s, %s: %d with data, %d empty as expected, %s", report.Count(r.Boards, "board"), queries,
		verify.Count(r.Queries, verify.HasData), verify.Count(r.Queries, verify.Empty), deadOrNot(r.Queries))
}

// deadOrNot returns the number of dead queries, of those that are not there yet, and of those without a verdict.
func deadOrNot(all []verify.Judged) string {
	text := fmt.Sprintf("%d dead", verify.Count(all, verify.Dead))
	if n := verify.Count(all, verify.NotYet); n > 0 {
		text = fmt.Sprintf("%d not yet, %s", n, text)
	}
	if n := verify.Count(all, verify.NotJudged); n > 0 {
		text += fmt.Sprintf(", %d not judged", n)
	}
	return text
}
