package lint

import (
	"gaugewright/internal/query"
)

var zeroLine = Rule{
	Name: "zero-line", Group: Queries, Severity: Error,
	Doc: "vector(0) has no labels. Behind a query whose series have some, it is never replaced: it stands beside them, always, as a " +
		"line of its own.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			o := part.Operation
			if o == nil || o.Op != "or" || o.Matching != nil || !part.Parts[1].Is("vector") {
				return true
			}
			for above := part.Parent; above != nil; above = above.Parent {
				if above.Aggregation != nil || above.Operation != nil && above.Operation.Vectors {
					return true // it is put together with them, or has no partner
				}
			}
			left := part.Parts[0]
			if names := keptOnPurpose(left); len(names) > 0 {
				p.Query(q, part.Parts[1].Span, "a line without labels that always stands beside those by %s", set(names))
			}
			return true
		})
	},
}
