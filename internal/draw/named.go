package draw

import (
	"cmp"

	"gaugewright/internal/draw/plot"
)

// named is what a legend shows that is no series over time: a slice of a pie, a state, a group of bars.
type named struct {
	name, color string
	values      []string // in the columns of the legend
	isOff       bool
}

// legendOf returns the panel's legend of such things; columns name their values.
func (p *panel) legendOf(all []named, columns []string) *legend {
	options := p.options.At("legend")
	drawn := plot.Plot{Axes: []plot.Axis{{Side: "left"}}, Legend: plot.Legend{
		Mode: cmp.Or(options.At("displayMode").Text(), "list"), Side: cmp.Or(options.At("placement").Text(), "bottom"), Calcs: columns,
	}}
	if !isOn(options.At("showLegend"), true) {
		drawn.Legend.Mode = "hidden"
	}
	if w, ok := options.At("width").Number(); ok && w > 0 {
		drawn.Legend.Width = w
	}
	for i, n := range all {
		drawn.Series = append(drawn.Series, plot.Series{Name: n.name, Color: n.color, Calcs: n.values, Hidden: n.isOff})
		drawn.Legend.Sorted = append(drawn.Legend.Sorted, i)
	}
	return newLegend(p, drawn)
}
