package draw

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"gaugewright/internal/draw/plot"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The sizes of a heatmap's color scale, in pixels.
const (
	scaleHeight = 40 // with the texts below it
	scaleBar    = 9
	scaleWidth  = 300
	scaleIndent = 25
	leastHeight = 120 // of a panel that has the scale
)

// heatmap draws the buckets of classic histograms: a row for each bucket, darker or brighter by its count.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/heatmap
func (p *panel) heatmap() {
	if p.options.At("calculate").Bool() {
		p.gap("heatmap-calculate", "Heatmaps that count values into buckets are not drawn.")
		p.centered(p.content.Y+p.content.H/2, 14, "not drawn: a heatmap that is computed from values", p.theme.TextWeak)
		return
	}
	if p.isNative() {
		p.gap("heatmap-native", "Native histograms are not drawn.")
		p.centered(p.content.Y+p.content.H/2, 14, "not drawn: a heatmap of native histograms", p.theme.TextWeak)
		return
	}
	b := p.buckets()
	if len(b.names) == 0 || len(b.times) == 0 {
		p.noData()
		return
	}
	var shown []string
	for _, name := range b.names {
		shown = append(shown, p.bucketName(name))
	}
	area := p.content
	colors := p.heatColors()
	if isOn(p.options.At("legend", "show"), true) && area.H >= leastHeight {
		area.H -= scaleHeight
		p.colorScale(svg.Rect{X: area.X, Y: area.Y + area.H, W: area.W, H: scaleHeight}, b, colors)
	}
	c := p.timeChart(area, p.rowWidth(shown))
	c.timeLabels()
	if p.options.At("yAxis", "axisPlacement").Text() != "hidden" {
		p.bucketLabels(b, c.bounds)
	}
	p.Clip(c.bounds, func() { p.heatCells(b, c, colors) })
}

// timeChart returns an empty chart over the panel's range, with room for labels at its left.
func (p *panel) timeChart(area svg.Rect, left float64) *chart {
	c := &chart{panel: p, Plot: plot.Plot{From: p.shown.From.UnixMilli(), To: p.shown.To.UnixMilli()}, area: area}
	bottom := float64(axisTick + axisGap + axisText)
	c.bounds = svg.Rect{
		X: area.X + left, Y: area.Y + plotEdge, W: math.Max(0, area.W-left-plotEdge), H: math.Max(0, area.H-plotEdge-bottom),
	}
	p.drawn.Plot = area
	return c
}

// rowWidth is the room of labels left of rows.
func (p *panel) rowWidth(labels []string) (width float64) {
	for _, text := range labels {
		width = math.Max(width, svg.Width(text, axisText, svg.Regular))
	}
	return math.Ceil(math.Min(width, p.content.W*mostAxis)) + axisTick + axisGap
}

// heatColors returns the colors of the counts, from the least to the greatest.
func (p *panel) heatColors() []string {
	color := p.options.At("color")
	steps := 64
	if n := color.At("steps").Int(); n > 1 {
		steps = min(n, 128)
	}
	if color.At("mode").Text() != "opacity" {
		colors, known := p.theme.Scheme(cmp.Or(color.At("scheme").Text(), "Oranges"), steps, color.At("reverse").Bool())
		if !known {
			p.gap("heatmap-scheme", "The color scheme is not known: "+color.At("scheme").Text()+".")
		}
		return colors
	}
	exponent := 1.0
	if color.At("scale").Text() != "linear" {
		exponent = 0.5
		if n, ok := color.At("exponent").Number(); ok {
			exponent = n
		}
	}
	fill := p.theme.Color(cmp.Or(color.At("fill").Text(), "dark-orange"))
	colors := make([]string, steps)
	for i := range colors {
		colors[i] = theme.Alpha(fill, math.Pow(float64(i)/float64(steps-1), exponent))
	}
	return colors
}

// bucketName is what the axis shows for a row: the edge in the axis's unit, or else in that of the field.
func (p *panel) bucketName(name string) string {
	axis := p.options.At("yAxis")
	unit := cmp.Or(axis.At("unit").Text(), p.shown.Defaults.Unit)
	v, err := strconv.ParseFloat(name, 64)
	if err != nil || math.IsInf(v, 0) || unit == "" && !axis.At("decimals").Exists() {
		return name
	}
	var decimals *int
	if axis.At("decimals").Exists() {
		n := axis.At("decimals").Int()
		decimals = &n
	}
	return p.look.Clock.Format(v, cmp.Or(unit, "short"), decimals).String()
}

// bucketLabels writes the names of the rows: each at its edge or in the middle of the row. Where rows are
// low, every second label is left out, again and again.
func (p *panel) bucketLabels(b buckets, bounds svg.Rect) {
	var splits []int
	if b.edge == 1 {
		splits = append(splits, -1)
	}
	for i := range b.names {
		splits = append(splits, i)
	}
	for len(splits) > 3 && (bounds.H-15)/float64(len(splits)) < 10 {
		half := splits[:0]
		for i := 0; i < len(splits); i += 2 {
			half = append(half, splits[i])
		}
		splits = half
	}
	style := svg.TextStyle{Size: axisText, Color: p.theme.Text, Anchor: svg.End}
	last := math.Inf(1)
	for _, i := range splits {
		text := "0.0" // the lower edge of the first row
		if i >= 0 {
			text = b.names[i]
		}
		y := p.rowY(b, bounds, float64(i)+b.edge)
		if math.Abs(y-last) < axisText {
			continue
		}
		last = y
		p.Label(bounds.X-axisTick-axisGap+2, svg.Center(y, axisText), bounds.X-p.content.X-axisTick-axisGap+2, p.bucketName(text), style)
	}
}

// rowY returns the height of a place among the rows, 0 at the lower edge of the first one.
func (p *panel) rowY(b buckets, bounds svg.Rect, at float64) float64 {
	part := at / float64(len(b.names))
	if p.options.At("yAxis", "reverse").Bool() {
		part = 1 - part
	}
	return bounds.Y + bounds.H*(1-part)
}

// seam is by how many pixels cells without a gap lie over each other, so that the ground does not shine through.
const seam = 0.2

// heatCells draws the rows: a cell ends at its time.
func (p *panel) heatCells(b buckets, c *chart, colors []string) {
	step := smallestStep(b.times)
	if step == 0 {
		return
	}
	gap := 1.0
	if n, ok := p.options.At("cellGap").Number(); ok {
		gap = n
	}
	width := c.bounds.W * float64(step.Milliseconds()) / math.Max(1, float64(c.To-c.From))
	cell := math.Max(1, width-gap)
	if width-cell < visible {
		cell = width // nobody sees the gaps of such narrow cells
	}
	height := c.bounds.H / float64(len(b.names))
	paths := make([]svg.Path, len(colors))
	for row, counts := range b.counts {
		y := p.rowY(b, c.bounds, float64(row)+0.5)
		for i := 0; i < len(counts); i++ {
			if !p.hasColor(counts[i]) {
				continue
			}
			level, from := b.level(counts[i], len(colors)), c.x(b.times[i].UnixMilli())-width
			length := cell
			for cell == width && i+1 < len(counts) && p.hasColor(counts[i+1]) && b.level(counts[i+1], len(colors)) == level &&
				b.times[i+1].Sub(b.times[i]) == step {
				length += width
				i++
			}
			if cell == width {
				length += seam
			}
			paths[level].Stretch(from, y, length)
		}
	}
	for i := range paths {
		if !paths[i].Empty() {
			p.Path(&paths[i], svg.Stroke(colors[i], math.Max(height/2, height-gap)))
		}
	}
}

// colorScale draws the colors with the least and the greatest count below the heatmap.
func (p *panel) colorScale(room svg.Rect, b buckets, colors []string) {
	if b.high < b.low {
		return
	}
	bar := svg.Rect{X: room.X + scaleIndent, Y: room.Y + 10, W: math.Min(scaleWidth, room.W-2*scaleIndent), H: scaleBar}
	if bar.W < 60 {
		return
	}
	var stops []svg.Stop
	for i := range 9 {
		at := float64(i) / 8
		stops = append(stops, svg.Stop{At: at, Color: colors[int(math.Round(at*float64(len(colors)-1)))]})
	}
	p.Rect(bar, svg.Fill(p.Gradient(svg.Point{X: bar.X}, svg.Point{X: bar.X + bar.W}, stops...)))
	format := func(v float64) string {
		unit := cmp.Or(p.options.At("cellValues", "unit").Text(), "short")
		return strings.TrimSpace(p.look.Clock.Format(v, unit, nil).String())
	}
	style := svg.TextStyle{Size: 11, Color: p.theme.TextWeak}
	p.Label(bar.X, bar.Y+scaleBar+13, bar.W/2-4, format(b.low), style)
	style.Anchor = svg.End
	p.Label(bar.X+bar.W, bar.Y+scaleBar+13, bar.W/2-4, format(b.high), style)
}
