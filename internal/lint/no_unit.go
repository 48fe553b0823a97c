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
		if m, ok := p.measured(q, q.Tree); ok && near(m.factor(), 1) && hasUnit(m) {
			p.Target(q, shown.at, "the panel has no unit, and the query's value is %s", m.words())
		}
	},
}

// hasUnit reports whether Grafana has a unit for bytes or seconds that are measured so: it has none for bytes per second squared.
func hasUnit(m measure) bool {
	return m.Bytes == 1 && (m.Seconds == 0 || m.Seconds == -1) || m.Bytes == 0 && m.Seconds == 1
}
