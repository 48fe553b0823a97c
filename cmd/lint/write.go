package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gaugewright/internal/lint"
	"gaugewright/internal/report"
)

// saying is what the command says.
type saying struct {
	*lint.Result
	Excused int
	Known   int

	unread []report.Finding // files that could not be read, and questions without an answer
	isAll  bool
}

// shown returns the findings that are wanted.
func (s *saying) shown() []lint.Finding {
	if s.isAll {
		return s.Findings
	}
	return slices.DeleteFunc(slices.Clone(s.Findings), func(f lint.Finding) bool { return f.Severity != lint.Error })
}

func (s *saying) count(severity lint.Severity) int {
	n := 0
	for _, f := range s.Findings {
		if f.Severity == severity {
			n++
		}
	}
	return n
}

func (s *saying) write(out io.Writer, format string) error {
	switch format {
	case "json":
		return report.JSON(out, s.asJSON())
	case "sarif":
		return lint.SARIF(out, s.shown())
	case "github":
		return s.github(out)
	case "junit":
		return s.report().JUnit(out)
	}
	return s.text(out)
}

func (s *saying) text(out io.Writer) error {
	w := &strings.Builder{}
	for _, f := range s.shown() {
		text := lint.Text(f)
		if f.Severity == lint.Warning {
			text = "warning: " + text
		}
		w.WriteString(text)
	}
	if s.isAll {
		for _, k := range s.Skipped {
			fmt.Fprintf(w, "skipped: %s did not know %s: %s\n", k.Rule, k.Lack, report.Shown(listed(k.Of)))
		}
	}
	fmt.Fprintln(w, report.Shown(s.sum()))
	_, err := io.WriteString(out, w.String())
	return err
}

// mostListed is how many things a line names.
const mostListed = 8

func listed(all []string) string {
	if len(all) > mostListed {
		return strings.Join(all[:mostListed], ", ") + fmt.Sprintf(" and %d more", len(all)-mostListed)
	}
	return strings.Join(all, ", ")
}

// sum returns the result in one line.
func (s *saying) sum() string {
	queries := "1 query"
	if s.Queries != 1 {
		queries = fmt.Sprintf("%d queries", s.Queries)
	}
	text := fmt.Sprintf("%s, %s, %s: %s, %s", report.Count(s.Boards, "board"), report.Count(s.Rules, "rule"), queries,
		report.Count(s.count(lint.Error), "error"), report.Count(s.count(lint.Warning), "warning"))
	if !s.isAll && s.count(lint.Warning) > 0 {
		text += " (-all shows them)"
	}
	if s.Known > 0 {
		text += fmt.Sprintf(", %d known", s.Known)
	}
	if s.Excused > 0 {
		text += fmt.Sprintf(", %d excused", s.Excused)
	}
	questions := 0
	for _, f := range s.unread {
		if f.Kind == report.NoAnswer {
			questions++
		}
	}
	if files := len(s.unread) - questions; files > 0 {
		text += "; " + report.Count(files, "file") + " not read"
	}
	if questions > 0 {
		text += "; " + report.Count(questions, "question") + " without an answer"
	}
	return text + s.skips()
}

// skips says how many rules were silent, for want of what.
func (s *saying) skips() string {
	rules, metrics := map[string]bool{}, map[string]bool{}
	for _, k := range s.Skipped {
		rules[k.Rule] = true
		if k.Lack == lint.NoKind || k.Lack == lint.NoLabels {
			for _, name := range k.Of {
				metrics[name] = true
			}
		}
	}
	switch {
	case len(rules) == 0:
		return ""
	case len(metrics) == 0:
		return fmt.Sprintf("; %s skipped what is not known: -all lists it", report.Count(len(rules), "rule"))
	}
	return fmt.Sprintf("; %s skipped what needs more: %s not known well enough, give -metrics or -prometheus",
		report.Count(len(rules), "rule"), report.Count(len(metrics), "metric"))
}

// asJSON is what programs get.
func (s *saying) asJSON() any {
	return struct {
		Findings []lint.Finding   `json:"findings"`
		Errors   []report.Finding `json:"errors,omitempty"`
		Skipped  []lint.Skipped   `json:"skipped,omitempty"`
		Boards   int              `json:"boards"`
		Rules    int              `json:"rules"`
		Queries  int              `json:"queries"`
		Known    int              `json:"known"`
		Excused  int              `json:"excused"`
	}{append([]lint.Finding{}, s.shown()...), s.unread, s.Skipped, s.Boards, s.Rules, s.Queries, s.Known, s.Excused}
}

// github writes annotations.
func (s *saying) github(out io.Writer) error {
	w := &strings.Builder{}
	for _, f := range s.unread {
		report.Annotate(w, "error", "lint", f)
	}
	for _, f := range s.shown() {
		report.Annotate(w, string(f.Severity), "lint", f.Reported())
	}
	fmt.Fprintf(w, "lint: %s\n", report.Escaped(report.Shown(s.sum())))
	_, err := io.WriteString(out, w.String())
	return err
}

// report is what the formats that know no warnings write: only errors fail a case.
func (s *saying) report() report.Report {
	r := report.Report{Command: "lint", Errors: s.unread, Sum: s.sum()}
	for _, at := range s.Places {
		r.Cases = append(r.Cases, report.Case{Place: at})
	}
	for _, f := range s.Findings {
		if f.Severity == lint.Error {
			r.Findings = append(r.Findings, f.Reported())
		}
	}
	return r
}
