package main

import (
	"fmt"
	"time"
)

// place is the place of a query, an annotation, a variable, a rule, or a check of a test.
type place struct {
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"` // of a rule or a check, from 1
	Board string `json:"board"`          // the board's uid, the rules' group, or the test file's name
	Panel string `json:"panel"`          // the panel's title; "annotation NAME", "variable NAME", "test NUMBER", or the rule's name
	ID    int    `json:"panelId,omitempty"`
	Query string `json:"query,omitempty"` // refId
	Check string `json:"check,omitempty"` // of a test: "alert NAME at 5m"
	// Number is the position among places with the same board, panel and id, from 2 on; else 0.
	Number int `json:"number,omitempty"`
}

func (p place) String() string {
	text := p.File
	if p.Line != 0 {
		text += fmt.Sprintf(":%d", p.Line)
	}
	text += ": " + p.name()
	if p.Query != "" {
		text += ", query " + p.Query
	}
	if p.Check != "" {
		text += ", " + p.Check
	}
	return text
}

// name returns the panel's title, with what distinguishes it from others of that title.
func (p place) name() string {
	text := p.Panel
	if p.ID != 0 {
		text += fmt.Sprintf(" (id %d)", p.ID)
	}
	if p.Number != 0 {
		text += fmt.Sprintf(" (number %d)", p.Number)
	}
	return text
}

// numbers counts equal places. A number is the position in the files, so it does not depend on what is found.
type numbers map[place]int

func (n numbers) next(p place) int {
	if n[p]++; n[p] == 1 {
		return 0
	}
	return n[p]
}

// kind is the kind of a finding.
type kind string

// The kinds, in addition to those of rules.DoubtKind.
const (
	dead           kind = "dead"           // a selector finds nothing, or an empty answer has no stated reason
	broken         kind = "broken"         // not PromQL, or an error in its evaluation
	remark         kind = "remark"         // PromQL's own warnings and infos
	notNumbers     kind = "not-numbers"    // only NaN and Inf
	wrongUnit      kind = "unit"           // the panel's unit is not what the query measures
	label          kind = "label"          // grouped or matched by a label that no series has
	legend         kind = "legend"         // names a label that the series do not have
	override       kind = "override"       // matches nothing
	transformation kind = "transformation" // matches nothing
	variable       kind = "variable"       // has no values
	notLoaded      kind = "not-loaded"     // a rule that the server does not have
	bucketEdge     kind = "bucket-edge"    // an alert's limit for a quantile that is not a bucket edge
	failed         kind = "failed"         // a check of a test
	untested       kind = "untested"       // an alert that no test expects to fire
	noAlert        kind = "no-such-alert"  // a test expects an alert that no rule makes
	unneeded       kind = "unneeded"       // a line of the baseline that is no longer needed
)

// finding is something wrong. Place and kind identify it; its text can change with the data.
type finding struct {
	place
	Kind kind   `json:"kind"`
	Text string `json:"text"`
}

func (f finding) String() string { return fmt.Sprintf("%s: %s: %s", f.place, f.Kind, f.Text) }

// state is the result of judging a query.
type state string

// The states. A query is empty as expected if each of its selectors finds series and the panel says why it may be
// empty. It is not yet there if the metric exists, but none of its series has the value that a matcher asks for.
const (
	hasData   state = "data"
	empty     state = "empty"
	notYet    state = "not-yet"
	isDead    state = "dead"
	notJudged state = "skipped"
)

// judged is a query or a rule, and its state.
type judged struct {
	place
	State   state         `json:"state"`
	Why     string        `json:"why,omitempty"` // the panel's noValue, or why it was not judged
	Series  int           `json:"series"`
	Samples int           `json:"samples"` // of the range with the most
	Took    time.Duration `json:"nanoseconds"`
}
