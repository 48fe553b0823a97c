package lint

var lostLabel = Rule{
	Name: "lost-label", Group: Queries, Severity: Error,
	Doc: "An aggregation inside drops a label that a grouping or a join outside needs: the grouping puts everything together, the " +
		"join finds nothing.",
	Query: func(p *Pass, q *Query) {
		if q.combining < 2 {
			return
		}
		_, problems := q.Parsed.Labels(nil)
		for _, problem := range problems {
			if !problem.Harmless {
				p.Query(q, problem.Span, "%s: it is aggregated away", problem.Message)
			}
		}
	},
}
