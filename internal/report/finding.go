// Package report is what the commands say in the end: findings with their place, notes, and what could not be done; as
// text, JSON, Markdown, annotations of GitHub and JUnit XML. It also keeps baselines of known findings, and shows
// progress on a terminal. It decides nothing: what is a finding is the business of its callers.
//
// Packages that read a single text, such as query and grafana, have small problem types of their own. They do not know
// the file that their text comes from, and nothing else of theirs needs this package. Their callers make findings of
// their problems.
package report

import "fmt"

// Place is the place of a query, an annotation, a variable, a rule, or a check of a test.
type Place struct {
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"` // from 1; 0 where it is unknown
	Board string `json:"board"`          // the board's uid, the rules' group, or the test file's name
	Row   string `json:"row,omitempty"`  // the tabs and rows around the panel: it is shown, but does not identify the place
	Panel string `json:"panel"`          // the panel's title; "annotation NAME", "variable NAME", "test NUMBER", or the rule's name
	ID    int    `json:"panelId,omitempty"`
	Query string `json:"query,omitempty"` // refId
	Check string `json:"check,omitempty"` // of a test: "alert NAME at 5m"
	// Number is the position among places with the same board, panel and id, from 2 on; else 0.
	Number int `json:"number,omitempty"`
}

func (p Place) String() string {
	text := p.File
	if p.Line != 0 {
		text += fmt.Sprintf(":%d", p.Line)
	}
	if within := p.Within(); within != "" {
		text += ": " + within
	}
	return text
}

// Within returns the place inside its file. It is empty for the file as a whole.
func (p Place) Within() string {
	text := p.name()
	if p.Row != "" && text != "" {
		text = p.Row + " › " + text
	}
	if p.Query != "" {
		text += ", query " + p.Query
	}
	if p.Check != "" {
		text += ", " + p.Check
	}
	return text
}

// name returns the panel's title, with what distinguishes it from others of that title.
func (p Place) name() string {
	text := p.Panel
	if p.ID != 0 {
		text += fmt.Sprintf(" (id %d)", p.ID)
	}
	if p.Number != 0 {
		text += fmt.Sprintf(" (number %d)", p.Number)
	}
	return text
}

// Kind is the kind of a finding: one word, which its command gives.
type Kind string

// The kinds that every command has.
const (
	Unneeded Kind = "unneeded"  // a line of the baseline that is no longer needed
	NotRead  Kind = "not-read"  // a file that could not be read: an error, not a finding
	NoAnswer Kind = "no-answer" // a question that the source has no answer to: an error, not a finding
)

// Finding is something wrong; or a note, which has no kind. Place and kind identify a finding; its text can change with
// the data.
type Finding struct {
	Place
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
}

func (f Finding) String() string {
	if f.Kind == "" {
		return fmt.Sprintf("%s: %s", f.Place, f.Text)
	}
	return fmt.Sprintf("%s: %s: %s", f.Place, f.Kind, f.Text)
}

// Count writes a number of things in words.
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
