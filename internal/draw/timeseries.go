package draw

import (
	"math"
	"time"

	"gaugewright/internal/draw/axis"
	"gaugewright/internal/draw/plot"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The sizes of a chart's axes, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/uPlot/config/UPlotAxisBuilder.ts
const (
	axisText  = 12 // the size of labels
	axisGap   = 5  // between a label and the plot, with the ticks
	axisTick  = 4
	axisLabel = 20 // the room of an axis's own label
	plotEdge  = 8  // on a side without an axis
	timeGap   = 18 // between the labels of times
	timeSpace = 40 // with which the step of times is guessed
	mostAxis  = 0.4
	// leastTimed is the height below which there is no room for the labels of times.
	leastTimed = 40
)

// chart is a plot on its way to the picture.
type chart struct {
	*panel
	plot.Plot
	area   svg.Rect // with the axes
	bounds svg.Rect // without them
}

// timeSeries draws lines, bars and points over time, with their axes and their legend.
func (p *panel) timeSeries() {
	c := &chart{panel: p, Plot: p.plot()}
	if len(c.Series) == 0 {
		p.gap("no-time", "The panel needs a field of times; the answer has none.")
		p.noData()
		return
	}
	legend := newLegend(p, c.Plot)
	c.area = legend.divide(p.content)
	p.drawn.Plot = c.area
	c.frame()
	c.thresholds()
	c.grid()
	p.Clip(c.bounds, func() {
		for i := range c.Series {
			c.series(i)
		}
	})
	c.valueLabels()
	c.timeLabels()
	legend.draw()
}

// plot returns the panel's series, with the colors of gradients of hues: beside a series's own on the wheel of hues, a
// brighter one above, a darker one below.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/uPlot/config/gradientFills.ts
func (p *panel) plot() plot.Plot {
	drawn := plot.Of(p.shown, p.frames, p.theme.Color)
	darker := -5.0
	if p.theme.Dark {
		darker = -15
	}
	for i := range drawn.Series {
		if s := &drawn.Series[i]; s.Gradient == "hue" {
			p.gap("gradient-hue", "The gradient of hues is less saturated than Grafana's.")
			s.Hues = []string{theme.Mix(theme.Turn(s.Color, 10, 20), "#ffffff", 0.1), theme.Turn(s.Color, darker, -25)}
		}
	}
	return drawn
}

// frame finds the plot within its axes, whose width depends on their labels.
func (c *chart) frame() {
	c.HidesTimes = c.HidesTimes || c.area.H < leastTimed
	top, bottom := float64(plotEdge), 0.0
	if !c.HidesTimes {
		bottom = axisTick + axisGap + axisText
	}
	if c.TimeLabel != "" && !c.HidesTimes {
		bottom += axisLabel
	}
	c.bounds = svg.Rect{X: c.area.X, Y: c.area.Y + top, W: c.area.W, H: math.Max(0, c.area.H-top-bottom)}
	c.Fit(c.bounds.H)
	left, right := c.axesWidth("left"), c.axesWidth("right")
	if left == 0 && !c.HidesTimes {
		left = plotEdge
	}
	if right == 0 && !c.HidesTimes {
		right = plotEdge
	}
	c.bounds.X += left
	c.bounds.W = math.Max(0, c.bounds.W-left-right)
}

func (c *chart) axesWidth(side string) (sum float64) {
	for _, a := range c.Axes {
		if a.Side == side {
			sum += c.axisWidth(a)
		}
	}
	return math.Min(sum, c.area.W*mostAxis)
}

// axisWidth returns the room of an axis: its labels, and its own label.
func (c *chart) axisWidth(a plot.Axis) float64 {
	width := a.Width
	if width == 0 {
		for _, t := range a.Ticks {
			width = math.Max(width, svg.Width(t.Text, axisText, svg.Regular))
		}
		width = math.Ceil(math.Min(width, c.area.W*mostAxis) + axisTick + axisGap)
	}
	if a.Label != "" {
		width += axisLabel
	}
	return width
}

// y returns the height of a value on an axis.
func (c *chart) y(axis int, v float64) float64 {
	at := c.Axes[axis].At(v)
	// What is far outside stays near, so that the picture has no huge numbers.
	return c.bounds.Y + c.bounds.H*(1-math.Max(-3, math.Min(at, 4)))
}

// x returns where a time is.
func (c *chart) x(t int64) float64 {
	if c.To <= c.From {
		return c.bounds.X
	}
	at := float64(t-c.From) / float64(c.To-c.From)
	return c.bounds.X + c.bounds.W*math.Max(-1, math.Min(at, 2))
}

// crisp moves a line of one pixel onto the pixels.
func crisp(v float64) float64 { return math.Floor(v) + 0.5 }

// grid draws the lines of the ticks.
func (c *chart) grid() {
	line := svg.Stroke(c.theme.Grid, 1)
	var d svg.Path
	for i, a := range c.Axes {
		if !a.Grid {
			continue
		}
		last := math.NaN()
		for _, t := range a.Ticks { // those of a logarithmic axis without a label, too
			if y := crisp(c.y(i, t.Value)); y != last {
				d.Move(svg.Point{X: c.bounds.X, Y: y})
				d.Line(svg.Point{X: c.bounds.X + c.bounds.W, Y: y})
				last = y
			}
		}
	}
	ticks, _, _ := c.times()
	end := c.bounds.Y + c.bounds.H
	if !c.HidesTimes {
		end += axisTick
	}
	for _, t := range ticks {
		if c.TimeGrid {
			x := crisp(c.x(t.UnixMilli()))
			d.Move(svg.Point{X: x, Y: c.bounds.Y})
			d.Line(svg.Point{X: x, Y: end})
		}
	}
	if !d.Empty() {
		c.Path(&d, line)
	}
}

// times returns the ticks of the time axis and the layout of their labels.
func (c *chart) times() (ticks []time.Time, layout string, space float64) {
	from, to := time.UnixMilli(c.From), time.UnixMilli(c.To)
	shown := to.Sub(from)
	guess := time.Duration(float64(shown) * timeSpace / math.Max(1, c.bounds.W))
	sample := to.In(c.on.location()).Format(axis.Layout(guess, shown))
	space = svg.Width(sample, axisText, svg.Regular) + timeGap
	ticks, step := axis.Times(from, to, c.bounds.W, space, c.on.location())
	return ticks, axis.Layout(step, shown), space
}

// timeLabels writes the times below the plot. The first and the last may move inwards, to stay in the panel.
func (c *chart) timeLabels() {
	if c.HidesTimes {
		return
	}
	ticks, layout, _ := c.times()
	style := svg.TextStyle{Size: axisText, Color: c.theme.Text, Anchor: svg.Middle}
	y := c.bounds.Y + c.bounds.H + axisTick + axisGap + 9
	end := c.area.X
	for _, t := range ticks {
		text := t.Format(layout)
		half := svg.Width(text, axisText, svg.Regular) / 2
		x := math.Max(c.area.X+half, math.Min(c.x(t.UnixMilli()), c.area.X+c.area.W-half))
		if x-half >= end {
			c.Text(x, y, text, style)
			end = x + half + 4
		}
	}
	if c.TimeLabel != "" {
		c.Text(c.bounds.X+c.bounds.W/2, y+axisLabel-2, svg.Fit(c.TimeLabel, c.bounds.W, axisText, svg.Regular), style)
	}
}

// valueLabels writes the labels of the value axes, the first of each side next to the plot.
func (c *chart) valueLabels() {
	left, right := c.bounds.X, c.bounds.X+c.bounds.W
	for i, a := range c.Axes {
		width := c.axisWidth(a)
		switch a.Side {
		case "left":
			if left-width >= c.area.X-0.5 {
				c.valueAxis(i, left, -1, width)
			}
			left -= width
		case "right":
			if right+width <= c.area.X+c.area.W+0.5 {
				c.valueAxis(i, right, 1, width)
			}
			right += width
		}
	}
}

// valueAxis writes the labels of an axis at x, to its left or, with direction 1, to its right.
func (c *chart) valueAxis(i int, x, direction, width float64) {
	a := c.Axes[i]
	style := svg.TextStyle{Size: axisText, Color: c.theme.Text, Anchor: svg.End}
	if direction > 0 {
		style.Anchor = svg.Start
	}
	if a.Color != "" {
		style.Color = a.Color
	}
	room := width - axisGap
	if a.Label != "" {
		room -= axisLabel
	}
	for _, t := range a.Ticks {
		text := svg.Fit(t.Text, room, axisText, svg.Regular)
		y := c.y(i, t.Value)
		if text != "" && y > c.area.Y+axisText/2 && y < c.area.Y+c.area.H-axisText/2 {
			c.Text(x+direction*axisGap, svg.Center(y, axisText), text, style)
		}
	}
	if a.Border {
		c.Line(svg.Point{X: x, Y: c.bounds.Y}, svg.Point{X: x, Y: c.bounds.Y + c.bounds.H}, svg.Stroke(style.Color, 1))
	}
	if a.Label != "" {
		style.Anchor, style.Rotate = svg.Middle, direction*90
		at := x + direction*(width-axisLabel+8)
		text := svg.Fit(a.Label, c.bounds.H, axisText, svg.Regular)
		c.Text(at-direction*0, c.bounds.Y+c.bounds.H/2, text, style)
	}
}
