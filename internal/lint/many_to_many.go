package lint

import (
	"gaugewright/internal/query"
)

var manyToMany = Rule{
	Name: "many-to-many", Group: Queries, Severity: Error,
	Doc: "Several series of a side have the same labels to match on. Prometheus refuses that, unless that side is the many of " +
		"group_left or group_right.",
	Query: func(p *Pass, q *Query) {
		if q.combining > mostCombining {
			return
		}
		q.Tree.Walk(func(part *query.Part) bool {
			o := part.Operation
			if o == nil || !o.Vectors || o.Matching == nil || o.Op == "and" || o.Op == "or" || o.Op == "unless" {
				return true
			}
			for i, side := range part.Parts {
				isMany := o.Group == "group_left" && i == 0 || o.Group == "group_right" && i == 1
				extra := p.unmatched(q, side, o)
				if isMany || len(extra) == 0 {
					continue
				}
				which, mend := []string{"left", "right"}[i], []string{"group_left", "group_right"}[i]
				f := p.Query(q, o.Span, "the %s side has several series for one of the other, by %s", which, set(extra))
				if o.Group == "" {
					f.Text += ": it needs " + mend
				} else {
					f.Text += ": aggregate it"
				}
				break
			}
			return true
		})
	},
}
