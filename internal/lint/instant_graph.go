package lint

import (
	"cmp"
)

var instantGraph = Rule{
	Name: "instant-graph", Group: Panels, Severity: Error,
	Doc: "The query asks for one moment, and the graph draws a single dot of it.",
	Query: func(p *Pass, q *Query) {
		if q.Panel != nil && (q.Panel.Type == "timeseries" || q.Panel.Type == "graph") && q.Target.Instant && !q.Target.Range &&
			q.Target.Format != "table" && len(q.Panel.Transformations) == 0 && q.Panel.TimeCompare == "" {
			p.Target(q, cmp.Or(q.Target.Spec.At("instant"), q.Target.Node), "an instant query in a graph over time: it draws a single dot")
		}
	},
}
