package lint

import (
	"gaugewright/internal/query"
)

var deadSide = Rule{
	Name: "dead-side", Group: Queries, Severity: Error,
	Doc: "The left side of \"or\" always has an answer without labels, so a right side without labels is never looked at.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			o := part.Operation
			if o == nil || o.Op != "or" || o.Matching != nil || !part.Parts[0].Is("vector") {
				return true
			}
			if right := q.Parsed.PartLabels(part.Parts[1], nil); !right.Open && len(right.Names) == 0 {
				p.Query(q, part.Parts[1].Span, "never looked at: %s always has an answer", q.Parsed.Written(part.Parts[0]))
			}
			return true
		})
	},
}
