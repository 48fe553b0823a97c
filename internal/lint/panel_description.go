package lint

var panelDescription = Rule{
	Name: "panel-description", Group: Panels, Severity: Warning,
	Doc: "The panel has no description: what it shows, and what to do when it is bad, is known only to who made it.",
	Panel: func(p *Pass, panel *Panel) {
		if panel.needsQueries() && panel.Description == "" && panel.Library == "" && panel.Title != "" {
			p.Panel(panel, nil, "no description")
		}
	},
}
