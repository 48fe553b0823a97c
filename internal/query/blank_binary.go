package query

import (
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// ofBinary returns why an operator has no answer.
func (b *blanks) ofBinary(e *parser.BinaryExpr) (Blank, error) {
	sides := []parser.Expr{e.LHS, e.RHS}
	left, right := optional(e)
	if left && right {
		return b.ofOr(e)
	}
	if right {
		sides = sides[:1]
	} else if left {
		sides = sides[1:]
	}
	why, err := b.needed(sides...)
	switch {
	case err != nil || why.Cause != "":
		return why, err
	case e.Op == parser.LUNLESS:
		return blank(Excluded, "unless", "unless %s leaves nothing now", short(e.RHS)), nil
	case e.Op.IsComparisonOperator():
		return b.ofComparison(e)
	case e.VectorMatching == nil:
		return b.unexplained(e), nil
	}
	return b.ofPairs(e)
}

// optional reports which sides of an operator may be empty while the other side gives the answer.
func optional(e *parser.BinaryExpr) (left, right bool) {
	switch {
	case e.Op == parser.LOR:
		return true, true
	case e.Op == parser.LUNLESS:
		return false, true
	case e.VectorMatching == nil:
		return false, false
	}
	fill := e.VectorMatching.FillValues
	return fill.LHS != nil, fill.RHS != nil
}

// ofOr returns why both sides are empty. One side that is rightly so is enough, but not one that only fills in.
func (b *blanks) ofOr(e *parser.BinaryExpr) (Blank, error) {
	var sides []Blank
	for _, side := range []parser.Expr{e.LHS, e.RHS} {
		why, err := b.of(side)
		if err != nil {
			return why, err
		}
		if isZero(side) || len(vectorsIn(side)) == 0 {
			why.Cause = NotNeeded
		}
		sides = append(sides, why)
	}
	return first(sides, func(w Blank) bool { return !w.IsFault() && w.Cause != NotNeeded }), nil
}

func (b *blanks) ofComparison(e *parser.BinaryExpr) (Blank, error) {
	part := e.Op.String() + " " + short(e.RHS)
	if e.LHS.Type() == parser.ValueTypeScalar {
		part = short(e.LHS) + " " + e.Op.String()
	}
	filtered := blank(Filtered, part, "nothing passes %s now", part)
	if e.VectorMatching == nil {
		if isNever(e) {
			return blank(NeverPasses, part, "%s never passes %s: without series there is no count", short(e.LHS), part), nil
		}
		return filtered, nil
	}
	asBool := *e
	asBool.ReturnBool = true
	if paired, err := b.ask(&asBool); err != nil || len(paired) > 0 {
		return filtered, err
	}
	return b.ofPairs(e)
}

// isNever reports whether a count is compared with a number that it never has: there is no count of 0.
func isNever(e *parser.BinaryExpr) bool {
	counted, ok := e.LHS.(*parser.AggregateExpr)
	limit, isNumber := constant(e.RHS)
	if !ok || counted.Op != parser.COUNT || !isNumber {
		return false
	}
	switch e.Op {
	case parser.EQLC:
		return limit < 1
	case parser.LSS:
		return limit <= 1
	case parser.LTE:
		return limit < 1
	}
	return false
}

// ofPairs returns why no series of two sides match, though both have some.
func (b *blanks) ofPairs(e *parser.BinaryExpr) (Blank, error) {
	unpaired := blank(Unpaired, e.Op.String(), "no series of the two sides of %s match now", e.Op)
	if selects(e.LHS) || selects(e.RHS) {
		return unpaired, nil
	}
	together := &parser.BinaryExpr{Op: parser.LAND, LHS: &parser.ParenExpr{Expr: e.LHS}, RHS: &parser.ParenExpr{Expr: e.RHS},
		VectorMatching: &parser.VectorMatching{Card: parser.CardManyToMany, On: true}}
	if series, err := b.ask(together); err != nil || len(series) == 0 {
		return unpaired, err
	}
	left, err := b.ask(e.LHS)
	if err != nil {
		return Blank{}, err
	}
	right, err := b.ask(e.RHS)
	if err != nil || len(left) == 0 || len(right) == 0 {
		return unpaired, err
	}
	seen := map[string]bool{}
	for _, series := range left {
		seen[b.signature(series, e.VectorMatching)] = true
	}
	for _, series := range right {
		if seen[b.signature(series, e.VectorMatching)] {
			return unpaired, nil
		}
	}
	return blank(NeverPairs, e.Op.String(), "%s finds no pairs: the left side has {%s}, the right side {%s}", e.Op,
		b.signature(left[0], e.VectorMatching), b.signature(right[0], e.VectorMatching)), nil
}

// signature returns the labels by which a series is matched. Only the values of fixed labels count: any other value may
// come later on the other side too.
func (b *blanks) signature(series map[string]string, matching *parser.VectorMatching) string {
	var parts []string
	for name, value := range series {
		if name == model.MetricNameLabel || value == "" || slices.Contains(matching.MatchingLabels, name) != matching.On {
			continue
		}
		if b.Fixed[name] {
			name += "=" + strconv.Quote(value)
		}
		parts = append(parts, name)
	}
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

// selects reports whether an expression keeps only some series, or those of another time, so that others may come.
func selects(e parser.Expr) bool {
	found := false
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		switch n := n.(type) {
		case *parser.BinaryExpr:
			found = found || n.Op.IsSetOperator() || n.Op.IsComparisonOperator() && !n.ReturnBool
		case *parser.AggregateExpr:
			switch n.Op {
			case parser.TOPK, parser.BOTTOMK, parser.LIMITK, parser.LIMIT_RATIO, parser.COUNT_VALUES:
				found = true
			}
		case *parser.Call:
			switch n.Func.Name {
			case "absent", "absent_over_time", "info":
				found = true
			}
		case *parser.VectorSelector:
			found = found || n.OriginalOffset != 0 || n.OriginalOffsetExpr != nil || n.Timestamp != nil || n.StartOrEnd != 0
		}
		return nil
	})
	return found
}
