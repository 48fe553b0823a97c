package main

import (
	"fmt"
	"time"
)

// place is where something stands: a query of a panel, an annotation, a variable, a rule, a check of a test.
type place struct {
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"` // of a rule or a check, from 1
	Board string `json:"board"`          // its uid, the rules' group, or the name of the file of tests
	Panel string `json:"panel"`          // its title; "annotation NAME", "variable NAME", "test NUMBER", or the rule's name
	ID    int    `json:"panelId,omitempty"`
	Query string `json:"query,omitempty"` // refId
	Check string `json:"check,omitempty"` // of a test: "alert NAME at 5m"
	// Number is the position among those of equal board, panel and id, from 2 on; else 0.
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

// name is the panel, told from others of the same title.
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

// numbers counts places that are alike. The numbers are by position in the files, so that they say which one it is
// whatever is found.
type numbers map[place]int

func (n numbers) next(p place) int {
	if n[p]++; n[p] == 1 {
		return 0
	}
	return n[p]
}

// kind is what is wrong.
type kind string

// The kinds, beside those of rules.DoubtKind.
const (
	dead           kind = "dead"           // a selector finds nothing, or there is no answer and no excuse
	broken         kind = "broken"         // no PromQL, or an error when it is computed
	remark         kind = "remark"         // PromQL's own warnings and infos
	notNumbers     kind = "not-numbers"    // nothing but NaN and Inf
	label          kind = "label"          // grouped or matched by a label that no series has
	legend         kind = "legend"         // a label in it that the series lack
	override       kind = "override"       // matches nothing
	transformation kind = "transformation" // matches nothing
	variable       kind = "variable"       // has no values
	notLoaded      kind = "not-loaded"     // a rule that the server does not have
	bucketEdge     kind = "bucket-edge"    // an alert's limit for a quantile, which is no edge of the histogram
	failed         kind = "failed"         // a check of a test
	untested       kind = "untested"       // an alert that no test expects to fire
	noAlert        kind = "no-such-alert"  // a test is about an alert that no rule makes
	unneeded       kind = "unneeded"       // a line of the baseline
)

// finding is something wrong. Its text can change with the data; place and kind tell it from others.
type finding struct {
	place
	Kind kind   `json:"kind"`
	Text string `json:"text"`
}

func (f finding) String() string { return fmt.Sprintf("%s: %s: %s", f.place, f.Kind, f.Text) }

// state is what became of a query.
type state string

// The states. An empty one is rightly so: every selector in it finds series, and the panel says why there is nothing. Of
// what is not yet, the metric is there and no series of it has the value that a matcher asks for.
const (
	hasData   state = "data"
	empty     state = "empty"
	notYet    state = "not-yet"
	isDead    state = "dead"
	notJudged state = "skipped"
)

// judged is a query, or a rule, and what became of it.
type judged struct {
	place
	State   state         `json:"state"`
	Why     string        `json:"why,omitempty"` // the panel's noValue, or why it was not judged
	Series  int           `json:"series"`
	Samples int           `json:"samples"` // of the range that had most
	Took    time.Duration `json:"nanoseconds"`
}
