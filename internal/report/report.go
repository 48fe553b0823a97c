package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Formats are the names of the formats, for a command's -format.
var Formats = []string{"text", "json", "markdown", "github", "junit"}

// Report is what a command says in the end.
type Report struct {
	Command  string // verify
	Findings []Finding
	Notes    []Finding
	Errors   []Finding // what could not be done: a file that could not be read
	Cases    []Case    // what was looked at, for JUnit
	Lines    []string  // of the text, after the notes
	Sum      string    // all in one line
	Verbose  bool      // every note is written
}

// Case is one thing that was looked at: a query, a rule.
type Case struct {
	Place
	Skipped string // why it was not judged; else empty
	Took    time.Duration
}

// Write writes the report in one of the formats. As JSON, programs get the command's own report.
func (r Report) Write(out io.Writer, format string, own any) error {
	switch format {
	case "json":
		return JSON(out, own)
	case "markdown":
		return r.Markdown(out)
	case "github":
		return r.GitHub(out)
	case "junit":
		return r.JUnit(out)
	}
	return r.Text(out)
}

// Text writes the report for a person: notes, findings, the sum.
func (r Report) Text(out io.Writer) error {
	w := &strings.Builder{}
	r.notes(w)
	for _, line := range r.Lines {
		fmt.Fprintln(w, Shown(line))
	}
	for _, f := range r.Findings {
		fmt.Fprintln(w, Shown(f.String()))
	}
	fmt.Fprintln(w, Shown(r.Sum))
	_, err := io.WriteString(out, w.String())
	return err
}

// fewNotes is how many equal notes are printed one by one.
const fewNotes = 3

// notes prints equal notes only once, unless all are wanted.
func (r Report) notes(w io.Writer) {
	times := map[string]int{}
	for _, note := range r.Notes {
		times[note.Text]++
	}
	for _, note := range r.Notes {
		switch n := times[note.Text]; {
		case r.Verbose || n > 0 && n <= fewNotes:
			fmt.Fprintf(w, "note: %s\n", Shown(note.String()))
		case n > fewNotes:
			fmt.Fprintf(w, "note: %s (and %d more like this)\n", Shown(note.String()), n-1)
			times[note.Text] = 0
		}
	}
}

// JSON writes a command's own report for programs. They read each text as it is; a terminal and a
// workflow's log show nothing harmful.
func JSON(out io.Writer, report any) error {
	text := &strings.Builder{}
	encoder := json.NewEncoder(text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return err
	}
	safe := &strings.Builder{}
	for _, r := range text.String() {
		if isHarmful(r) && r != '\n' { // it can only be within a string
			fmt.Fprintf(safe, `\u%04x`, r)
		} else {
			safe.WriteRune(r)
		}
	}
	_, err := io.WriteString(out, strings.ReplaceAll(safe.String(), "##[", `#\u0023[`)) // within a string, too
	return err
}

// Markdown writes the report for a comment on a pull request.
func (r Report) Markdown(out io.Writer) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "### %s: %s\n\n", r.Command, Count(len(r.Findings), "finding"))
	all := slices.Concat(r.Findings, r.Errors)
	if len(all) > 0 {
		fmt.Fprint(w, "| place | board | panel | query | what | |\n|---|---|---|---|---|---|\n")
	}
	for _, f := range all {
		file := Place{File: f.File, Line: f.Line}
		Row(w, file.String(), f.Board, f.Panel, f.Query+f.Check, string(f.Kind), f.Text)
	}
	fmt.Fprintf(w, "\n%s\n", markdown(r.Sum))
	_, err := io.WriteString(out, w.String())
	return err
}

// Row writes a row of a Markdown table, whose cells are nothing but text.
func Row(w io.Writer, cells ...string) {
	for _, cell := range cells {
		fmt.Fprintf(w, "| %s ", markdown(cell))
	}
	fmt.Fprintln(w, "|")
}
