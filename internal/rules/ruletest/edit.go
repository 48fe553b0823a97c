package ruletest

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// visit adds the edits of a place in the tree, and of everything below it.
func (e *edits) visit(at *parser.Expr) {
	if v, ok := constant(*at); ok {
		e.number(at, v)
		return
	}
	switch node := (*at).(type) {
	case *parser.BinaryExpr:
		e.binary(at, node)
	case *parser.AggregateExpr:
		for i := range node.Grouping {
			e.drop(&node.Grouping, i, map[bool]string{true: "without", false: "by"}[node.Without])
		}
		if node.Param != nil {
			e.visit(&node.Param)
		}
		e.visit(&node.Expr)
	case *parser.Call:
		for i := range node.Args {
			e.visit(&node.Args[i])
		}
	case *parser.SubqueryExpr:
		e.duration(&node.Range, "subquery")
		e.duration(&node.OriginalOffset, "subquery offset")
		e.visit(&node.Expr)
	case *parser.MatrixSelector:
		if selector, ok := node.VectorSelector.(*parser.VectorSelector); ok {
			e.duration(&node.Range, nameOf(selector)+" window")
		}
		e.visit(&node.VectorSelector)
	case *parser.VectorSelector:
		e.duration(&node.OriginalOffset, nameOf(node)+" offset")
		e.matchers(node)
	case *parser.ParenExpr:
		e.visit(&node.Expr)
	case *parser.UnaryExpr:
		e.visit(&node.Expr)
	}
}

// number changes a threshold, or any other number.
func (e *edits) number(at *parser.Expr, v float64) {
	for _, factor := range []float64{0.8, 1.25} {
		// Rounded to twelve digits: 3 becomes 2.4, not 2.4000000000000004.
		rounded, err := strconv.ParseFloat(strconv.FormatFloat(v*factor, 'g', 12, 64), 64)
		other := &parser.NumberLiteral{Val: rounded}
		if err == nil && rounded != v {
			e.add(func() { *at = other }, "%s -> %s", &parser.NumberLiteral{Val: v}, other)
		}
	}
}

// turned maps a comparison to its opposite.
var turned = map[parser.ItemType]parser.ItemType{
	parser.GTR: parser.LSS, parser.LSS: parser.GTR, parser.GTE: parser.LTE, parser.LTE: parser.GTE,
	parser.EQLC: parser.NEQ, parser.NEQ: parser.EQLC,
}

func (e *edits) binary(at *parser.Expr, node *parser.BinaryExpr) {
	if other, ok := turned[node.Op]; ok {
		limit := ""
		if v, ok := constant(node.RHS); ok {
			limit = " " + (&parser.NumberLiteral{Val: v}).String()
		}
		e.add(func() { node.Op = other }, "%s%s -> %s", node.Op, limit, other)
	}
	if node.Op.IsSetOperator() {
		left, right := node.LHS, node.RHS
		e.add(func() { *at = left }, "drop right of %s", node.Op)
		if node.Op != parser.LUNLESS { // the right side of unless is what the rule excludes
			e.add(func() { *at = right }, "drop left of %s", node.Op)
		}
	}
	e.matching(node)
	e.visit(&node.LHS)
	e.visit(&node.RHS)
}

// matching drops each label of on. It keeps a label that matchers on both sides fix to one value: dropping it changes
// no result.
func (e *edits) matching(node *parser.BinaryExpr) {
	m := node.VectorMatching
	if m == nil || !m.On {
		return
	}
	for i, label := range m.MatchingLabels {
		if left, right := fixed(node.LHS, label), fixed(node.RHS, label); left == "" || left != right {
			e.drop(&m.MatchingLabels, i, "on")
		}
	}
}

// fixed returns the single value that a matcher gives a label in each selector of an expression, or an empty text.
func fixed(expr parser.Expr, label string) string {
	values := map[string]bool{}
	for _, matchers := range parser.ExtractSelectors(expr) {
		value := ""
		for _, m := range matchers {
			if m.Name == label && m.Type == labels.MatchEqual {
				value = m.Value
			}
		}
		values[value] = true
	}
	if len(values) != 1 {
		return ""
	}
	return slices.Collect(maps.Keys(values))[0]
}

// drop removes a label from a list.
func (e *edits) drop(list *[]string, i int, clause string) {
	e.add(func() { *list = slices.Delete(slices.Clone(*list), i, i+1) }, "drop %s from %s", (*list)[i], clause)
}

func (e *edits) duration(at *time.Duration, what string) {
	for _, other := range halfAndDouble(*at) {
		e.add(func() { *at = other }, "%s %s -> %s", what, model.Duration(*at), model.Duration(other))
	}
}

// matchers notes how to drop each matcher except the one for the name.
func (e *edits) matchers(node *parser.VectorSelector) {
	for _, m := range node.LabelMatchers {
		if m.Name == model.MetricNameLabel {
			continue
		}
		e.dropped[m.String()] = append(e.dropped[m.String()], func() {
			node.LabelMatchers = slices.DeleteFunc(slices.Clone(node.LabelMatchers), func(other *labels.Matcher) bool { return other == m })
		})
	}
}

// everywhere adds the edits that drop a matcher from all selectors that have it. Dropped from one side of an operator
// only, it would change nothing where matching keeps both sides to one job.
func (e *edits) everywhere() {
	for _, matcher := range slices.Sorted(maps.Keys(e.dropped)) {
		e.add(func() {
			for _, drop := range e.dropped[matcher] {
				drop()
			}
		}, "drop %s", matcher)
	}
}

// constant returns the value of an expression of numbers only.
func constant(expr parser.Expr) (float64, bool) {
	switch node := expr.(type) {
	case *parser.NumberLiteral:
		return node.Val, true
	case *parser.ParenExpr:
		return constant(node.Expr)
	case *parser.UnaryExpr:
		v, ok := constant(node.Expr)
		if node.Op == parser.SUB {
			v = -v
		}
		return v, ok
	case *parser.BinaryExpr:
		left, ok := constant(node.LHS)
		right, also := constant(node.RHS)
		v, known := calculate(node.Op, left, right)
		return v, ok && also && known
	}
	return 0, false
}

func calculate(op parser.ItemType, a, b float64) (float64, bool) {
	switch op {
	case parser.ADD:
		return a + b, true
	case parser.SUB:
		return a - b, true
	case parser.MUL:
		return a * b, true
	case parser.DIV:
		return a / b, true
	case parser.POW:
		return math.Pow(a, b), true
	case parser.MOD:
		return math.Mod(a, b), true
	}
	return 0, false
}
