package lint

var newerPrometheus = Rule{
	Name: "newer-prometheus", Group: Queries, Severity: Error,
	Doc: "The query needs a newer Prometheus than the one that is asked (-server-version), which refuses it.",
	Query: func(p *Pass, q *Query) {
		for _, c := range q.Parsed.Calls() {
			if since, ok := sinceVersion[c.Func]; ok && p.Files.Server.Before(since) {
				p.Query(q, c.Span, "%s is in Prometheus since %s, and %s is asked", c.Func, since, p.Files.Server)
			}
		}
		for _, o := range q.Parsed.Operations() {
			if p.Files.Server.Before(Version{2, 31}) && o.Op == "atan2" {
				p.Query(q, o.Span, "atan2 is in Prometheus since 2.31, and %s is asked", p.Files.Server)
			}
		}
	},
}
