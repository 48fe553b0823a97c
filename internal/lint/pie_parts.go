package lint

import (
	"regexp"

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
		case over.Selector != nil && metric.UnitFromName(over.Selector.Metric) == metric.Ratio && ofItself.MatchString(over.Selector.Metric):
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

// ofItself finds ratios that each thing has for itself. Other ratios may be the shares of one whole.
var ofItself = regexp.MustCompile(`hit|miss|error|fail|success|utili[sz]ation|saturation|compression|fragmentation|availability`)
