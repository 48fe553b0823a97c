package lint

import (
	"gaugewright/internal/query"
)

var undefinedVariable = Rule{
	Name: "undefined-variable", Group: Queries, Severity: Error,
	Doc: "The board has no variable of that name. Grafana leaves the text as it is, and the query fails or finds nothing.",
	Board: func(p *Pass, b *Board) {
		for _, q := range b.Queries {
			for _, v := range query.References(q.Text) {
				if !q.defines(v.Name) {
					p.Query(q, v.Span, "there is no variable %s", v.Name)
				}
			}
			if q.Target != nil {
				for _, v := range query.References(q.Target.Legend) {
					if !q.defines(v.Name) {
						p.Target(q, q.Target.Spec.At("legendFormat"), "the legend names the variable %s, which there is not", v.Name)
					}
				}
			}
		}
	},
}
