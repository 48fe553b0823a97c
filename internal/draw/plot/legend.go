package plot

import (
	"cmp"
	"math"
	"slices"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/grafana"
)

// newLegend reads a panel's legend.
func newLegend(options *grafana.Node) Legend {
	n := options.At("legend")
	l := Legend{
		Mode: cmp.Or(n.At("displayMode").Text(), "list"), Side: cmp.Or(n.At("placement").Text(), "bottom"),
		Width: between(0, setting(n.At("width"), 0), 10000), SortBy: n.At("sortBy").Text(), Desc: n.At("sortDesc").Bool(),
	}
	if n.At("showLegend").Text() == "false" {
		l.Mode = "hidden"
	}
	return l
}

// name gives the legend its calculations and its order.
func (p *Plot) name(fields []frame.Field, options *grafana.Node) {
	p.Legend = newLegend(options)
	for _, id := range options.At("legend", "calcs").Texts() {
		p.Legend.Calcs = append(p.Legend.Calcs, frame.CalcName(id))
		for i, f := range fields {
			v, ok := f.Calc(id)
			if !ok {
				v = math.Inf(-1)
			}
			p.Series[i].Calcs = append(p.Series[i].Calcs, f.ShowCalc(id).Text.String())
			p.Series[i].order = append(p.Series[i].order, v)
		}
	}
	for i, s := range p.Series {
		if !s.NotNamed {
			p.Legend.Sorted = append(p.Legend.Sorted, i)
		}
	}
	if p.Legend.Mode == "table" {
		p.sort()
	}
}

// sort puts the legend's series in the order of a column.
func (p *Plot) sort() {
	column := slices.Index(p.Legend.Calcs, p.Legend.SortBy)
	if column < 0 && p.Legend.SortBy != "Name" {
		return
	}
	slices.SortStableFunc(p.Legend.Sorted, func(i, j int) int {
		a, b := p.Series[i], p.Series[j]
		if p.Legend.Desc {
			a, b = b, a
		}
		if column < 0 {
			return cmp.Compare(a.Name, b.Name)
		}
		return cmp.Compare(a.order[column], b.order[column])
	})
}
