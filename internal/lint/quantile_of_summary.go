package lint

import (
	"strings"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var quantileOfSummary = Rule{
	Name: "quantile-of-summary", Group: Kinds, Severity: Error,
	Doc: "A summary has no buckets: its process has computed the quantiles. histogram_quantile finds nothing in it.",
	Query: eachQuantile(func(p *Pass, q *Query, call, buckets *query.Part) {
		buckets.Walk(func(s *query.Part) bool {
			if s.Selector != nil && p.Metrics.Kind(strings.TrimSuffix(s.Selector.Metric, "_bucket")) == scrape.Summary {
				name := strings.TrimSuffix(s.Selector.Metric, "_bucket")
				p.Query(q, s.Span, "%s is a summary, which has no buckets: show %s by its label quantile", name, name)
			}
			return true
		})
	}),
}
