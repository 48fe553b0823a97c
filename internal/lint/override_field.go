package lint

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
)

var overrideField = Rule{
	Name: "override-field", Group: Panels, Severity: Error,
	Doc: "An override or a transformation names a field that no query returns: it changes nothing.",
	Panel: func(p *Pass, panel *Panel) {
		answers, ok := p.answers(panel)
		if !ok {
			p.missingQueries(panel)
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

// missingQueries finds overrides for the letter of a query that the panel does not have, where nothing else is known of its fields.
func (p *Pass) missingQueries(panel *Panel) {
	if len(panel.Queries) != len(panel.Targets) || len(panel.Transformations) > 0 {
		return // others may have letters of their own
	}
	for _, o := range panel.Overrides {
		letter := o.Options.Text()
		if o.Matcher != "byFrameRefID" || isVariable(letter) ||
			slices.ContainsFunc(panel.Targets, func(t grafana.Target) bool { return t.RefID == letter || t.RefID == "" }) {
			continue
		}
		p.Panel(panel, o.Node, "%s: the panel has no such query", o)
	}
}
