package query

import "github.com/prometheus/prometheus/promql/parser"

// ofDivisors returns the first divisor in a query that has series, all of which are 0.
func (b *blanks) ofDivisors(e parser.Expr) (Blank, error) {
	for _, divisor := range divisors(e) {
		there, err := b.ask(divisor)
		if err != nil {
			return Blank{}, err
		}
		if len(there) == 0 {
			continue
		}
		other, err := b.ask(&parser.BinaryExpr{Op: parser.NEQ, LHS: vector(divisor), RHS: &parser.NumberLiteral{}})
		if err != nil {
			return Blank{}, err
		}
		if len(other) == 0 {
			return blank(ByZero, divisor.String(), "divided by %s, which is 0", short(divisor)), nil
		}
	}
	return Blank{}, nil
}

// divisors returns what a query divides by, unless it has no series or is 0 at any time.
func divisors(e parser.Expr) []parser.Expr {
	var all []parser.Expr
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		o, ok := n.(*parser.BinaryExpr)
		if !ok || o.Op != parser.DIV && o.Op != parser.MOD || len(vectorsIn(o.RHS)) == 0 || isAlwaysZero(o.RHS) {
			return nil
		}
		divisor := o.RHS
		if inner, ok := divisor.(*parser.ParenExpr); ok {
			divisor = inner.Expr
		}
		all = append(all, divisor)
		return nil
	})
	return all
}

// isAlwaysZero reports whether an expression subtracts something from itself, or multiplies with 0.
func isAlwaysZero(e parser.Expr) bool {
	found := false
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if o, ok := n.(*parser.BinaryExpr); ok {
			found = found || o.Op == parser.SUB && o.LHS.String() == o.RHS.String() || o.Op == parser.MUL && (isZero(o.LHS) || isZero(o.RHS))
		}
		return nil
	})
	return found
}

// vector returns an expression as one side of an operator between vectors.
func vector(e parser.Expr) parser.Expr {
	if e.Type() == parser.ValueTypeScalar {
		return &parser.Call{Func: parser.Functions["vector"], Args: parser.Expressions{e}}
	}
	return &parser.ParenExpr{Expr: e}
}
