package lint

import (
	"slices"

	"gaugewright/internal/query"
)

var neverMatches = Rule{
	Name: "never-matches", Group: Queries, Severity: Error,
	Doc: "The two sides of an operator have different labels, so no series of the one has a partner in the other, and the answer " +
		"is always empty. Group both alike, or say on which labels to match.",
	Query: func(p *Pass, q *Query) {
		if q.combining > mostCombining {
			return
		}
		q.Tree.Walk(func(part *query.Part) bool {
			o := part.Operation
			if o == nil || !o.Vectors || o.Op == "or" || o.On || o.Op == "unless" {
				return true
			}
			left, right := p.matched(q, part, nil)
			if left.Open || right.Open {
				left, right = p.matched(q, part, p.Metrics.alwaysLabels(q))
			}
			if left.Open || right.Open || slices.Equal(left.Names, right.Names) || onlyAdded(p.Metrics, left.Names, right.Names) {
				return true
			}
			p.Query(q, o.Span, "nothing matches: the left side has %s, the right side %s", set(left.Names), set(right.Names))
			return true
		})
	},
}
