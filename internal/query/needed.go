package query

import (
	"slices"

	"github.com/prometheus/prometheus/promql/parser"
)

// Presence is what is known about the series that a selector asks for.
type Presence int

// The presences.
const (
	Found    Presence = iota // there are series
	Expected                 // none now, perhaps some later: a result does not depend on them
	Absent                   // none, as the selector expects
	Missing                  // none, and no reason to expect any
)

// Needed returns the missing selectors that the query needs for a meaningful result, as indexes of Selectors.
// presence has one value for each selector, in that order. The query does not need one side of or while the other
// side finds something, nor the right side of unless. A side that only fills in zeros, such as vector(0) or x * 0,
// counts as finding nothing.
func (q *Query) Needed(presence []Presence) []int {
	n := need{presence: presence, index: map[*parser.VectorSelector]int{}}
	for i, s := range q.vectors() {
		n.index[s] = i
	}
	missing := n.missing(q.expr)
	slices.Sort(missing)
	return missing
}

// vectors returns the selectors in the order they are written.
func (q *Query) vectors() []*parser.VectorSelector {
	all := vectorsIn(q.expr)
	slices.SortStableFunc(all, func(a, b *parser.VectorSelector) int { return int(a.PosRange.Start - b.PosRange.Start) })
	return all
}

func vectorsIn(expr parser.Node) []*parser.VectorSelector {
	var all []*parser.VectorSelector
	parser.Inspect(expr, func(n parser.Node, _ []parser.Node) error {
		if s, ok := n.(*parser.VectorSelector); ok {
			all = append(all, s)
		}
		return nil
	})
	return all
}

// need walks an expression.
type need struct {
	presence []Presence
	index    map[*parser.VectorSelector]int
}

// missing returns the missing selectors that a part of the query needs.
func (n need) missing(node parser.Node) []int {
	if s, ok := node.(*parser.VectorSelector); ok {
		if i := n.index[s]; n.presence[i] == Missing {
			return []int{i}
		}
		return nil
	}
	if o, ok := node.(*parser.BinaryExpr); ok && (o.Op == parser.LOR || o.Op == parser.LUNLESS) {
		left := n.missing(o.LHS)
		if o.Op == parser.LUNLESS {
			return left
		}
		if n.finds(o.LHS) || n.finds(o.RHS) {
			return nil
		}
		return append(left, n.missing(o.RHS)...)
	}
	var all []int
	for child := range parser.ChildrenIter(node) {
		all = append(all, n.missing(child)...)
	}
	return all
}

// finds reports whether a side of or finds something on its own.
func (n need) finds(side parser.Expr) bool {
	if isZero(side) || len(n.missing(side)) > 0 {
		return false
	}
	return slices.ContainsFunc(vectorsIn(side), func(s *parser.VectorSelector) bool {
		return n.presence[n.index[s]] <= Expected
	})
}

// isZero reports whether an expression has no values but zero: x * 0, also in sum(...) and in parentheses.
func isZero(expr parser.Expr) bool {
	switch e := expr.(type) {
	case *parser.NumberLiteral:
		return e.Val == 0
	case *parser.ParenExpr:
		return isZero(e.Expr)
	case *parser.AggregateExpr:
		return isZero(e.Expr)
	case *parser.Call:
		return (e.Func.Name == "label_replace" || e.Func.Name == "label_join") && isZero(e.Args[0])
	case *parser.BinaryExpr:
		return e.Op == parser.MUL && (isZero(e.LHS) || isZero(e.RHS))
	}
	return false
}
