package query

import (
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// ofBinary follows Prometheus's vector matching.
// https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
func (l *labeller) ofBinary(e *parser.BinaryExpr) LabelSet {
	left, right := l.of(e.LHS), l.of(e.RHS)
	o := l.q.operation(e)
	if !o.Vectors {
		if e.LHS.Type() == parser.ValueTypeScalar {
			left = right
		}
		return dropName(left, e)
	}
	l.checkMatching(o, left, right)
	switch e.Op {
	case parser.LAND, parser.LUNLESS:
		return left
	case parser.LOR:
		return left.or(right)
	}
	many, one := left, right
	if o.Group == "group_right" {
		many, one = right, left
	}
	result := dropName(many, e)
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
	if e.VectorMatching.FillValues.LHS != nil { // a series of the right side can then stand alone
		result = result.or(dropName(right, e))
	}
	return result
}

// include copies labels from the side that has one series for several of the other side's.
func (l *labeller) include(result, one LabelSet, list []Label) LabelSet {
	for _, label := range list {
		switch {
		case isVariable(label.Name):
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
func dropName(set LabelSet, e *parser.BinaryExpr) LabelSet {
	if e.Op.IsComparisonOperator() && !e.ReturnBool || e.Op.IsSetOperator() {
		return set
	}
	return set.without(model.MetricNameLabel)
}

// checkMatching reports the labels of on that one side does not have, the labels of ignoring that neither has, and
// the labels of group_left and group_right that their source side does not have.
func (l *labeller) checkMatching(o Operation, left, right LabelSet) {
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
func (l *labeller) ofCall(e *parser.Call) LabelSet {
	name := e.Func.Name
	if name == "absent" || name == "absent_over_time" {
		return l.ofAbsent(e.Args[0])
	}
	input := l.ofArgument(e.Args)
	switch name {
	case "vector", "scalar":
		return labelSet()
	case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc", "last_over_time", "first_over_time":
		return input
	case "label_replace", "label_join":
		return l.add(input, literal(e.Args[1]))
	case "histogram_quantiles":
		return l.add(input.without(model.MetricNameLabel, labels.BucketLabel), literal(e.Args[1]))
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

// ofArgument returns the labels of the vector that a function is called with.
func (l *labeller) ofArgument(arguments parser.Expressions) LabelSet {
	for _, e := range arguments {
		if t := e.Type(); t == parser.ValueTypeVector || t == parser.ValueTypeMatrix {
			return l.of(e)
		}
	}
	return labelSet()
}

// ofAbsent returns the labels that absent derives from the matchers of a plain selector.
func (l *labeller) ofAbsent(argument parser.Expr) LabelSet {
	if paren, ok := argument.(*parser.ParenExpr); ok {
		return l.ofAbsent(paren.Expr)
	}
	if matrix, ok := argument.(*parser.MatrixSelector); ok {
		argument = matrix.VectorSelector
	}
	set := labelSet()
	selector, ok := argument.(*parser.VectorSelector)
	if !ok {
		l.of(argument) // for its problems
		return set
	}
	seen := map[string]bool{model.MetricNameLabel: true}
	for _, m := range selector.LabelMatchers {
		switch {
		case m.Name == model.MetricNameLabel:
		case m.Type == labels.MatchEqual && !seen[m.Name]:
			set, seen[m.Name] = l.add(set, m.Name), true
		default:
			set = set.without(m.Name)
		}
	}
	return set
}

func literal(e parser.Expr) string {
	if s, ok := e.(*parser.StringLiteral); ok {
		return s.Val
	}
	return ""
}
