package draw

import (
	"math"

	"gaugewright/internal/draw/plot"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The opacity of the lines and the areas of thresholds.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/uPlot/config/UPlotThresholds.ts
const (
	thresholdLine = 0.7
	thresholdArea = 0.15
)

// thresholds draws areas and lines below the series.
func (c *chart) thresholds() {
	for i, a := range c.Axes {
		switch a.ThresholdStyle {
		case "area", "line+area", "dashed+area":
			c.thresholdAreas(i)
		}
		switch a.ThresholdStyle {
		case "line", "line+area":
			c.thresholdLines(i, nil)
		case "dashed", "dashed+area":
			c.thresholdLines(i, []float64{10, 10})
		}
	}
}

func (c *chart) thresholdAreas(axis int) {
	steps := c.Axes[axis].Thresholds
	bottom := c.bounds.Y + c.bounds.H
	for i, t := range steps {
		from, to := bottom, c.bounds.Y
		if !t.IsFirst {
			from = math.Min(bottom, c.y(axis, t.Value))
		}
		if i+1 < len(steps) {
			to = math.Max(c.bounds.Y, c.y(axis, steps[i+1].Value))
		}
		if from > to {
			c.Rect(svg.Rect{X: c.bounds.X, Y: to, W: c.bounds.W, H: from - to}, svg.Fill(faint(t.Color, thresholdArea)))
		}
	}
}

func (c *chart) thresholdLines(axis int, dash []float64) {
	steps := c.Axes[axis].Thresholds
	for i, t := range steps {
		if t.IsFirst || i == 0 {
			continue
		}
		y := math.Round(c.y(axis, t.Value))
		if y < c.bounds.Y-1 || y > c.bounds.Y+c.bounds.H+1 {
			continue
		}
		color := lineColor(steps, i)
		c.Line(svg.Point{X: c.bounds.X, Y: y}, svg.Point{X: c.bounds.X + c.bounds.W, Y: y},
			svg.Paint{Stroke: faint(color, thresholdLine), Width: 2, Dash: dash})
	}
}

// lineColor returns the color of the line of a threshold: up to a transparent one, it is that of the area below.
func lineColor(steps []plot.Threshold, i int) string {
	for j, t := range steps {
		if len(t.Color) == 9 && t.Color[7:] == "00" {
			if j >= i {
				return steps[i-1].Color
			}
			break
		}
	}
	return steps[i].Color
}

// faint makes an opaque color one that can be seen through; one that is so already stays.
func faint(color string, opacity float64) string {
	if len(color) == 9 {
		return color
	}
	return theme.Alpha(color, opacity)
}
