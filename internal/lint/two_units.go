package lint

var twoUnits = Rule{
	Name: "two-units", Group: Units, Severity: Error,
	Doc: "Two queries of one graph measure different things, such as bytes and seconds, on one axis with one unit: one of them is " +
		"written in the other's unit, and the smaller is flat.",
	Panel: func(p *Pass, panel *Panel) {
		if a, b := p.twoMeasures(panel); b != nil {
			first, _ := p.measured(a, a.Tree)
			second, _ := p.measured(b, b.Tree)
			p.Target(b, nil, "it is %s, and query %s beside it %s, on one axis", second.words(), a.Target.RefID, first.words())
		}
	},
}

// twoMeasures returns two queries of a graph that measure different things on one axis without a unit; or nil. Where there is
// a unit, it contradicts one of them.
func (p *Pass) twoMeasures(panel *Panel) (a, b *Query) {
	two, isKnown := p.measures[panel]
	if !isKnown {
		if p.measures == nil {
			p.measures = map[*Panel][2]*Query{}
		}
		two[0], two[1] = p.findTwoMeasures(panel)
		p.measures[panel] = two // no-unit asks again for each query
	}
	return two[0], two[1]
}

func (p *Pass) findTwoMeasures(panel *Panel) (a, b *Query) {
	isBare := panel.Defaults.Unit == "" || panel.Defaults.Unit == "none" || panel.Defaults.Unit == "short"
	if !isBare || panel.Type != "timeseries" && panel.Type != "graph" || !panel.showsValues() || hasOwnAxis(panel) {
		return nil, nil
	}
	var first measure
	for _, q := range panel.Queries {
		if q.Tree == nil {
			continue
		}
		m, ok := p.measured(q, q.Tree)
		switch {
		case !ok || m.isPlain():
		case a == nil:
			first, a = m, q
		case m.Bytes != first.Bytes || m.Seconds != first.Seconds:
			return a, q
		}
	}
	return a, nil
}
