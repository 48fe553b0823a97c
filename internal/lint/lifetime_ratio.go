package lint

import (
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var lifetimeRatio = Rule{
	Name: "lifetime-ratio", Group: Kinds, Severity: Warning,
	Doc: "A ratio of two counters is the mean since their process began: what happens now hardly moves it. Divide their rates.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if part.Operation == nil || part.Operation.Op != "/" || !part.Operation.Vectors {
				return part.Subquery == nil
			}
			left, right := p.Metrics.ValueKind(part.Parts[0]), p.Metrics.ValueKind(part.Parts[1])
			if left == scrape.Counter && right == scrape.Counter {
				p.Query(q, part.Span, "the mean since the processes began, not over the time shown: divide rates")
			}
			return true
		})
	},
}
