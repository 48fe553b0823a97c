package lint

import (
	"slices"
)

var summaryMissing = Rule{
	Name: "summary-missing", Group: Alerts, Severity: Warning,
	Doc: "The alert has no annotation that says what is wrong: who is woken by it reads a name and numbers.",
	Prom: func(p *Pass, r *PromRule) {
		if r.Alert != "" && !slices.ContainsFunc(summaries, func(name string) bool { return r.Annotations[name] != "" }) {
			p.Prom(r, 0, "no annotation summary")
		}
	},
}
