package query

import (
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// Narrows reports whether the query certainly answers with no other series than another query, at whatever time: other > 1,
// other and x, other unless x, one side of its or, a selector with one more matcher, a limit that is harder to reach. An
// equal query narrows, too. Where it is not certain, it is false.
func (q *Query) Narrows(other *Query) bool {
	if len(q.Text)+len(other.Text) > MaxNarrowed {
		return false
	}
	left := maxSteps
	n := &narrowing{new: q, old: other, left: &left}
	return n.series(q.expr, other.expr)
}

// Limits on what Narrows compares, since each step prints a part: bytes of both queries, and steps.
const (
	MaxNarrowed = 4000
	maxSteps    = 100
)

// narrowing compares the parts of two queries.
type narrowing struct {
	new, old *Query
	left     *int // steps that may still be taken; shared with the comparison of exchanged sides
}

// series reports whether each series of the new part is one of the old part, perhaps with another value.
func (n *narrowing) series(new, old parser.Expr) bool {
	if n.samples(new, old) || *n.left < 0 {
		return *n.left >= 0
	}
	b, isOperation := bare(new).(*parser.BinaryExpr)
	o, wasOperation := bare(old).(*parser.BinaryExpr)
	switch {
	case isOperation && isFilter(b) && n.series(b.LHS, old):
		return true
	case wasOperation && o.Op == parser.LOR && matchesAllLabels(o) && (n.series(new, o.LHS) || n.series(new, o.RHS)):
		return true
	case !isOperation || !wasOperation || b.Op != o.Op || !n.matchesAlike(b, o):
		return false
	}
	switch b.Op {
	case parser.LOR:
		return matchesAllLabels(b) && n.series(b.LHS, o.LHS) && n.series(b.RHS, o.RHS)
	case parser.LAND:
		return n.series(b.LHS, o.LHS) && n.series(b.RHS, o.RHS)
	case parser.LUNLESS:
		reverse := &narrowing{new: n.old, old: n.new, left: n.left}
		return n.series(b.LHS, o.LHS) && reverse.series(o.RHS, b.RHS)
	}
	return false
}

// samples reports whether each sample of the new part is one of the old part, with the same value.
func (n *narrowing) samples(new, old parser.Expr) bool {
	if *n.left--; *n.left < 0 {
		return false
	}
	new, old = bare(new), bare(old)
	if n.isSame(new, old) {
		return true
	}
	switch e := new.(type) {
	case *parser.VectorSelector:
		o, ok := old.(*parser.VectorSelector)
		return ok && n.selects(e, o)
	case *parser.MatrixSelector:
		o, ok := old.(*parser.MatrixSelector)
		return ok && e.Range == o.Range && n.samples(e.VectorSelector, o.VectorSelector)
	case *parser.Call:
		o, ok := old.(*parser.Call)
		return ok && n.call(e, o)
	case *parser.BinaryExpr:
		return n.binary(e, old)
	}
	return false
}

// call is samples for two calls of a function that makes one series of each.
func (n *narrowing) call(new, old *parser.Call) bool {
	name := new.Func.Name
	isEach := strings.HasSuffix(name, "_over_time") && name != "absent_over_time" || slices.Contains(ofEachSeries, name)
	if !isEach || name != old.Func.Name || len(new.Args) != len(old.Args) {
		return false
	}
	for i := range new.Args {
		isRead := new.Args[i].Type() == parser.ValueTypeVector || new.Args[i].Type() == parser.ValueTypeMatrix
		if !n.isSame(new.Args[i], old.Args[i]) && (!isRead || !n.samples(new.Args[i], old.Args[i])) {
			return false
		}
	}
	return true
}

// ofEachSeries are the functions, besides those over time, that make one series of each.
var ofEachSeries = []string{
	"rate", "irate", "increase", "delta", "idelta", "deriv", "changes", "resets", "predict_linear", "abs", "ceil", "floor", "round",
	"clamp", "clamp_max", "clamp_min", "timestamp",
}

// binary is samples for an operator on the new side.
func (n *narrowing) binary(b *parser.BinaryExpr, old parser.Expr) bool {
	if isFilter(b) && n.samples(b.LHS, old) {
		return true
	}
	o, ok := old.(*parser.BinaryExpr)
	if !ok {
		return false
	}
	isAlike := b.Op == o.Op && b.Op != parser.LOR && !b.ReturnBool && !o.ReturnBool && n.matchesAlike(b, o)
	if isAlike && n.isSame(b.RHS, o.RHS) && n.samples(b.LHS, o.LHS) {
		return true
	}
	of, op, limit, isLimit := comparison(b)
	was, wasOp, wasLimit, wasComparison := comparison(o)
	return isLimit && wasComparison && n.areKnown() && isHarder(op, limit, wasOp, wasLimit) && n.samples(of, was)
}

// comparison reads an operator as a comparison with a number that leaves out what fails it.
func comparison(b *parser.BinaryExpr) (of parser.Expr, op string, limit float64, ok bool) {
	if !b.Op.IsComparisonOperator() || b.ReturnBool {
		return nil, "", 0, false
	}
	if limit, ok = constant(b.RHS); ok {
		return b.LHS, b.Op.String(), limit, true
	}
	limit, ok = constant(b.LHS)
	return b.RHS, turned(b.Op.String()), limit, ok
}

// isHarder reports whether what passes a comparison passes another one, too.
func isHarder(op string, limit float64, oldOp string, old float64) bool {
	switch op + " " + oldOp {
	case "> >", ">= >=", "> >=":
		return limit >= old
	case ">= >", "== >":
		return limit > old
	case "< <", "<= <=", "< <=":
		return limit <= old
	case "<= <", "== <":
		return limit < old
	case "== >=":
		return limit >= old
	case "== <=":
		return limit <= old
	}
	return op == oldOp && limit == old
}

// selects reports whether a selector has all matchers of another one, or narrower ones.
func (n *narrowing) selects(new, old *parser.VectorSelector) bool {
	if !n.areKnown() || modifiers(new) != modifiers(old) {
		return false
	}
	return !slices.ContainsFunc(old.LabelMatchers, func(was *labels.Matcher) bool {
		return !slices.ContainsFunc(new.LabelMatchers, func(is *labels.Matcher) bool {
			return is.String() == was.String() || is.Name == was.Name && is.Type == labels.MatchEqual && matches(was, is.Value)
		})
	})
}

// areKnown reports whether no variable stands for a part of either query, such as a limit.
func (n *narrowing) areKnown() bool { return len(n.new.chunks)+len(n.old.chunks) == 0 }

// modifiers writes a selector without its name and matchers.
func modifiers(s *parser.VectorSelector) string {
	bare := *s
	bare.Name, bare.LabelMatchers = "x", nil
	return bare.String()
}

// isFilter reports whether an operator leaves samples of its left side as they are, or leaves them out.
func isFilter(b *parser.BinaryExpr) bool {
	_, isLimit := constant(b.RHS)
	return b.Op == parser.LAND || b.Op == parser.LUNLESS || isLimit && b.Op.IsComparisonOperator() && !b.ReturnBool
}

// matchesAlike reports whether two operators match the series of their sides by the same labels.
func (n *narrowing) matchesAlike(new, old *parser.BinaryExpr) bool {
	a, b := new.VectorMatching, old.VectorMatching
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Card == b.Card && a.On == b.On && slices.Equal(a.MatchingLabels, b.MatchingLabels) && slices.Equal(a.Include, b.Include) &&
		a.FillValues == b.FillValues
}

func matchesAllLabels(b *parser.BinaryExpr) bool {
	return b.VectorMatching != nil && !b.VectorMatching.On && len(b.VectorMatching.MatchingLabels) == 0
}

// isSame reports whether two parts are written alike.
func (n *narrowing) isSame(new, old parser.Expr) bool {
	return n.new.restore.Replace(new.String()) == n.old.restore.Replace(old.String())
}
