package lint

import (
	"strings"

	"gaugewright/internal/query"
)

var needlessSubquery = Rule{
	Name: "needless-subquery", Group: Kinds, Severity: Warning,
	Doc: "A subquery of a plain selector takes samples of samples: a range is simpler, cheaper and sees all of them.",
	Query: func(p *Pass, q *Query) {
		q.Tree.Walk(func(part *query.Part) bool {
			if part.Subquery == nil || part.Parts[0].Selector == nil || part.Parts[0].Selector.Offset != "" || part.Subquery.Offset != "" ||
				part.Parent == nil || part.Parent.Call == nil {
				return true
			}
			p.Query(q, part.Span, "a subquery of a plain selector: a range does the same with all samples").Instead =
				strings.TrimSpace(q.Parsed.Written(part.Parts[0])) + "[" + part.Subquery.Range + "]"
			return true
		})
	},
}
