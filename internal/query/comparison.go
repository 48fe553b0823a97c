package query

import (
	"github.com/prometheus/prometheus/promql/parser"
)

// Comparison is a comparison of an expression with a number.
type Comparison struct {
	Of     string  // the expression
	Op     string  // > >= < <= == !=, with the expression on its left
	Number float64 // on the right
}

// Comparisons are all comparisons with a number, outer ones first.
func (q *Query) Comparisons() []Comparison {
	var all []Comparison
	visit(q, func(n *parser.BinaryExpr, _ []parser.Node) {
		if !n.Op.IsComparisonOperator() {
			return
		}
		if number, ok := constant(n.RHS); ok {
			all = append(all, Comparison{q.restore.Replace(n.LHS.String()), n.Op.String(), number})
		} else if number, ok := constant(n.LHS); ok {
			all = append(all, Comparison{q.restore.Replace(n.RHS.String()), turned(n.Op.String()), number})
		}
	})
	return all
}

// turned returns a comparison operator with its sides exchanged.
func turned(op string) string {
	if other := map[string]string{">": "<", "<": ">", ">=": "<=", "<=": ">="}[op]; other != "" {
		return other
	}
	return op
}

// constant returns the value of a number, which may have parentheses or a sign.
func constant(expr parser.Expr) (float64, bool) {
	switch e := expr.(type) {
	case *parser.NumberLiteral:
		return e.Val, true
	case *parser.ParenExpr:
		return constant(e.Expr)
	case *parser.UnaryExpr:
		value, ok := constant(e.Expr)
		if e.Op == parser.SUB {
			value = -value
		}
		return value, ok
	}
	return 0, false
}

// IsQuantile reports whether the query's value is a result of histogram_quantile, or the max or min of several such
// results.
func (q *Query) IsQuantile() bool {
	expr := q.expr
	for {
		switch e := expr.(type) {
		case *parser.ParenExpr:
			expr = e.Expr
		case *parser.AggregateExpr:
			if e.Op != parser.MAX && e.Op != parser.MIN {
				return false
			}
			expr = e.Expr
		case *parser.Call:
			return e.Func.Name == "histogram_quantile"
		default:
			return false
		}
	}
}
