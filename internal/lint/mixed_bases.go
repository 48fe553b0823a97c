package lint

import (
	"gaugewright/internal/grafana"
)

var mixedBases = Rule{
	Name: "mixed-bases", Group: Units, Severity: Warning,
	Doc: "One panel counts in 1024 and in 1000: the same number of bytes is written in two ways side by side.",
	Panel: func(p *Pass, panel *Panel) {
		seen := map[bool]*grafana.Node{}
		note := func(at *grafana.Node) {
			for _, family := range amounts {
				if isDecimal, ok := family[at.Text()]; ok {
					seen[isDecimal] = at
				}
			}
		}
		note(panel.unitNode())
		for _, o := range panel.Overrides {
			if unit, _ := unitIn(o); unit != nil {
				note(unit)
			}
		}
		if seen[true] != nil && seen[false] != nil {
			p.Panel(panel, seen[true], "%q counts in 1000, and %q beside it in 1024", seen[true].Text(), seen[false].Text())
		}
	},
}
