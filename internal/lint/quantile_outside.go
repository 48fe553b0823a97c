package lint

import (
	"gaugewright/internal/query"
)

var quantileOutside = Rule{
	Name: "quantile-outside", Group: Kinds, Severity: Error,
	Doc: "A quantile is a number from 0 to 1. Above 1 the answer is +Inf, below 0 -Inf.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if !part.Is("histogram_quantile", "quantile_over_time", "quantile") || len(part.Parts) == 0 {
				return true
			}
			if n := part.Parts[0]; n.Kind == query.NumberPart && !n.Variable && (n.Number > 1 || n.Number < 0) {
				f := p.Query(q, n.Span, "a quantile is from 0 to 1: this one is always infinite")
				if n.Number > 1 && n.Number <= 100 {
					f.Text += "; percent are written as a fraction, such as 0.95"
				}
			}
			return true
		})
	},
}
