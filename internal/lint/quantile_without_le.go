package lint

import (
	"strings"

	"gaugewright/internal/query"
)

var quantileWithoutLe = Rule{
	Name: "quantile-without-le", Group: Kinds, Severity: Error,
	Doc: "histogram_quantile reads the buckets of a classic histogram by their label le. An aggregation that drops it leaves " +
		"nothing to read, and the panel is empty.",
	Query: eachQuantile(func(p *Pass, q *Query, call, buckets *query.Part) {
		isAllBuckets := true
		buckets.Walk(func(s *query.Part) bool {
			if s.Selector == nil {
				return true
			}
			name := s.Selector.Metric
			if !strings.HasSuffix(name, "_bucket") {
				isAllBuckets = false
			}
			if strings.HasSuffix(name, "_count") || strings.HasSuffix(name, "_sum") || strings.HasSuffix(name, "_total") {
				p.Query(q, s.Span, "%s has no buckets: histogram_quantile needs the series with _bucket", name)
			}
			return true
		})
		if isAllBuckets && !q.Parsed.PartLabels(buckets, p.Metrics.Labels).Has("le") {
			p.Query(q, buckets.Span, "the label le is aggregated away: group by le, too")
		}
	}),
}
