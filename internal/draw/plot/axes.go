package plot

import (
	"cmp"
	"fmt"
	"math"

	"gaugewright/internal/draw/axis"
	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/number"
)

// scale is what an axis needs to find its range and to write its labels.
type scale struct {
	axis.Scale
	field frame.Field // the first of the axis
}

// binary are the units whose steps are powers of two.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/timeseries/utils.ts
var binary = map[string]bool{
	"bytes": true, "bits": true, "kbytes": true, "mbytes": true, "gbytes": true, "tbytes": true, "pbytes": true,
	"binBps": true, "binbps": true, "KiBs": true, "Kibits": true, "MiBs": true, "Mibits": true, "GiBs": true,
	"Gibits": true, "TiBs": true, "Tibits": true, "PiBs": true, "Pibits": true,
}

// axisOf returns the axis of a field: a new one, or that of the fields before with the same unit and the same settings.
func (p *Plot) axisOf(f frame.Field) int {
	c := f.Config
	text := func(path string) string { return c.Custom(path).Text() }
	key := fmt.Sprint(c.Unit, "/", c.Min.Text(), "-", c.Max.Text(), "/", text("axisSoftMin"), "-", text("axisSoftMax"), "/",
		cmp.Or(text("axisPlacement"), "auto"), "/", text("scaleDistribution.type"), text("scaleDistribution.log"), "/",
		text("axisLabel"))
	for i, a := range p.Axes {
		if a.key == key {
			return i
		}
	}
	a := newAxis(f)
	a.key = key
	a.Side = p.side(text("axisPlacement"))
	a.place = a.Side
	p.Axes = append(p.Axes, a)
	return len(p.Axes) - 1
}

// side returns where an axis stands: left, and where there is one, right.
func (p *Plot) side(placement string) string {
	switch placement {
	case "left", "right", "hidden":
		return placement
	}
	for _, a := range p.Axes {
		if a.Side == "left" {
			return "right"
		}
	}
	return "left"
}

func newAxis(f frame.Field) Axis {
	c := f.Config
	a := Axis{
		Unit:   c.Unit,
		Label:  c.Custom("axisLabel").Text(),
		Width:  between(0, numberOf(c, "axisWidth"), 1000),
		Border: c.Custom("axisBorderShow").Bool(),
		lines:  c.Custom("axisGridShow").Text(),
		Kind:   cmp.Or(c.Custom("scaleDistribution.type").Text(), "linear"),
		Base:   numberOf(c, "scaleDistribution.log"),
	}
	a.Threshold = numberOf(c, "scaleDistribution.linearThreshold")
	if c.Custom("axisColorMode").Text() == "series" {
		a.Color = f.Color()
	}
	a.scale = scale{field: f, Scale: axis.Scale{
		Base: a.Base, Threshold: a.Threshold,
		Min: optional(c.Min), Max: optional(c.Max),
		SoftMin: optional(c.Custom("axisSoftMin")), SoftMax: optional(c.Custom("axisSoftMax")),
		CenteredZero: c.Custom("axisCenteredZero").Bool(),
		Whole:        c.Decimals.Exists() && c.Decimals.Text() == "0",
		Percent:      c.Custom("stacking.mode").Text() == "percent",
	}}
	switch a.Kind {
	case "log":
		a.scale.Kind = axis.Log
	case "symlog":
		a.scale.Kind = axis.Symlog
	}
	if a.scale.Percent {
		a.scale.field.Config.Unit = "percentunit"
	}
	return a
}

// numberOf returns a number among the options of the panel's type; 0 where there is none.
func numberOf(c frame.Config, path string) float64 { return setting(c.Custom(path), 0) }

// Fit gives each axis its range, from the points of its series, and its ticks for a plot of such a height. An axis
// without a point is not shown, unless its range is the panel's.
func (p *Plot) Fit(height float64) {
	hasGrid := false
	for i := range p.Axes {
		a := &p.Axes[i]
		low, high := p.extent(i)
		a.Min, a.Max = a.scale.Range(low, high)
		a.Side, a.Ticks, a.Grid = a.place, nil, false
		if low > high && (a.scale.Min == nil || a.scale.Max == nil) {
			a.Side = "hidden"
		}
		if a.Side == "hidden" {
			continue
		}
		a.tick(height)
		a.Grid = a.lines == "true" || a.lines == "" && !hasGrid
		hasGrid = hasGrid || a.lines == ""
	}
}

// tick gives the axis its ticks.
func (a *Axis) tick(height float64) {
	ticks, step := a.scale.Ticks(a.Min, a.Max, height, binary[a.Unit])
	var decimals *int
	if step > 0 {
		decimals = number.Decimals(step)
	}
	for _, t := range ticks {
		one := Tick{Value: t.Value}
		if t.Labeled {
			one.Text = a.scale.field.ShowWith(t.Value, decimals).Text.String()
		}
		a.Ticks = append(a.Ticks, one)
	}
}

// extent returns the lowest and the highest point of an axis's series that are shown; low is above high without any.
func (p *Plot) extent(at int) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range p.Series {
		if s.Axis != at || s.Hidden {
			continue
		}
		for i, point := range s.Points {
			isShown := p.Times[i] >= p.From && p.Times[i] <= p.To
			if point.State != Present || !isShown || p.Axes[at].Kind == "log" && point.Value <= 0 {
				continue
			}
			low, high = math.Min(low, point.Value), math.Max(high, point.Value)
		}
	}
	return low, high
}

// limit gives an axis the thresholds of a field that draws them. The first such field of an axis counts.
func (p *Plot) limit(at int, f frame.Field, color func(string) string) {
	a := &p.Axes[at]
	mode := f.Config.Custom("thresholdsStyle.mode").Text()
	if mode == "" || mode == "off" || mode == "series" || a.ThresholdStyle != "" {
		return
	}
	a.ThresholdStyle = mode
	a.Thresholds = thresholds(f, color)
}

// At returns where a value lies on the axis: 0 at its lower end, 1 at its upper one. What a logarithmic axis cannot show
// lies below it.
func (a Axis) At(v float64) float64 {
	if a.scale.Kind == axis.Log && v <= 0 {
		return -1
	}
	return a.scale.Position(v, a.Min, a.Max)
}
