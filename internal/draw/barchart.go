package draw

import (
	"math"

	"gaugewright/internal/draw/axis"
	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/number"
	"gaugewright/internal/draw/svg"
)

// The sizes of a bar chart: parts of the room of a group and of a bar, and pixels of texts.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/barchart/bars.ts
const (
	groupShare     = 0.7
	barShare       = 0.97
	barFill        = 80 // percent of the color
	leastBarText   = 8
	mostBarText    = 30
	barTextRatio   = 0.65
	leastGroupText = 24 // the room below a group that has a label
)

// barChart is bars by a category, on their way to the picture.
type barChart struct {
	*panel
	category frame.Field
	series   []frame.Field
	stacking string // none, normal, percent
	isLying  bool
	scale    axis.Scale
	low      float64
	high     float64
	ticks    []axis.Tick
	decimals *int
	bounds   svg.Rect
}

// barChart draws a group of bars for each row of a frame.
func (p *panel) barChart() {
	b := &barChart{panel: p, stacking: p.options.At("stacking").Text()}
	if b.stacking != "normal" && b.stacking != "percent" {
		b.stacking = "none"
	}
	if !b.choose() {
		p.gap("no-categories", "The panel needs a field of texts or times and one of numbers; the answer lacks one.")
		p.noData()
		return
	}
	b.gaps()
	var items []named
	for _, f := range b.series {
		if !f.Config.Custom("hideFrom.legend").Bool() {
			items = append(items, named{name: f.Display, color: b.colorOf(f, math.NaN())})
		}
	}
	legend := p.legendOf(items, nil)
	area := legend.divide(p.content)
	p.drawn.Plot = area
	switch o := p.options.At("orientation").Text(); o {
	case "horizontal":
		b.isLying = true
	case "vertical":
	default:
		b.isLying = area.W < area.H
	}
	b.measure(area)
	b.grid()
	p.Clip(b.bounds, b.bars)
	b.categories(area)
	legend.draw()
}

// choose finds the field of the categories and those of the numbers.
func (b *barChart) choose() bool {
	wanted := b.options.At("xField").Text()
	for _, f := range b.frames {
		at := -1
		for i, field := range f.Fields {
			isBetter := at < 0 && (field.Kind == frame.Text || field.Kind == frame.Time) ||
				at >= 0 && field.Kind == frame.Text && f.Fields[at].Kind == frame.Time && wanted == ""
			if isBetter || wanted != "" && (field.Display == wanted || field.Name == wanted) {
				at = i
			}
		}
		if at < 0 {
			continue
		}
		if b.series == nil {
			b.category = f.Fields[at]
		} else if f.Len() != b.category.Len() {
			b.gap("barchart-frames", "Frames with other rows than the first are not drawn.")
			continue
		}
		for i, field := range f.Fields {
			if i != at && field.Kind == frame.Number && !field.Config.Custom("hideFrom.viz").Bool() {
				b.series = append(b.series, field)
			}
		}
	}
	return len(b.series) > 0 && b.category.Len() > 0
}

func (b *barChart) gaps() {
	for _, f := range b.series {
		if mode := f.Config.Custom("gradientMode").Text(); mode != "" && mode != "none" {
			b.gap("barchart-gradient", "Bars with a gradient are drawn in one color.")
		}
		if f.Config.Unit != b.series[0].Config.Unit {
			b.gap("barchart-axes", "All bars share the axis of the first field.")
		}
	}
	if b.options.At("colorByField").Text() != "" {
		b.gap("barchart-color", "Bars are not colored by another field.")
	}
	if b.options.At("xTickLabelRotation").Int() != 0 {
		b.gap("barchart-rotation", "The labels of the bars are level.")
	}
	if b.options.At("barRadius").Exists() && b.options.At("barRadius").Text() != "0" {
		b.gap("barchart-radius", "Bars have no round corners.")
	}
}

// value returns a series' value in a row, as it is drawn: in percent, a part of the row's sum.
func (b *barChart) value(series, row int) float64 {
	f := b.series[series]
	if row >= f.Len() {
		return math.NaN()
	}
	v := f.Numbers[row]
	if b.stacking != "percent" {
		return v
	}
	total := 0.0
	for _, other := range b.series {
		if row < other.Len() && !math.IsNaN(other.Numbers[row]) {
			total += math.Abs(other.Numbers[row])
		}
	}
	if total == 0 {
		return 0
	}
	return v / total
}

// extent returns the lowest and the highest end of the bars.
func (b *barChart) extent() (low, high float64) {
	for row := range b.category.Len() {
		below, above := 0.0, 0.0
		for i := range b.series {
			v := b.value(i, row)
			switch {
			case math.IsNaN(v) || math.IsInf(v, 0):
			case b.stacking == "none":
				below, above = math.Min(below, v), math.Max(above, v)
			case v < 0:
				below += v
			default:
				above += v
			}
		}
		low, high = math.Min(low, below), math.Max(high, above)
	}
	return low, high
}

// measure finds the value axis and the plot within the axes.
func (b *barChart) measure(area svg.Rect) {
	zero, one := 0.0, 1.0
	first := b.series[0].Config
	b.scale = axis.Scale{Min: numberIn(first, "min"), Max: numberIn(first, "max"), SoftMin: &zero}
	if v, ok := first.Custom("axisSoftMin").Number(); ok {
		b.scale.SoftMin = &v
	}
	if v, ok := first.Custom("axisSoftMax").Number(); ok {
		b.scale.SoftMax = &v
	}
	if b.stacking == "percent" {
		b.scale = axis.Scale{Min: &zero, Max: &one}
	}
	b.low, b.high = b.scale.Range(b.extent())
	below := float64(axisTick + axisGap + axisText)
	b.bounds = svg.Rect{X: area.X, Y: area.Y + plotEdge, W: area.W - plotEdge, H: math.Max(0, area.H-plotEdge-below)}
	if b.isLying {
		labels, _ := b.names()
		b.indent(labels)
		for length := b.bounds.W; ; length *= 0.8 {
			if b.tick(length); b.isApart() || len(b.ticks) < 3 {
				return
			}
		}
	}
	b.tick(b.bounds.H)
	var labels []string
	for _, t := range b.ticks {
		labels = append(labels, b.print(t.Value))
	}
	b.indent(labels)
}

// indent makes room at the left for labels.
func (b *barChart) indent(labels []string) {
	left := b.rowWidth(labels)
	b.bounds.X, b.bounds.W = b.bounds.X+left, math.Max(0, b.bounds.W-left)
}

// tick gives the value axis its ticks, for such a length.
func (b *barChart) tick(length float64) {
	var step float64
	b.ticks, step = b.scale.Ticks(b.low, b.high, math.Max(1, length), false)
	if step > 0 {
		b.decimals = number.Decimals(step)
	}
}

// isApart reports whether the labels of a lying value axis have room side by side.
func (b *barChart) isApart() bool {
	end := math.Inf(-1)
	for _, t := range b.ticks {
		at, half := b.at(t.Value), svg.Width(b.print(t.Value), axisText, svg.Regular)/2
		if at-half < end {
			return false
		}
		end = at + half + axisGap
	}
	return true
}

// numberIn returns the least or the greatest value that a field sets.
func numberIn(c frame.Config, which string) *float64 {
	n := c.Min
	if which == "max" {
		n = c.Max
	}
	if v, ok := n.Number(); ok {
		return &v
	}
	return nil
}

// print writes a value of the axis.
func (b *barChart) print(v float64) string {
	if b.stacking == "percent" {
		return b.look.Clock.Format(v, "percentunit", nil).String()
	}
	return b.series[0].ShowWith(v, b.decimals).Text.String()
}

// names returns the texts of the categories, and whether they are times.
func (b *barChart) names() (all []string, areTimes bool) {
	f := b.category
	if f.Kind != frame.Time {
		for row := range f.Len() {
			all = append(all, f.ShowAt(row).Text.String())
		}
		return all, false
	}
	layout := axis.Layout(smallestStep(f.Times), b.shown.To.Sub(b.shown.From))
	for _, t := range f.Times {
		all = append(all, t.In(b.on.location()).Format(layout))
	}
	return all, true
}

// at returns where a value is on the value axis, in pixels.
func (b *barChart) at(v float64) float64 {
	part := math.Max(-1, math.Min(b.scale.Position(v, b.low, b.high), 2))
	if b.isLying {
		return b.bounds.X + part*b.bounds.W
	}
	return b.bounds.Y + (1-part)*b.bounds.H
}
