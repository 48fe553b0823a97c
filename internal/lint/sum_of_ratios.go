package lint

import (
	"slices"

	"gaugewright/internal/query"
)

var sumOfRatios = Rule{
	Name: "sum-of-ratios", Group: Queries, Severity: Error,
	Doc: "A sum of ratios has no meaning: two services with 50 percent of errors each do not have 100 together. Add up above and " +
		"below the line first.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if !part.Is("sum") {
				return true
			}
			over := withoutNumbers(unwrapped(part.Operand()))
			if o := over.Operation; o == nil || o.Op != "/" || !o.Vectors || o.Group != "" || isMean(over) {
				return true
			}
			above, below := innermost(over.Parts[0]), innermost(over.Parts[1])
			isOfEvents := above.Is("rate", "increase") && below.Is("rate", "increase")
			a, b := q.Parsed.PartDimension(over.Parts[0], p.Metrics.Units), q.Parsed.PartDimension(over.Parts[1], p.Metrics.Units)
			isOfBytes := a.Known && b.Known && a.Bytes == 1 && b.Bytes == 1 && a.Seconds == b.Seconds
			if (isOfEvents && a.Bytes == b.Bytes && a.Seconds == b.Seconds || isOfBytes) && !p.isOne(below) {
				p.Query(q, part.Span, "a sum of ratios: divide the sums instead")
			}
			return true
		})
	},
}

// withoutNumbers skips numbers that a part is multiplied by, or subtracted from: 100 * (1 - x) is x.
func withoutNumbers(p *query.Part) *query.Part {
	for {
		switch o := p.Operation; {
		case o != nil && (o.Op == "*" || o.Op == "-") && isNumber(p.Parts[0]):
			p = p.Parts[1]
		case o != nil && o.Op == "*" && isNumber(p.Parts[1]):
			p = p.Parts[0]
		default:
			return p
		}
	}
}

// isOne reports whether a part is of a single process, and may so be a single series: a sum then only takes its labels away.
func (p *Pass) isOne(part *query.Part) bool {
	selector := plainSelector(part)
	if selector == nil {
		return false
	}
	pinned := map[string]bool{}
	for _, m := range selector.Selector.Matchers {
		pinned[m.Label] = m.Op == "="
	}
	if !pinned["instance"] && !pinned["pod"] {
		return false
	}
	series, ok := p.Metrics.Series(selector.Selector.Metric)
	return !ok || !slices.ContainsFunc(series.Labels, func(label string) bool { return !pinned[label] && !p.Metrics.mayBeAdded(label) })
}
