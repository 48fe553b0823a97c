package lint

import (
	"strings"

	"gaugewright/internal/query"
)

func selectorName(p *query.Part) string {
	if p.Selector == nil {
		return ""
	}
	return p.Selector.Metric
}

// unwrapped skips what only sorts, renames or cuts off values.
func unwrapped(p *query.Part) *query.Part {
	for p.Is("label_replace", "label_join", "sort", "sort_desc", "clamp_min", "clamp_max", "round") && p.Operand() != nil {
		p = p.Operand()
	}
	return p
}

// isMean reports whether a part divides the sum of observations by their number.
func isMean(p *query.Part) bool {
	if p.Operation == nil || p.Operation.Op != "/" {
		return false
	}
	sum, count := plainSelector(innermost(p.Parts[0])), plainSelector(innermost(p.Parts[1]))
	if sum == nil || count == nil {
		return false
	}
	base, isSum := strings.CutSuffix(sum.Selector.Metric, "_sum")
	return isSum && count.Selector.Metric == base+"_count"
}

// innermost skips aggregations, and numbers that a part is multiplied by.
func innermost(p *query.Part) *query.Part {
	for {
		switch o := p.Operation; {
		case p.Is("sum", "avg", "max", "min"):
			p = p.Operand()
		case o != nil && (o.Op == "*" || o.Op == "/") && isNumber(p.Parts[1]):
			p = p.Parts[0]
		case o != nil && o.Op == "*" && isNumber(p.Parts[0]):
			p = p.Parts[1]
		default:
			return p
		}
	}
}

func isNumber(p *query.Part) bool { return p.Kind == query.NumberPart }

// isOnlyCounted reports whether only the number of series matters, and not their values: count(rate(x[5m])).
func isOnlyCounted(p *query.Part) bool {
	for p = p.Parent; p != nil && p.Call != nil; p = p.Parent {
	}
	return p.Is("count", "group")
}
