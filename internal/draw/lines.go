package draw

import (
	"math"

	"gaugewright/internal/draw/plot"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// run is a part of a line without a gap.
type run struct {
	points []svg.Point
	lower  []svg.Point // what it is filled down to, at the same x
}

// series draws one series.
func (c *chart) series(i int) {
	s := c.Series[i]
	if s.Hidden {
		return
	}
	switch s.Style {
	case "bars":
		c.bars(i)
		if s.ShowPoints == "always" {
			c.points(i, false)
		}
		return
	case "points":
		c.points(i, false)
		return
	}
	runs := c.runs(i)
	c.fill(s, runs)
	if s.Width > 0 {
		c.lines(s, runs)
	}
	switch {
	case s.ShowPoints == "always", s.ShowPoints == "auto" && c.isSparse(i):
		c.points(i, false)
	case s.ShowPoints != "never" || len(c.Times) == 1:
		c.points(i, true)
	}
}

// runs cuts a series at its gaps.
func (c *chart) runs(i int) (all []run) {
	s := c.Series[i]
	isNew := true
	for t, p := range s.Points {
		switch {
		case p.State == plot.Null && !s.SpansNulls:
			isNew = true
		case p.State == plot.Present:
			if isNew {
				all = append(all, run{})
				isNew = false
			}
			last := &all[len(all)-1]
			x := c.x(c.Times[t])
			last.points = append(last.points, svg.Point{X: x, Y: c.y(s.Axis, p.Value)})
			last.lower = append(last.lower, svg.Point{X: x, Y: c.lower(s, t)})
		}
	}
	return all
}

// lower returns what a series is filled down to: the series that it lies on, or zero.
func (c *chart) lower(s plot.Series, t int) float64 {
	if s.On >= 0 {
		if on := c.Series[s.On]; on.Points[t].State == plot.Present {
			return c.y(on.Axis, on.Points[t].Value)
		}
	}
	a := c.Axes[s.Axis]
	return c.y(s.Axis, math.Max(a.Min, math.Min(0, a.Max)))
}

func (c *chart) lines(s plot.Series, runs []run) {
	var d svg.Path
	for _, r := range runs {
		if len(r.points) > 1 {
			trace(&d, thin(r.points, s.Interpolation), s.Interpolation, true)
		}
	}
	if d.Empty() {
		return
	}
	paint := svg.Paint{Stroke: c.stroke(s, 1), Width: s.Width, Dash: s.Dash}
	if s.IsDotted {
		paint.Cap = "round"
	}
	c.Path(&d, paint)
}

func (c *chart) fill(s plot.Series, runs []run) {
	if s.Fill == 0 {
		return
	}
	var d svg.Path
	for _, r := range runs {
		if len(r.points) < 2 {
			continue
		}
		trace(&d, thin(r.points, s.Interpolation), s.Interpolation, true)
		if isFlat(r.lower) {
			d.Line(r.lower[len(r.lower)-1])
			d.Line(r.lower[0])
		} else {
			trace(&d, reversed(thin(r.lower, s.Interpolation)), backward(s.Interpolation), false)
		}
		d.Close()
	}
	if !d.Empty() {
		c.Path(&d, svg.Fill(c.ground(s)))
	}
}

func isFlat(points []svg.Point) bool {
	for _, p := range points {
		if p.Y != points[0].Y {
			return false
		}
	}
	return true
}

// stroke returns the color of a series's line: its own, or one that depends on the height.
func (c *chart) stroke(s plot.Series, opacity float64) string {
	switch {
	case len(s.Stops) > 0:
		return c.byValue(s, opacity)
	case len(s.Hues) > 0:
		return c.byHue(s, opacity)
	}
	if opacity == 1 {
		return s.Color
	}
	return theme.Alpha(s.Color, opacity)
}

// ground returns the color of the area of a series.
func (c *chart) ground(s plot.Series) string {
	if s.Gradient != "opacity" {
		return c.stroke(s, s.Fill)
	}
	return c.Gradient(svg.Point{Y: c.bounds.Y}, svg.Point{Y: c.bounds.Y + c.bounds.H},
		svg.Stop{At: 0, Color: theme.Alpha(s.Color, s.Fill)}, svg.Stop{At: 1, Color: theme.Alpha(s.Color, 0)})
}

// byHue returns a gradient of hues.
func (c *chart) byHue(s plot.Series, opacity float64) string {
	return c.Gradient(svg.Point{Y: c.bounds.Y}, svg.Point{Y: c.bounds.Y + c.bounds.H},
		svg.Stop{At: 0, Color: theme.Alpha(s.Hues[0], opacity)}, svg.Stop{At: 1, Color: theme.Alpha(s.Hues[1], opacity)})
}

// byValue returns the colors of a series that depend on the value. Those of thresholds change at once.
func (c *chart) byValue(s plot.Series, opacity float64) string {
	bottom, top := c.bounds.Y+c.bounds.H, c.bounds.Y
	at := func(v float64) float64 {
		return math.Max(0, math.Min((bottom-c.y(s.Axis, v))/math.Max(1, bottom-top), 1))
	}
	var stops []svg.Stop
	for i, stop := range s.Stops {
		place := at(stop.Value)
		if i == 0 {
			place = 0
		} else if s.HasSteps {
			stops = append(stops, svg.Stop{At: place, Color: theme.Alpha(s.Stops[i-1].Color, opacity)})
		}
		stops = append(stops, svg.Stop{At: place, Color: theme.Alpha(stop.Color, opacity)})
	}
	return c.Gradient(svg.Point{Y: bottom}, svg.Point{Y: top}, stops...)
}

// isSparse reports whether there is room for a point at each value, as uPlot reckons it.
func (c *chart) isSparse(i int) bool {
	s := c.Series[i]
	return float64(len(c.Times)-1) <= c.bounds.W/(2*(3+2*math.Max(1, s.Width)))
}

// points draws the values of a series as points: all of them, or only those that no line reaches.
func (c *chart) points(i int, alone bool) {
	s := c.Series[i]
	size := s.PointSize
	if size < s.Width {
		size = 3 + 2*s.Width
	}
	color := c.stroke(s, 1)
	for _, r := range c.runs(i) {
		if alone && len(r.points) > 1 {
			continue
		}
		for _, p := range r.points {
			c.Circle(p, size/2, svg.Fill(color))
		}
	}
}

// bars draws a series as bars from what they stand on.
func (c *chart) bars(i int) {
	s := c.Series[i]
	step := math.Inf(1)
	for t := 1; t < len(c.Times); t++ {
		step = math.Min(step, c.x(c.Times[t])-c.x(c.Times[t-1]))
	}
	if math.IsInf(step, 1) {
		step = c.bounds.W
	}
	width := math.Max(1, math.Min(step*s.BarWidth, s.BarMost))
	var rects []svg.Rect
	for t, p := range s.Points {
		if p.State != plot.Present || s.Values[t].State != plot.Present {
			continue
		}
		x := c.x(c.Times[t]) - width/2 + float64(s.BarAlign)*width/2
		from, to := c.lower(s, t), c.y(s.Axis, p.Value)
		rects = append(rects, svg.Rect{X: x, Y: math.Min(from, to), W: width, H: math.Abs(from - to)})
	}
	paint := svg.Paint{}
	if s.Fill > 0 {
		paint.Fill = c.ground(s)
	}
	if s.Width > 0 && width > 2*s.Width {
		paint.Stroke, paint.Width = c.stroke(s, 1), s.Width
	} else if s.Width > 0 {
		paint.Fill = c.stroke(s, 1)
	}
	c.Rects(rects, paint)
}
