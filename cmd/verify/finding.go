package main

import (
	"fmt"
	"time"
)

// place is where something stands: a query of a panel, an annotation, a variable, a rule.
type place struct {
	File  string `json:"file"`
	Board string `json:"board"` // its uid, or the rules' group
	Panel string `json:"panel"` // its title; "annotation NAME", "variable NAME", or the rule's name
	ID    int    `json:"panelId,omitempty"`
	Query string `json:"query,omitempty"` // refId
	// Number is the position among those of equal board, panel and id, from 2 on; else 0.
	Number int `json:"number,omitempty"`
}

func (p place) String() string {
	text := p.File + ": " + p.name()
	if p.Query != "" {
		text += ", query " + p.Query
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

// The kinds.
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

// The states. An empty one is rightly so: every selector in it finds series, and the panel says why there is nothing.
const (
	hasData   state = "data"
	empty     state = "empty"
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
