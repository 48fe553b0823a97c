package lint

import (
	"strings"

	"gaugewright/internal/scrape"
)

var heatmapBuckets = Rule{
	Name: "heatmap-buckets", Group: Panels, Severity: Error,
	Doc: "A heatmap draws the buckets of a histogram, a series for each le. Without them, or without the format \"heatmap\" that makes " +
		"buckets of cumulative ones, its cells say nothing.",
	Query: func(p *Pass, q *Query) {
		if q.Panel == nil || q.Panel.Type != "heatmap" || calculates(q.Panel) || len(q.Panel.Transformations) > 0 {
			return
		}
		hasBuckets, isPlain := false, false
		for _, s := range q.Selectors() {
			name := s.Selector.Metric
			hasBuckets = hasBuckets || strings.HasSuffix(name, "_bucket")
			kind := p.Metrics.Kind(name)
			isPlain = isPlain || (kind == scrape.Gauge || kind == scrape.Summary || kind == scrape.Counter && !strings.HasSuffix(name, "_bucket")) && !isByLe(s)
		}
		set, _ := q.Parsed.Labels(p.Metrics.Labels)
		switch {
		case hasBuckets && !set.Has("le"), isPlain && !hasBuckets:
			p.Query(q, q.Tree.Span, "a heatmap of what has no buckets: its query is not by le")
		case hasBuckets && q.Target.Format != "heatmap":
			p.Target(q, q.Target.Spec.At("format"), "the query's format is not \"heatmap\": each bucket then contains all smaller ones")
		}
	},
}
