package lint

var longQuery = Rule{
	Name: "long-query", Group: Panels, Severity: Warning,
	Doc: "The query is longer than a person on call can read. A recording rule gives a part of it a name.",
	Query: func(p *Pass, q *Query) {
		if n := len([]rune(q.Text)); n >= longest && q.Panel != nil {
			p.Target(q, nil, "%d characters: a reader needs less than %d", n, longest)
		}
	},
}
