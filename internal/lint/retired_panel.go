package lint

var retiredPanel = Rule{
	Name: "retired-panel", Group: Panels, Severity: Warning,
	Doc: "Grafana no longer has panels of this type. It replaces some of them when it opens the board, each with its own losses.",
	Panel: func(p *Pass, panel *Panel) {
		if instead, ok := retired[panel.Type]; ok {
			p.Panel(panel, panel.Content.At("type"), "the panel type %q is retired: %s replaces it", panel.Type, instead)
		}
	},
}
