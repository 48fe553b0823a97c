package query

import (
	"fmt"
	"maps"
	"slices"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// LabelSet is an upper bound: the labels that the series of a result can carry.
type LabelSet struct {
	Names []string // sorted, without __name__
	Open  bool     // others are possible: a metric is not in the catalogue, or a variable stands for labels

	has  map[string]bool // Names, and __name__
	gone map[string]bool // labels that an open set cannot carry
}

// Has reports whether the series can carry a label, which may be __name__.
func (s LabelSet) Has(label string) bool { return s.has[label] || s.Open && !s.gone[label] }

func labelSet(names ...string) LabelSet { return LabelSet{}.with(names...) }

func openSet() LabelSet { return LabelSet{Open: true} }

func (s LabelSet) clone() LabelSet {
	s.has, s.gone = maps.Clone(s.has), maps.Clone(s.gone)
	if s.has == nil {
		s.has = map[string]bool{}
	}
	if s.gone == nil {
		s.gone = map[string]bool{}
	}
	return s
}

// with adds labels.
func (s LabelSet) with(names ...string) LabelSet {
	s = s.clone()
	for _, name := range names {
		s.has[name] = true
		delete(s.gone, name)
	}
	return s
}

// without drops labels.
func (s LabelSet) without(names ...string) LabelSet {
	s = s.clone()
	for _, name := range names {
		delete(s.has, name)
		s.gone[name] = true
	}
	return s
}

// only keeps those of the named labels that are possible.
func (s LabelSet) only(names []string) LabelSet {
	kept := labelSet()
	for _, name := range names {
		if s.Has(name) {
			kept = kept.with(name)
		}
	}
	return kept
}

// or returns the labels that a series of either set can carry.
func (s LabelSet) or(t LabelSet) LabelSet {
	both := s.with(slices.Collect(maps.Keys(t.has))...)
	both.Open = s.Open || t.Open
	maps.DeleteFunc(both.gone, func(name string, _ bool) bool { return t.Has(name) })
	if !s.Open {
		both.gone = maps.Clone(t.gone)
		maps.DeleteFunc(both.gone, func(name string, _ bool) bool { return s.Has(name) })
	}
	return both
}

// Labels returns the labels that the result of the query can carry. The problems are the labels in by, without, on,
// ignoring and group that no series there can carry.
func (q *Query) Labels(c Catalogue) (LabelSet, []Problem) {
	l := labeller{q: q, catalogue: c}
	set := named(l.of(q.expr))
	slices.SortStableFunc(l.problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
	return set, l.problems
}

// named sets the names of a set.
func named(set LabelSet) LabelSet {
	for name := range set.has {
		if name != model.MetricNameLabel {
			set.Names = append(set.Names, name)
		}
	}
	slices.Sort(set.Names)
	return set
}

type labeller struct {
	q         *Query
	catalogue Catalogue
	problems  []Problem
}

func (l *labeller) of(e parser.Expr) LabelSet {
	switch e := e.(type) {
	case *parser.VectorSelector:
		return l.ofSelector(e)
	case *parser.MatrixSelector:
		return l.of(e.VectorSelector)
	case *parser.SubqueryExpr:
		return l.of(e.Expr)
	case *parser.ParenExpr:
		return l.of(e.Expr)
	case *parser.UnaryExpr:
		return l.of(e.Expr).without(model.MetricNameLabel)
	case *parser.AggregateExpr:
		return l.ofAggregation(e)
	case *parser.BinaryExpr:
		return l.ofBinary(e)
	case *parser.Call:
		return l.ofCall(e)
	}
	return labelSet() // a number or a string
}

// ofSelector returns the catalogue's labels; for an unknown metric, an open set with the labels that a matcher
// requires.
func (l *labeller) ofSelector(e *parser.VectorSelector) LabelSet {
	name := e.Name
	demanded := []string{model.MetricNameLabel}
	for _, m := range e.LabelMatchers {
		if m.Name == model.MetricNameLabel && m.Type == labels.MatchEqual {
			name = m.Value
		} else if !m.Matches("") && l.q.restore.Replace(m.Name) == m.Name {
			demanded = append(demanded, m.Name)
		}
	}
	if series, ok := l.catalogue.series(l.q.restore.Replace(name)); ok {
		return labelSet(series.Labels...).with(model.MetricNameLabel)
	}
	return openSet().with(demanded...)
}

func (l *labeller) ofAggregation(e *parser.AggregateExpr) LabelSet {
	input := l.of(e.Expr)
	a := l.q.aggregation(e)
	switch e.Op {
	case parser.TOPK, parser.BOTTOMK, parser.LIMITK, parser.LIMIT_RATIO:
		l.checkGrouping(a, input)
		return input
	}
	names, variable := l.names(a.Labels)
	result := input.only(names)
	result.Open = variable
	if a.Without {
		result = input.without(append(names, model.MetricNameLabel)...)
	}
	l.checkGrouping(a, input)
	if name, ok := e.Param.(*parser.StringLiteral); ok && e.Op == parser.COUNT_VALUES {
		return l.add(result, name.Val)
	}
	return result
}

// names returns the labels that are written out, and whether there is a variable among them.
func (l *labeller) names(list []Label) (names []string, variable bool) {
	for _, label := range list {
		if isVariable(label.Name) {
			variable = true
		} else {
			names = append(names, label.Name)
		}
	}
	return names, variable
}

func isVariable(name string) bool { return len(variablesIn(name, Span{0, len(name)})) > 0 }

// add adds a label to the set; its name is a string in the query.
func (l *labeller) add(set LabelSet, name string) LabelSet {
	if isVariable(l.q.restore.Replace(`"` + name + `"`)) {
		set.Open = true
		return set
	}
	return set.with(name)
}

// check reports the labels that a set cannot carry. The format takes what and the label.
func (l *labeller) check(list []Label, set LabelSet, format, what string) {
	for _, label := range list {
		if !isVariable(label.Name) && !set.Has(label.Name) {
			l.problems = append(l.problems, Problem{Span: label.Span, Message: fmt.Sprintf(format, what, label.Name)})
		}
	}
}

// checkGrouping reports the labels of by and without that the aggregated series do not have. Without them the answer is
// the same. Only where by names none that they have, it is not the grouping that was meant.
func (l *labeller) checkGrouping(a Aggregation, input LabelSet) {
	isShared := slices.ContainsFunc(a.Labels, func(label Label) bool { return isVariable(label.Name) || input.Has(label.Name) })
	switch format := "%s: the aggregated series have no label %q"; {
	case a.Without:
		l.spare(func() { l.check(a.Labels, input, format, "without") })
	case isShared:
		l.spare(func() { l.check(a.Labels, input, format, "by") })
	default:
		l.check(a.Labels, input, format, "by")
	}
}

// spare marks the problems that a check finds as harmless.
func (l *labeller) spare(check func()) {
	from := len(l.problems)
	check()
	for i := range l.problems[from:] {
		l.problems[from+i].Harmless = true
	}
}
