package ruletest

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"gaugewright/internal/rules"
)

// rule is a rule under test, its place, and what is known about it without evaluating it.
type rule struct {
	*rules.Compiled
	place
	labels map[string]string // with those of its group
	reads  reading
	writes []string // names of series
}

// place is the position of a rule.
type place struct {
	path         string
	group, index int
}

// reading is what an expression reads.
type reading struct {
	names []string // of series, sorted
	all   bool     // has a selector without a name, which can find anything
	fixed bool     // has a fixed time, or looks ahead: its result may depend on later samples
}

// asks finds calls of the template function query; urlquery does not run a query.
var asks = regexp.MustCompile(`\bquery\b`)

// compile prepares a rule for tests.
func compile(group rules.Group, one rules.Rule, at place, step time.Duration) (*rule, error) {
	compiled, err := rules.Compile(group, one, step)
	if err != nil {
		return nil, err
	}
	r := &rule{Compiled: compiled, place: at, labels: group.LabelsOf(one), writes: []string{one.Record}}
	if one.Alert != "" {
		r.writes = []string{rules.AlertsSeries, rules.ForStateSeries}
	}
	if expr, err := rules.PromQL.ParseExpr(one.Expr); err == nil {
		r.reads = readingOf(expr)
	}
	for _, texts := range []map[string]string{r.labels, one.Annotations} {
		for _, text := range texts {
			r.reads.all = r.reads.all || strings.Contains(text, "{{") && asks.MatchString(text)
		}
	}
	return r, nil
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
		if m.Name == model.MetricNameLabel && m.Type == labels.MatchEqual {
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
	for name, value := range a.labels {
		other := b.labels[name]
		fixed := a.Record != "" || !strings.Contains(value+other, "{{")
		distinct = distinct || fixed && other != "" && value != "" && other != value
	}
	return !distinct
}
