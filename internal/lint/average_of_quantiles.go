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
				what = "quantiles is no quantile: add up the buckets by le, and then compute it once"
			case over.Selector != nil && hasMatcher(over.Selector, "quantile"), p.Metrics.Kind(selectorName(over)) == scrape.Summary:
				what = "quantiles is no quantile: those of a summary cannot be put together; max shows the worst"
			case isMean(over):
				what = "means counts a quiet series like a busy one: divide the sum of the sums by the sum of the counts"
			case part.Is("avg") && over.Is("avg"):
				what = "means counts a small group like a large one: average once over all"
			}
			if what != "" {
				p.Query(q, part.Span, "%s of %s", part.Aggregation.Op, what)
			}
			return true
		})
	},
}
