package lint

import (
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var rateAfterSum = Rule{
	Name: "rate-after-sum", Group: Kinds, Severity: Error,
	Doc: "A sum of counters falls when one of them begins anew, and rate then takes the whole sum for new. First rate, then sum.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if !part.Is("rate", "irate", "increase") || len(part.Parts) != 1 {
				return true
			}
			switch over := part.Parts[0]; {
			case over.Subquery != nil:
				if sum := aggregatedRaw(over.Parts[0]); sum != nil && p.Metrics.ValueKind(over.Parts[0]) != scrape.Gauge {
					p.Query(q, part.Span, "%s of a %s: a restart of one process looks like a jump of all; %s first, then %s", part.Call.Func,
						sum.Aggregation.Op, part.Call.Func, sum.Aggregation.Op)
				}
			case over.Selector != nil:
				for _, r := range p.Files.Records[over.Selector.Metric] {
					if r.Query.Parsed != nil && aggregatedRaw(r.Query.Tree) != nil && p.Metrics.ValueKind(r.Query.Tree) == scrape.Counter {
						p.Query(q, part.Span, "%s of %s, which a rule records as a sum of counters: record the sum of their %s", part.Call.Func,
							over.Selector.Metric, part.Call.Func)
						break
					}
				}
			}
			return true
		})
	},
}
