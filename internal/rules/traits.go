package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// The series that every pending or firing alert writes.
const (
	alertsSeries   = "ALERTS"
	forStateSeries = "ALERTS_FOR_STATE"
	stateLabel     = "alertstate"
)

// traits are what is known about a rule without evaluating it.
type traits struct {
	reads  reading
	writes []string // names of series
}

// reading is what an expression reads.
type reading struct {
	names []string // of series, sorted
	all   bool     // has a selector without a name, which can find anything
	fixed bool     // has a fixed time, or looks ahead: its result may depend on later samples
}

// asks finds calls of the template function query; urlquery does not run a query.
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

// nameOf returns the metric name of a selector, or an empty text if it can find several.
func nameOf(selector *parser.VectorSelector) string {
	for _, m := range selector.LabelMatchers {
		if m.Name == labels.MetricName && m.Type == labels.MatchEqual {
			return m.Value
		}
	}
	return ""
}

// any reports whether the expression can read one of the series.
func (r reading) any(names []string) bool {
	return r.all || slices.ContainsFunc(names, func(name string) bool { return slices.Contains(r.names, name) })
}

// mayCollide reports whether two rules can write the same series: they write the same name, and no label has a
// different fixed value in each.
func mayCollide(a, b *rule) bool {
	if a.Alert != b.Alert || a.Record != b.Record {
		return false
	}
	distinct := false
	a.labels.Range(func(l labels.Label) {
		other := b.labels.Get(l.Name)
		fixed := a.Record != "" || !strings.Contains(l.Value+other, "{{")
		distinct = distinct || fixed && other != "" && l.Value != "" && other != l.Value
	})
	return !distinct
}
