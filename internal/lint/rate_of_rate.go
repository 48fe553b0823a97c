package lint

import (
	"gaugewright/internal/query"
)

var rateOfRate = Rule{
	Name: "rate-of-rate", Group: Kinds, Severity: Error,
	Doc: "A rate goes up and down, and so do a quantile and a count. rate, irate and increase of it take each fall for a restart: use deriv for its slope, or " +
		"avg_over_time, max_over_time or sum_over_time for what it was.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if !part.Is("rate", "irate", "increase", "resets") || len(part.Parts) != 1 {
				return true
			}
			over := part.Parts[0]
			switch {
			case over.Subquery == nil:
			case isRate(over.Parts[0]):
				p.Query(q, part.Span, "%s of a rate: each fall counts as a restart", part.Call.Func)
			case over.Parts[0].Is("histogram_quantile", "histogram_avg", "count", "increase", "delta", "count_over_time"):
				p.Query(q, part.Span, "%s of what goes up and down: each fall counts as a restart", part.Call.Func)
			}
			return true
		})
	},
}
