package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// write prints the report.
func (r *report) write(out io.Writer, format string, verbose bool) error {
	switch format {
	case "json":
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	case "markdown":
		return r.markdown(out, verbose)
	}
	return r.text(out, verbose)
}

func (r *report) text(out io.Writer, verbose bool) error {
	w := &strings.Builder{}
	if verbose && r.Coverage != nil {
		r.matrix(w)
		for _, name := range r.Coverage.Unused {
			fmt.Fprintf(w, "not used: %s\n", name)
		}
		for _, name := range r.Coverage.Lacking {
			fmt.Fprintf(w, "missing: %s\n", name)
		}
	}
	r.notes(w, verbose)
	for _, q := range r.Queries {
		if q.State == empty && !verbose && q.Query != "" {
			fmt.Fprintf(w, "empty as expected: %s: %s\n", q.place, q.Why)
		}
	}
	for _, f := range r.Findings {
		fmt.Fprintln(w, f)
	}
	fmt.Fprintln(w, r.sum())
	_, err := io.WriteString(out, w.String())
	return err
}

// fewNotes is how many equal notes are printed one by one.
const fewNotes = 3

// notes prints equal notes only once, unless verbose is set.
func (r *report) notes(w io.Writer, verbose bool) {
	times := map[string]int{}
	for _, note := range r.Notes {
		times[note.Text]++
	}
	for _, note := range r.Notes {
		switch n := times[note.Text]; {
		case verbose || n > 0 && n <= fewNotes:
			fmt.Fprintf(w, "note: %s: %s\n", note.place, note.Text)
		case n > fewNotes:
			fmt.Fprintf(w, "note: %s: %s (and %d more like this)\n", note.place, note.Text, n-1)
			times[note.Text] = 0
		}
	}
}

// sum returns the report in one line.
func (r *report) sum() string {
	findings := number(len(r.Findings), "finding")
	if r.Known > 0 {
		findings += fmt.Sprintf(" and %d known", r.Known)
	}
	if r.Tests != nil {
		findings = r.Tests.String() + "; " + findings
	}
	if r.Coverage == nil {
		return findings
	}
	text := fmt.Sprintf("%s, %d queries: %d with data, %d empty as expected, %s", number(r.Boards, "board"), len(r.Queries),
		count(r.Queries, hasData), count(r.Queries, empty), deadOrNotYet(r.Queries))
	if n := count(r.Queries, notJudged); n > 0 {
		text += fmt.Sprintf(", %d not judged", n)
	}
	if len(r.Rules) > 0 {
		text += fmt.Sprintf("; %s: %s", number(len(r.Rules), "rule"), deadOrNotYet(r.Rules))
	}
	c := r.Coverage
	return text + fmt.Sprintf("; %s; metrics: %d of %d used, %d used but missing", findings, c.Metrics-len(c.Unused),
		c.Metrics, len(c.Lacking))
}

// deadOrNotYet returns the number of dead queries, and of those that are not there yet.
func deadOrNotYet(all []judged) string {
	text := fmt.Sprintf("%d dead", count(all, isDead))
	if n := count(all, notYet); n > 0 {
		return fmt.Sprintf("%d not yet, %s", n, text)
	}
	return text
}

// number writes a number of things in words.
func number(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func (r *report) matrix(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "BOARD\tPANEL\tQUERY\tSTATE\tSERIES\tSAMPLES\tTIME\tWHY")
	for _, all := range [][]judged{r.Queries, r.Rules} {
		for _, q := range all {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\n", q.Board, q.Panel, q.Query, q.State, q.Series, q.Samples,
				q.Took.Round(10*time.Microsecond), q.Why)
		}
	}
	w.Flush()
}

// markdown writes the report for a comment on a pull request.
func (r *report) markdown(out io.Writer, verbose bool) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "### verify: %s\n\n", number(len(r.Findings), "finding"))
	if len(r.Findings) > 0 {
		fmt.Fprint(w, "| board | panel | query | what | |\n|---|---|---|---|---|\n")
	}
	for _, f := range r.Findings {
		row(w, f.Board, f.Panel, f.Query+f.Check, string(f.Kind), f.Text)
	}
	fmt.Fprintf(w, "\n%s\n", r.sum())
	if verbose {
		fmt.Fprint(w, "\n| board | panel | query | state | series | samples | time | why |\n|---|---|---|---|---|---|---|---|\n")
		for _, q := range append(append([]judged{}, r.Queries...), r.Rules...) {
			row(w, q.Board, q.Panel, q.Query, string(q.State), fmt.Sprint(q.Series), fmt.Sprint(q.Samples),
				q.Took.Round(10*time.Microsecond).String(), q.Why)
		}
	}
	_, err := io.WriteString(out, w.String())
	return err
}

// inCell escapes a text so that it is not read as a table, HTML or a mention.
var inCell = strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ", "@", "&#64;", "`", "'")

func row(w io.Writer, cells ...string) {
	for _, cell := range cells {
		fmt.Fprintf(w, "| %s ", inCell.Replace(cell))
	}
	fmt.Fprintln(w, "|")
}
