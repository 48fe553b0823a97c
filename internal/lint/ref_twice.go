package lint

var refTwice = Rule{
	Name: "ref-twice", Group: Panels, Severity: Error,
	Doc: "Two queries of a panel have one letter: the answer of one replaces that of the other.",
	Panel: func(p *Pass, panel *Panel) {
		seen := map[string]bool{}
		for _, t := range panel.Targets {
			if t.RefID != "" && seen[t.RefID] {
				p.Panel(panel, t.Node, "two queries are called %s", t.RefID)
			}
			seen[t.RefID] = true
		}
	},
}
