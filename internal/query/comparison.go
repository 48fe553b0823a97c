package query

import (
	"math"
	"slices"
	"strconv"

	"github.com/prometheus/prometheus/promql/parser"
)

// Comparison is a comparison of an expression with a number.
type Comparison struct {
	Of     string  // the expression
	Op     string  // > >= < <= == !=, with the expression on its left
	Number float64 // on the right; NaN for a variable
	Limit  string  // the number as a text, or the variable as written
	Bool   bool    // it answers 0 or 1
}

// Comparisons are all comparisons with a number, outer ones first.
func (q *Query) Comparisons() []Comparison {
	var all []Comparison
	visit(q, func(n *parser.BinaryExpr, _ []parser.Node) {
		of, limit, op := n.LHS, n.RHS, n.Op.String()
		if _, ok := constant(limit); !ok {
			of, limit, op = n.RHS, n.LHS, turned(op)
		}
		number, ok := constant(limit)
		if !ok || !n.Op.IsComparisonOperator() {
			return
		}
		if q.isVariable(limit) {
			number = math.NaN()
		}
		all = append(all, Comparison{q.restore.Replace(of.String()), op, number, q.number(limit), n.ReturnBool})
	})
	return all
}

// number writes a number, or the variable that stands for one; it is empty for any other expression.
func (q *Query) number(e parser.Expr) string {
	v, ok := constant(e)
	switch {
	case !ok:
		return ""
	case q.isVariable(e):
		return q.restore.Replace(e.String())
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// isVariable reports whether there is a variable in a number.
func (q *Query) isVariable(number parser.Expr) bool {
	at := number.PositionRange()
	return slices.ContainsFunc(q.chunks, func(c *chunk) bool { return int(at.Start) < c.sub.End && c.sub.Start < int(at.End) })
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
