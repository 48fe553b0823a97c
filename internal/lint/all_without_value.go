package lint

import (
	"gaugewright/internal/query"
)

var allWithoutValue = Rule{
	Name: "all-without-value", Group: Boards, Severity: Error,
	Doc: "All of a variable without a value of its own puts in each value that it found. Series without the label are then left " +
		"out. Set the custom value of All to .*",
	Query: func(p *Pass, q *Query) {
		if q.Board == nil {
			return
		}
		for _, s := range q.Selectors() {
			series, ok := p.Metrics.Series(s.Selector.Metric)
			if !ok || series.values == nil {
				continue
			}
			for _, m := range s.Selector.Matchers {
				refs := query.References(m.Value)
				if m.Op != "=~" || len(refs) != 1 || !series.lacks(m.Label) {
					continue
				}
				if v, ok := q.variable(refs[0].Name); ok && v.IncludeAll && v.AllValue == "" && v.Type == "query" {
					p.Query(q, m.Span, "some series of %s have no label %s, and All of $%s leaves them out: its custom value should be .*",
						s.Selector.Metric, m.Label, v.Name)
				}
			}
		}
	},
}
