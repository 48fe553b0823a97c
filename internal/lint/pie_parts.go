package lint

import (
	"slices"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/scrape"
)

var pieParts = Rule{
	Name: "pie-parts", Group: Panels, Severity: Error,
	Doc: "A pie shows parts of a whole. Averages, quantiles and ratios are no parts: together they make nothing.",
	Query: func(p *Pass, q *Query) {
		if q.Panel == nil || q.Panel.Type != "piechart" && q.Panel.Type != "grafana-piechart-panel" {
			return
		}
		what := ""
		switch over := unwrapped(q.Tree); {
		case over.Is("topk", "bottomk"):
			return
		case q.Parsed.IsQuantile():
			what = "quantiles"
		case over.Selector != nil && p.Metrics.Kind(over.Selector.Metric) == scrape.Summary:
			what = "quantiles"
		case over.Selector != nil && slices.Contains([]metric.Unit{metric.Ratio, metric.Percent}, metric.UnitFromName(over.Selector.Metric)):
			what = "ratios"
		case over.Is("avg") && len(over.Aggregation.Labels) > 0, isMean(over):
			what = "means"
		case over.Operation != nil && over.Operation.Op == "/" && over.Operation.Vectors && over.Operation.Group == "" && p.isRatio(q, over):
			what = "ratios"
		default:
			return
		}
		p.Query(q, q.Tree.Span, "a pie of %s, which do not add up", what)
	},
}
