package lint

import (
	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

var overrideField = Rule{
	Name: "override-field", Group: Panels, Severity: Error,
	Doc: "An override or a transformation names a field that no query returns: it changes nothing.",
	Panel: func(p *Pass, panel *Panel) {
		answers, ok := p.answers(panel)
		if !ok {
			return
		}
		fields := view.NewFields(answers)
		var active []grafana.Transformation
		for _, t := range panel.Transformations {
			if !t.Disabled {
				active = append(active, t)
			}
		}
		for _, problem := range fields.Apply(active) {
			p.Panel(panel, panel.Content.At("transformations"), "%s", problem)
		}
		for _, m := range fields.Configure(panel.Defaults, panel.Overrides, func(text string) string { return text }) {
			p.Panel(panel, m.Override.Node, "%s: %s", m.Override, m.Reason)
		}
	},
}
