package lint

import (
	"fmt"
	"strings"
)

var limitStep = Rule{
	Name: "limit-step", Group: Alerts, Severity: Error,
	Doc: "The alert's limit is no color step of the panel that it links to: the panel is green while the alert fires, or red while " +
		"it does not.",
	Prom: func(p *Pass, r *PromRule) {
		if r.Alert == "" || r.Query.Parsed == nil {
			return
		}
		limits := r.Query.Parsed.Comparisons()
		for name, value := range r.Annotations {
			b, panelID, _ := p.Files.linked(value)
			if b == nil || panelID == 0 || len(limits) != 1 || b.panel(panelID) == nil {
				continue
			}
			panel := b.panel(panelID)
			steps := stepsOf(panel)
			if len(steps) == 0 || !drawsSame(panel, r.Query) || hasStep(steps, limits[0].Number) {
				continue
			}
			p.Prom(r, r.line("annotations", name), "the limit %v is no color step of %q, which has %s", limits[0].Number, panel.Title,
				strings.Trim(strings.ReplaceAll(fmt.Sprint(steps), " ", ", "), "[]"))
		}
	},
}
