package lint

import (
	"strings"

	"gaugewright/internal/query"
)

var sumOfBuckets = Rule{
	Name: "sum-of-buckets", Group: Kinds, Severity: Error,
	Doc: "Each bucket of a classic histogram contains all smaller ones. A sum over all buckets counts an observation once for each " +
		"bucket that holds it. The number of observations is in _count.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if part.Is("histogram_quantile", "histogram_fraction") {
				return false
			}
			if !part.Is("sum", "avg") {
				return true
			}
			if s := plainSelector(part.Operand()); s != nil && p.Metrics.IsBucket(s.Selector.Metric) && !hasMatcher(s.Selector, "le") {
				if set := q.Parsed.PartLabels(part, p.Metrics.Labels); !set.Has("le") && !isOpenGrouping(part) {
					p.Query(q, part.Span, "%s of cumulative buckets counts each observation several times: use %s_count, or group by le",
						part.Aggregation.Op, strings.TrimSuffix(s.Selector.Metric, "_bucket"))
				}
			}
			return true
		})
	},
}
