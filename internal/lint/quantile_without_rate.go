package lint

import (
	"strings"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var quantileWithoutRate = Rule{
	Name: "quantile-without-rate", Group: Kinds, Severity: Error,
	Doc: "Buckets are counters. Without rate or increase, the quantile is that of all observations since the process began, " +
		"which hardly moves any more.",
	Query: eachQuantile(func(p *Pass, q *Query, call, buckets *query.Part) {
		buckets.Walk(func(s *query.Part) bool {
			if s.Subquery != nil {
				return false
			}
			if s.Selector == nil || s.Selector.Range != "" && !strings.HasSuffix(s.Selector.Func(), "_over_time") {
				return true
			}
			name := s.Selector.Metric
			kind := p.Metrics.Kind(name)
			if strings.HasSuffix(name, "_bucket") && !strings.Contains(name, ":") && kind != scrape.Gauge && !isVariable(name) {
				p.Query(q, s.Span, "buckets without rate: the quantile of everything since the processes began")
			}
			return true
		})
	}),
}
