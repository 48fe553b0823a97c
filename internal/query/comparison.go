package query

import (
	"github.com/prometheus/prometheus/promql/parser"
)

// Comparison is an expression that is compared with a number.
type Comparison struct {
	Of     string  // the expression
	Op     string  // > >= < <= == !=, with the expression on its left
	Number float64 // what stands on the right then
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

// turned is a comparison with its sides exchanged.
func turned(op string) string {
	if other := map[string]string{">": "<", "<": ">", ">=": "<=", "<=": ">="}[op]; other != "" {
		return other
	}
	return op
}

// constant is the value of a number, also in parentheses or with a sign.
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

// IsQuantile reports whether the query's value is that of histogram_quantile, or the largest or smallest of several.
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
