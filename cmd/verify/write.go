package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"gaugewright/internal/report"
	"gaugewright/internal/verify"
)

// write prints the report in a format.
func write(out io.Writer, r *verify.Report, format string, verbose bool) error {
	said := report.Report{
		Command: "verify", Findings: r.Findings, Notes: r.Notes, Sum: sum(r), Verbose: verbose,
	}
	switch format {
	case "json":
		return report.JSON(out, r)
	case "github":
		return said.GitHub(out)
	case "junit":
		said.Cases = cases(r)
		return said.JUnit(out)
	case "markdown":
		if err := said.Markdown(out); err != nil || !verbose {
			return err
		}
		return markdownMatrix(out, r)
	}
	if verbose {
		if err := matrix(out, r); err != nil {
			return err
		}
	} else {
		said.Lines = excused(r)
	}
	return said.Text(out)
}

// excused returns the lines about queries that are empty as expected.
func excused(r *verify.Report) []string {
	var lines []string
	for _, q := range r.Queries {
		if q.State == verify.Empty && q.Query != "" {
			lines = append(lines, fmt.Sprintf("empty as expected: %s: %s", q.Place, q.Why))
		}
	}
	return lines
}

// cases returns what was judged.
func cases(r *verify.Report) []report.Case {
	var all []report.Case
	for _, q := range judged(r) {
		c := report.Case{Place: q.Place, Took: q.Took}
		if q.State == verify.NotJudged {
			c.Skipped = q.Why
		}
		all = append(all, c)
	}
	return all
}

func judged(r *verify.Report) []verify.Judged { return slices.Concat(r.Queries, r.Rules) }

// sum returns the report in one line.
func sum(r *verify.Report) string {
	findings := report.Count(len(r.Findings), "finding")
	if r.Known > 0 {
		findings += fmt.Sprintf(" and %d known", r.Known)
	}
	if r.Tests != nil {
		findings = r.Tests.String() + "; " + findings
	}
	if r.Coverage == nil {
		return findings
	}
	text := fmt.Sprintf("%s, %d queries: %d with data, %d empty as expected, %s", report.Count(r.Boards, "board"), len(r.Queries),
		verify.Count(r.Queries, verify.HasData), verify.Count(r.Queries, verify.Empty), deadOrNotYet(r.Queries))
	if n := verify.Count(r.Queries, verify.NotJudged); n > 0 {
		text += fmt.Sprintf(", %d not judged", n)
	}
	if len(r.Rules) > 0 {
		text += fmt.Sprintf("; %s: %s", report.Count(len(r.Rules), "rule"), deadOrNotYet(r.Rules))
	}
	c := r.Coverage
	return text + fmt.Sprintf("; %s; metrics: %d of %d used, %d used but missing", findings, c.Metrics-len(c.Unused),
		c.Metrics, len(c.Lacking))
}

// deadOrNotYet returns the number of dead queries, and of those that are not there yet.
func deadOrNotYet(all []verify.Judged) string {
	text := fmt.Sprintf("%d dead", verify.Count(all, verify.Dead))
	if n := verify.Count(all, verify.NotYet); n > 0 {
		return fmt.Sprintf("%d not yet, %s", n, text)
	}
	return text
}

// matrix prints every query and rule, and the metrics that only one side has.
func matrix(out io.Writer, r *verify.Report) error {
	if r.Coverage == nil {
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "BOARD\tPANEL\tQUERY\tSTATE\tSERIES\tSAMPLES\tTIME\tWHY")
	for _, q := range judged(r) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\n", q.Board, q.Panel, q.Query, q.State, q.Series, q.Samples,
			q.Took.Round(10*time.Microsecond), q.Why)
	}
	w.Flush()
	for _, name := range r.Coverage.Unused {
		fmt.Fprintf(out, "not used: %s\n", name)
	}
	for _, name := range r.Coverage.Lacking {
		if _, err := fmt.Fprintf(out, "missing: %s\n", name); err != nil {
			return err
		}
	}
	return nil
}

func markdownMatrix(out io.Writer, r *verify.Report) error {
	fmt.Fprint(out, "\n| board | panel | query | state | series | samples | time | why |\n|---|---|---|---|---|---|---|---|\n")
	for _, q := range judged(r) {
		report.Row(out, q.Board, q.Panel, q.Query, string(q.State), fmt.Sprint(q.Series), fmt.Sprint(q.Samples),
			q.Took.Round(10*time.Microsecond).String(), q.Why)
	}
	return nil
}
