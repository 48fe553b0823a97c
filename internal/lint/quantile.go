package lint

import (
	"gaugewright/internal/query"
)

// isOpenGrouping reports whether a variable names the labels of an aggregation.
func isOpenGrouping(p *query.Part) bool {
	for _, label := range p.Aggregation.Labels {
		if isVariable(label.Name) {
			return true
		}
	}
	return false
}

// plainSelector returns the selector that a part is of, through functions that keep its series; nil for anything else.
func plainSelector(p *query.Part) *query.Part {
	for p != nil && p.Selector == nil {
		if p.Call == nil {
			return nil
		}
		p = p.Operand()
	}
	return p
}

// eachQuantile returns a check of each histogram_quantile, with the vector of buckets that it is over.
func eachQuantile(check func(p *Pass, q *Query, call, buckets *query.Part)) func(*Pass, *Query) {
	return func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if part.Is("histogram_quantile", "histogram_fraction") {
				if buckets := part.Operand(); buckets != nil {
					check(p, q, part, buckets)
				}
			}
			return true
		})
	}
}
