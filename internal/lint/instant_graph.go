package lint

import (
	"cmp"
)

var instantGraph = Rule{
	Name: "instant-graph", Group: Panels, Severity: Error,
	Doc: "The query asks for one moment, and the graph draws a single dot of it.",
	Query: func(p *Pass, q *Query) {
		if q.Panel != nil && (q.Panel.Type == "timeseries" || q.Panel.Type == "graph" && isOverTime(q.Panel)) && q.Target.Instant && !q.Target.Range &&
			q.Target.Format != "table" && len(q.Panel.Transformations) == 0 && q.Panel.TimeCompare == "" {
			p.Target(q, cmp.Or(q.Target.Spec.At("instant"), q.Target.Node), "an instant query in a graph over time: it draws a single dot")
		}
	},
}

// isOverTime reports whether an old graph has the time below it. Others have a bar for each series, or a histogram.
func isOverTime(p *Panel) bool {
	mode := p.Content.At("xaxis", "mode").Text()
	return mode == "" || mode == "time"
}
