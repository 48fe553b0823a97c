package lint

import (
	"time"
)

var shortFor = Rule{
	Name: "short-for", Group: Alerts, Severity: Error,
	Doc: "The alert's for is shorter than two evaluations of its group, so that it fires as soon as it could without one.",
	Prom: func(p *Pass, r *PromRule) {
		if r.Alert == "" || r.For == 0 {
			return
		}
		interval := time.Duration(r.Group.Interval)
		if interval == 0 {
			interval = p.Files.evaluationInterval()
		}
		switch {
		case time.Duration(r.For) < time.Second: // another rule's
		case interval == 0:
			p.Skip(NoInterval, r.Name())
		case time.Duration(r.For) < 2*interval:
			p.Prom(r, r.line("for"), "for: %s, and the group is evaluated each %s: it holds for less than two evaluations", r.For, short(interval))
		}
	},
}
