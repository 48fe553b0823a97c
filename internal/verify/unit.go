package verify

import (
	"slices"

	"gaugewright/internal/grafana"
)

// unitPanels are the panels whose unit is that of all their values. In others, such as heatmaps, it is for something
// else too.
var unitPanels = []string{"timeseries", "stat", "gauge", "bargauge"}

// otherQuantity are the calculations whose result does not have the unit of the values.
var otherQuantity = []string{"count", "changeCount", "distinctCount", "uniqueValues", "allIsZero", "allIsNull", "diffperc",
	"variance"}

// judgeUnit compares the panel's unit with what the query measures. Overrides and transformations may give a field
// another unit or value, so that panels with any are not judged.
func (r *result) judgeUnit(p grafana.Panel) {
	if r.query == nil || r.findings != nil || !slices.Contains(unitPanels, p.Type) || p.Overrides != nil || p.Transformations != nil ||
		slices.ContainsFunc(p.Calcs, func(calc string) bool { return slices.Contains(otherQuantity, calc) }) {
		return
	}
	if measures := r.query.UnitProblem(nil, p.Defaults.Unit); measures != "" {
		r.blame(wrongUnit, "%q: the query's value is %s", p.Defaults.Unit, measures)
	}
}
