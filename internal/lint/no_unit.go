package lint

var noUnit = Rule{
	Name: "no-unit", Group: Units, Severity: Warning,
	Doc: "The panel has no unit, and its values are bytes or seconds: they are written as plain numbers.",
	Query: func(p *Pass, q *Query) {
		shown, isCertain := q.unit()
		if !isCertain || shown.id != "" && shown.id != "none" && shown.id != "short" {
			return
		}
		if _, other := p.twoMeasures(q.Panel); other != nil {
			return // no unit is right for both
		}
		if m, ok := p.measured(q, q.Tree); ok && near(m.factor(), 1) && (m.Bytes != 0 || m.Seconds == 1) {
			p.Target(q, shown.at, "the panel has no unit, and the query's value is %s", m.words())
		}
	},
}
