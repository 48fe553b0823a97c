package query

import (
	"fmt"
	"slices"

	"github.com/prometheus/common/model"
)

// Labels returns the labels that the result of the query can carry. The problems are the labels in by, without, on,
// ignoring and group that no series there can carry.
func (q *Query) Labels(c Catalogue) (LabelSet, []Problem) {
	l := labeller{catalogue: c}
	set := named(l.of(q.tree))
	slices.SortStableFunc(l.problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
	return set, l.problems
}

type labeller struct {
	catalogue Catalogue
	problems  []Problem
}

func (l *labeller) of(p *Part) LabelSet {
	switch p.Kind {
	case SelectorPart:
		return l.ofSelector(p.Selector)
	case SubqueryPart:
		return l.of(p.Parts[0])
	case NegationPart:
		return l.of(p.Parts[0]).without(model.MetricNameLabel)
	case AggregationPart:
		return l.ofAggregation(p)
	case OperationPart:
		return l.ofOperation(p)
	case CallPart:
		return l.ofCall(p)
	}
	return labelSet() // a number or a string
}

// ofSelector returns the catalogue's labels; for an unknown metric, an open set with the labels that a matcher
// requires.
func (l *labeller) ofSelector(s *Selector) LabelSet {
	if series, ok := l.catalogue.series(s.Metric); ok {
		return labelSet(series.Labels...).with(model.MetricNameLabel)
	}
	return LabelSet{Open: true, has: s.demanded}
}

func (l *labeller) ofAggregation(p *Part) LabelSet {
	input, a := l.of(p.Operand()), p.Aggregation
	l.checkGrouping(a, input)
	switch a.Op {
	case "topk", "bottomk", "limitk", "limit_ratio":
		return input
	}
	names, variable := l.names(a.Labels)
	result := input.only(names)
	result.Open = variable
	if a.Without {
		result = input.without(names...).without(model.MetricNameLabel)
	}
	if a.Op == "count_values" {
		return result.withText(p.Parts[0])
	}
	return result
}

// names returns the labels that are written out, and whether there is a variable among them.
func (l *labeller) names(list []Label) (names []string, variable bool) {
	for _, label := range list {
		if HasVariable(label.Name) {
			variable = true
		} else {
			names = append(names, label.Name)
		}
	}
	return names, variable
}

// check reports the labels that a set cannot carry. The format takes what and the label.
func (l *labeller) check(list []Label, set LabelSet, format, what string) {
	for _, label := range list {
		if !HasVariable(label.Name) && !set.Has(label.Name) {
			l.problems = append(l.problems, Problem{Span: label.Span, Message: fmt.Sprintf(format, what, label.Name)})
		}
	}
}

// checkGrouping reports the labels of by and without that the aggregated series do not have. Without them the answer is
// the same. Only where by names none that they have, it is not the grouping that was meant.
func (l *labeller) checkGrouping(a *Aggregation, input LabelSet) {
	isShared := slices.ContainsFunc(a.Labels, func(label Label) bool { return HasVariable(label.Name) || input.Has(label.Name) })
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
