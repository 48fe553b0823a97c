package lint

var panelTitle = Rule{
	Name: "panel-title", Group: Panels, Severity: Warning,
	Doc: "The panel has no title: nobody can say which panel is meant.",
	Panel: func(p *Pass, panel *Panel) {
		if panel.needsQueries() && panel.Title == "" && panel.Library == "" {
			p.Panel(panel, nil, "no title")
		}
	},
}
