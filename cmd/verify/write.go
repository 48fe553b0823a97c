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
		Command: "verify", Findings: r.Findings, Notes: r.Notes, Errors: r.Errors, Cases: cases(r), Sum: sum(r), Verbose: verbose,
	}
	if r.Observed > 0 {
		said.Lines = append(said.Lines, observed(r.Observed))
	}
	if !verbose {
		said.Lines = append(said.Lines, excused(r)...)
	}
	if verbose && format == "text" {
		if err := matrix(out, r); err != nil {
			return err
		}
	}
	if err := said.Write(out, format, r); err != nil || !verbose || format != "markdown" {
		return err
	}
	return markdownMatrix(out, r)
}

// observed says what follows from a short observation.
func observed(long time.Duration) string {
	return fmt.Sprintf("the service was observed for a few seconds, taken as %s. What needs longer is a note", long)
}

// excused returns the lines about queries that are empty as expected. They name no line of the file: there is nothing to
// mend.
func excused(r *verify.Report) []string {
	var lines []string
	for _, q := range r.Queries {
		if q.State == verify.Empty && q.Query != "" {
			at := q.Place
			at.Line = 0
			lines = append(lines, fmt.Sprintf("empty as expected: %s: %s", at, q.Why))
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

// matrix prints every query and rule, and the metrics that only one side has.
func matrix(out io.Writer, r *verify.Report) error {
	if r.Coverage == nil {
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "BOARD\tPANEL\tQUERY\tSTATE\tSERIES\tSAMPLES\tTIME\tWHY")
	for _, q := range judged(r) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\n", report.Shown(q.Board), report.Shown(q.Panel), report.Shown(q.Query),
			q.State, q.Series, q.Samples, q.Took.Round(10*time.Microsecond), report.Shown(q.Why))
	}
	w.Flush()
	for _, name := range r.Coverage.Unused {
		fmt.Fprintf(out, "not used: %s\n", report.Shown(name))
	}
	for _, name := range r.Coverage.Lacking {
		if _, err := fmt.Fprintf(out, "missing: %s\n", report.Shown(name)); err != nil {
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
