package lint

import (
	"gaugewright/internal/grafana"
)

var mixedBases = Rule{
	Name: "mixed-bases", Group: Units, Severity: Warning,
	Doc: "A panel counts in 1024 and in 1000, or two panels of a board do for one metric: the same number of bytes is written in two ways.",
	Board: func(p *Pass, b *Board) {
		shown := map[string]base{}
		for _, q := range b.Queries {
			one, ok := q.base()
			if !ok {
				continue
			}
			for _, s := range q.Selectors() {
				other, isKnown := shown[s.Selector.Metric]
				if !isKnown {
					shown[s.Selector.Metric] = one
				} else if other.isDecimal != one.isDecimal && other.panel != one.panel {
					p.Target(q, one.at, "%q counts in %s, and the panel %q shows %s in %q, which counts in %s", one.at.Text(), one, other.panel.Title,
						s.Selector.Metric, other.at.Text(), other)
					break
				}
			}
		}
	},
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

// base is in what a query's bytes are counted.
type base struct {
	isDecimal bool
	at        *grafana.Node // the unit
	panel     *Panel
}

func (b base) String() string {
	if b.isDecimal {
		return "1000"
	}
	return "1024"
}

// base returns in what a query's bytes are counted; false where its unit is not one of an amount of data.
func (q *Query) base() (base, bool) {
	shown, isCertain := q.unit()
	if !isCertain || q.Parsed == nil {
		return base{}, false
	}
	for _, family := range amounts {
		if isDecimal, ok := family[shown.id]; ok {
			return base{isDecimal, shown.at, q.Panel}, true
		}
	}
	return base{}, false
}
