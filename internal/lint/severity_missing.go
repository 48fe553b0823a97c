package lint

import (
	"slices"
)

var severityMissing = Rule{
	Name: "severity-missing", Group: Alerts, Severity: Warning,
	Doc: "The alert has no label severity: nothing says whether to wake somebody, and most routes go by it.",
	Prom: func(p *Pass, r *PromRule) {
		labels := r.Group.LabelsOf(r.Rule)
		if r.Alert != "" && !slices.ContainsFunc(severities, func(name string) bool { return labels[name] != "" }) {
			p.Prom(r, 0, "no label severity")
		}
	},
}
