package verify

import (
	"time"

	"gaugewright/internal/report"
)

// The kinds of findings, in addition to those of rules.DoubtKind.
const (
	dead           report.Kind = "dead"           // a selector finds nothing, or an empty answer has no stated reason
	broken         report.Kind = "broken"         // not PromQL, or an error in its evaluation
	remark         report.Kind = "remark"         // PromQL's own warnings and infos
	window         report.Kind = "window"         // no answer over some of the ranges, by a fault of the query
	notNumbers     report.Kind = "not-numbers"    // only NaN and Inf
	wrongUnit      report.Kind = "unit"           // the panel's unit is not what the query measures
	label          report.Kind = "label"          // grouped or matched by a label that no series has
	legend         report.Kind = "legend"         // names a label that the series do not have
	override       report.Kind = "override"       // matches nothing
	transformation report.Kind = "transformation" // matches nothing
	variable       report.Kind = "variable"       // has no values
	notLoaded      report.Kind = "not-loaded"     // a rule that the server does not have
	bucketEdge     report.Kind = "bucket-edge"    // an alert's limit for a quantile that is not a bucket edge
	failed         report.Kind = "failed"         // a check of a test
	untested       report.Kind = "untested"       // an alert that no test expects to fire
	noAlert        report.Kind = "no-such-alert"  // a test expects an alert that no rule makes
)

// State is the result of judging a query.
type State string

// The states. Empty is as expected: nothing passes a comparison now, no alert fires, or the panel says why. NotYet: a
// value such as the first error is missing, or the observation was too short. Dead: the query needs something that does
// not exist, or can never have an answer. NotJudged: nothing can be known here.
const (
	HasData   State = "data"
	Empty     State = "empty"
	NotYet    State = "not-yet"
	Dead      State = "dead"
	NotJudged State = "skipped"
)

// Judged is a query or a rule, and its state.
type Judged struct {
	report.Place
	State   State         `json:"state"`
	Why     string        `json:"why,omitempty"` // the panel's noValue, or why it was not judged
	Series  int           `json:"series"`
	Samples int           `json:"samples"` // of the range with the most
	Took    time.Duration `json:"nanoseconds"`
}

// Count returns how many of the judged have a state.
func Count(all []Judged, s State) int {
	n := 0
	for _, j := range all {
		if j.State == s {
			n++
		}
	}
	return n
}

// numbers counts equal places. A number is the position in the files, so it does not depend on what is found.
type numbers map[report.Place]int

func (n numbers) next(p report.Place) int {
	if n[p]++; n[p] == 1 {
		return 0
	}
	return n[p]
}
