package lint

var idMissing = Rule{
	Name: "id-missing", Group: Panels, Severity: Warning,
	Doc: "The panel has no id: Grafana gives it one when it opens the board, and links to the panel can change with each edit.",
	Panel: func(p *Pass, panel *Panel) {
		if panel.ID == 0 && panel.Node.IsObject() {
			p.Panel(panel, nil, "no id")
		}
	},
}
