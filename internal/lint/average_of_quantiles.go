package lint

import (
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var averageOfQuantiles = Rule{
	Name: "average-of-quantiles", Group: Queries, Severity: Error,
	Doc: "The mean, or the sum, of quantiles or of means of groups of different size is no quantile and no mean of the whole. " +
		"Add up the buckets, or the sums and the counts, and then compute it once.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if !part.Is("avg", "sum") {
				return true
			}
			over := unwrapped(part.Operand())
			what := ""
			switch {
			case over.Is("histogram_quantile"):
				what = "quantiles"
			case over.Selector != nil && hasMatcher(over.Selector, "quantile"), p.Metrics.Kind(selectorName(over)) == scrape.Summary:
				what = "quantiles"
			case isMean(over):
				what = "means"
			case part.Is("avg") && over.Is("avg"):
				what = "means"
			}
			if what != "" {
				p.Query(q, part.Span, "%s of %s: it is neither the whole's nor anybody's", part.Aggregation.Op, what)
			}
			return true
		})
	},
}
