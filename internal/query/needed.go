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
	Quiet                    // none now, and rightly so: no alert fires
	Absent                   // none, as the selector expects
	Missing                  // none, and no reason to expect any
)

// Needed returns the missing selectors that the query needs for a meaningful result, as indexes of Selectors.
// presence has one value for each selector, in that order. Not needed are:
//
//   - of "or", a side while the other one finds something
//   - of "or" with absent(x) on one side, the x on the other: that it is missing is what the query reports
//   - of "unless", the right side
//   - of "and", the right side where the left one is absent(x): both are often gone together
//   - of an operator with "fill", "fill_left" or "fill_right", a side that is filled in
//   - of "info", the labels that it adds
//
// A side that only fills in zeros, such as vector(0) or x * 0, finds nothing. On the right of "and" it does, since there
// only being there counts.
func (q *Query) Needed(presence []Presence) []int {
	missing := need{presence: presence, vectors: q.vectors()}.missing(q.expr)
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
	vectors  []*parser.VectorSelector
	// isCondition says that the part is the right side of and: only whether it finds something counts, not what.
	isCondition bool
}

// missing returns the missing selectors that a part of the query needs.
func (n need) missing(node parser.Node) []int {
	if s, ok := node.(*parser.VectorSelector); ok {
		if i := slices.Index(n.vectors, s); n.presence[i] == Missing {
			return []int{i}
		}
		return nil
	}
	if o, ok := node.(*parser.BinaryExpr); ok {
		return n.missingOf(o)
	}
	if c, ok := node.(*parser.Call); ok && c.Func.Name == "info" {
		return n.missing(c.Args[0]) // the labels that it adds are not needed
	}
	var all []int
	for child := range parser.ChildrenIter(node) {
		all = append(all, n.missing(child)...)
	}
	return all
}

// missingOf returns the missing selectors that an operator needs.
func (n need) missingOf(o *parser.BinaryExpr) []int {
	left, right := optional(o)
	if o.Op == parser.LAND {
		right = isAbsence(o.LHS)
	}
	switch {
	case left && right:
		if n.finds(o.LHS) || n.finds(o.RHS) || n.isAnnounced(o.LHS, o.RHS) || n.isAnnounced(o.RHS, o.LHS) {
			return nil
		}
	case left:
		return n.missing(o.RHS)
	case right:
		return n.missing(o.LHS)
	}
	of := n
	of.isCondition = n.isCondition || o.Op == parser.LAND
	return append(n.missing(o.LHS), of.missing(o.RHS)...)
}

// isAnnounced reports whether all that a side of or misses is what the other side reports as absent: x or absent(x).
func (n need) isAnnounced(side, absence parser.Expr) bool {
	if !isAbsence(absence) {
		return false
	}
	announced := map[string]bool{}
	for _, s := range vectorsIn(absence) {
		announced[s.String()] = true
	}
	return !slices.ContainsFunc(n.missing(side), func(i int) bool { return !announced[n.vectors[i].String()] })
}

// isAbsence reports whether an expression has an answer only while something is absent.
func isAbsence(expr parser.Expr) bool {
	switch e := expr.(type) {
	case *parser.ParenExpr:
		return isAbsence(e.Expr)
	case *parser.AggregateExpr:
		return isAbsence(e.Expr)
	case *parser.Call:
		return e.Func.Name == "absent" || e.Func.Name == "absent_over_time"
	case *parser.BinaryExpr:
		return e.VectorMatching == nil && (isAbsence(e.LHS) || isAbsence(e.RHS))
	}
	return false
}

// finds reports whether a side of or finds something on its own.
func (n need) finds(side parser.Expr) bool {
	switch selectors := vectorsIn(side); {
	case len(n.missing(side)) > 0:
		return false
	case n.isCondition:
		return true
	default:
		return !isZero(side) && slices.ContainsFunc(selectors, func(s *parser.VectorSelector) bool {
			return n.presence[slices.Index(n.vectors, s)] <= Quiet
		})
	}
}

// isZero reports whether an expression has no values but zero: vector(0), x * 0, also in sum(...) and in parentheses.
func isZero(expr parser.Expr) bool {
	switch e := expr.(type) {
	case *parser.NumberLiteral:
		return e.Val == 0
	case *parser.ParenExpr:
		return isZero(e.Expr)
	case *parser.UnaryExpr:
		return isZero(e.Expr)
	case *parser.AggregateExpr:
		return isZero(e.Expr) && e.Op != parser.COUNT && e.Op != parser.GROUP && e.Op != parser.COUNT_VALUES
	case *parser.Call:
		switch e.Func.Name {
		case "vector", "scalar", "abs", "ceil", "floor", "round", "sort", "sort_desc", "label_replace", "label_join":
			return len(e.Args) > 0 && isZero(e.Args[0])
		}
	case *parser.BinaryExpr:
		switch e.Op {
		case parser.MUL:
			return isZero(e.LHS) || isZero(e.RHS)
		case parser.DIV, parser.LAND, parser.LUNLESS:
			return isZero(e.LHS)
		case parser.ADD, parser.SUB, parser.LOR:
			return isZero(e.LHS) && isZero(e.RHS)
		}
	}
	return false
}
