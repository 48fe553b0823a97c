package query

import (
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// ofOperation follows Prometheus's vector matching.
// https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
func (l *labeller) ofOperation(p *Part) LabelSet {
	left, right, o := l.of(p.Parts[0]), l.of(p.Parts[1]), p.Operation
	if !o.Vectors {
		if !p.Parts[0].Vector {
			left = right
		}
		return o.dropName(left)
	}
	l.checkMatching(o, left, right)
	switch o.Op {
	case "and", "unless":
		return left
	case "or":
		return left.or(right)
	}
	many, one := left, right
	if o.Group == "group_right" {
		many, one = right, left
	}
	result := o.dropName(many)
	matching, variable := l.names(o.Matching)
	switch {
	case o.Group != "":
		return l.include(result, one, o.Include)
	case o.On:
		result = result.only(matching)
		result.Open = variable
	default:
		result = result.without(matching...)
	}
	if o.fillsLeft { // a series of the right side can then stand alone
		result = result.or(o.dropName(right))
	}
	return result
}

// include copies labels from the side that has one series for several of the other side's.
func (l *labeller) include(result, one LabelSet, list []Label) LabelSet {
	for _, label := range list {
		switch {
		case HasVariable(label.Name):
			result.Open = true
		case one.Has(label.Name):
			result = result.with(label.Name)
		default:
			result = result.without(label.Name)
		}
	}
	return result
}

// dropName drops the metric's name where the operator makes another quantity.
func (o *Operation) dropName(set LabelSet) LabelSet {
	if o.IsComparison() && !o.Bool || o.Op == "and" || o.Op == "or" || o.Op == "unless" {
		return set
	}
	return set.without(model.MetricNameLabel)
}

// checkMatching reports the labels of on that one side does not have, the labels of ignoring that neither has, and
// the labels of group_left and group_right that their source side does not have.
func (l *labeller) checkMatching(o *Operation, left, right LabelSet) {
	if o.On {
		l.checkOn(o.Matching, left, right)
	} else {
		l.check(o.Matching, left.or(right), "%s: neither side has a label %q", "ignoring")
	}
	switch o.Group {
	case "group_left":
		l.check(o.Include, right, "%s: the right side has no label %q", o.Group)
	case "group_right":
		l.check(o.Include, left, "%s: the left side has no label %q", o.Group)
	}
}

// checkOn reports the labels of on that a side does not have. One that neither has does no harm beside one that both have.
func (l *labeller) checkOn(matching []Label, left, right LabelSet) {
	both := left.or(right)
	isShared := slices.ContainsFunc(matching, func(label Label) bool { return left.Has(label.Name) && right.Has(label.Name) })
	for _, label := range matching {
		one := []Label{label}
		if isShared && !both.Has(label.Name) {
			l.spare(func() { l.check(one, both, "%s: neither side has a label %q", "on") })
			continue
		}
		l.check(one, left, "%s: the left side has no label %q", "on")
		l.check(one, right, "%s: the right side has no label %q", "on")
	}
}

// ofCall follows https://prometheus.io/docs/prometheus/latest/querying/functions. Most functions keep the labels of
// their argument and drop its name.
func (l *labeller) ofCall(p *Part) LabelSet {
	name := p.Call.Func
	if name == "absent" || name == "absent_over_time" {
		return l.ofAbsent(p.Parts[0])
	}
	input := labelSet()
	if over := p.Operand(); over != nil {
		input = l.of(over)
	}
	switch name {
	case "vector", "scalar":
		return labelSet()
	case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc", "last_over_time", "first_over_time":
		return input
	case "label_replace", "label_join":
		return input.withText(p.Parts[1])
	case "histogram_quantiles":
		return input.without(model.MetricNameLabel, labels.BucketLabel).withText(p.Parts[1])
	case "info":
		input.Open = true
		return input
	}
	if parser.Functions[name] == nil { // a variable names it
		return openSet()
	}
	if strings.HasPrefix(name, "histogram_") {
		input = input.without(labels.BucketLabel)
	}
	return input.without(model.MetricNameLabel)
}

// ofAbsent returns the labels that absent derives from the matchers of a plain selector.
func (l *labeller) ofAbsent(argument *Part) LabelSet {
	set := labelSet()
	if argument.Selector == nil {
		l.of(argument) // for its problems
		return set
	}
	seen := map[string]bool{model.MetricNameLabel: true}
	for _, m := range argument.Selector.Matchers {
		switch {
		case m.Label == model.MetricNameLabel:
		case HasVariable(m.Label):
			set.Open = true
		case m.Op == "=" && !seen[m.Label]:
			set, seen[m.Label] = set.with(m.Label), true
		default:
			set = set.without(m.Label)
		}
	}
	return set
}
