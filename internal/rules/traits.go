package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// The series that every alert writes while it is pending or firing.
const (
	alertsSeries   = "ALERTS"
	forStateSeries = "ALERTS_FOR_STATE"
	stateLabel     = "alertstate"
)

// traits are what can be told of a rule without evaluating it.
type traits struct {
	reads  reading
	writes []string // names of series
}

// reading is what an expression reads.
type reading struct {
	names []string // of series, sorted
	all   bool     // there is a selector without a name: it can find anything
	fixed bool     // a time is written in it, or it looks ahead: the answer at a time depends on what comes later
}

// asks finds the template function query; urlquery asks nothing.
var asks = regexp.MustCompile(`\bquery\b`)

func traitsOf(r *rule, expr parser.Expr) traits {
	t := traits{reads: readingOf(expr), writes: []string{r.Record}}
	if r.Alert != "" {
		t.writes = []string{alertsSeries, forStateSeries}
	}
	expands := func(l labels.Label) {
		t.reads.all = t.reads.all || strings.Contains(l.Value, "{{") && asks.MatchString(l.Value)
	}
	r.labels.Range(expands)
	r.annotations.Range(expands)
	return t
}

func readingOf(expr parser.Expr) reading {
	var r reading
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		switch node := node.(type) {
		case *parser.VectorSelector:
			if name := nameOf(node); name != "" {
				r.names = append(r.names, name)
			} else {
				r.all = true
			}
			r.fixed = r.fixed || node.Timestamp != nil || node.StartOrEnd != 0 || node.OriginalOffset < 0 ||
				node.OriginalOffsetExpr != nil
		case *parser.SubqueryExpr:
			r.fixed = r.fixed || node.Timestamp != nil || node.StartOrEnd != 0 || node.OriginalOffset < 0 ||
				node.OriginalOffsetExpr != nil
		}
		return nil
	})
	slices.Sort(r.names)
	r.names = slices.Compact(r.names)
	return r
}

// nameOf is the name of the only series that a selector can find, empty where it can find several.
func nameOf(selector *parser.VectorSelector) string {
	for _, m := range selector.LabelMatchers {
		if m.Name == labels.MetricName && m.Type == labels.MatchEqual {
			return m.Value
		}
	}
	return ""
}

// any tells whether the expression can read one of the series.
func (r reading) any(names []string) bool {
	return r.all || slices.ContainsFunc(names, func(name string) bool { return slices.Contains(r.names, name) })
}

// mayCollide tells whether two rules can write the very same series: they have the same name, and no label to which
// each gives a fixed value of its own.
func mayCollide(a, b *rule) bool {
	if a.Alert != b.Alert || a.Record != b.Record {
		return false
	}
	apart := false
	a.labels.Range(func(l labels.Label) {
		other := b.labels.Get(l.Name)
		fixed := a.Record != "" || !strings.Contains(l.Value+other, "{{")
		apart = apart || fixed && other != "" && l.Value != "" && other != l.Value
	})
	return !apart
}
