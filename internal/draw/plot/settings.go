package plot

import (
	"cmp"
	"math"
	"strings"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/grafana"
)

// setting returns a setting, or what Grafana takes without it. It is never outside of what a picture can show.
func setting(n *grafana.Node, otherwise float64) float64 {
	v, ok := n.Number()
	if !ok || math.IsNaN(v) || math.IsInf(v, 0) {
		return otherwise
	}
	return v
}

// optional returns a number that may be missing.
func optional(n *grafana.Node) *float64 {
	v, ok := n.Number()
	if !ok || !n.Exists() || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func between(low, v, high float64) float64 { return math.Max(low, math.Min(v, high)) }

// style takes from a field how its series is drawn. The defaults are those of Grafana's panel.
func style(f frame.Field, color func(string) string) Series {
	c := f.Config
	s := Series{
		Name:          f.Display,
		Color:         f.Color(),
		Stack:         -1,
		On:            -1,
		Style:         cmp.Or(c.Custom("drawStyle").Text(), "line"),
		Interpolation: cmp.Or(c.Custom("lineInterpolation").Text(), "linear"),
		Width:         between(0, setting(c.Custom("lineWidth"), 1), 10),
		Fill:          between(0, setting(c.Custom("fillOpacity"), 0), 100) / 100,
		Gradient:      cmp.Or(c.Custom("gradientMode").Text(), "none"),
		ShowPoints:    cmp.Or(c.Custom("showPoints").Text(), "auto"),
		PointSize:     between(1, setting(c.Custom("pointSize"), 5), 40),
		SpansNulls:    c.Custom("spanNulls").Text() == "true",
		BarAlign:      int(between(-1, setting(c.Custom("barAlignment"), 0), 1)),
		BarWidth:      between(0.1, setting(c.Custom("barWidthFactor"), 0.6), 1),
		BarMost:       between(1, setting(c.Custom("barMaxWidth"), 200), 1000),
		Hidden:        c.Custom("hideFrom.viz").Bool(),
		NotNamed:      c.Custom("hideFrom.legend").Bool(),
	}
	s.dash(c.Custom("lineStyle.fill").Text(), c.Custom("lineStyle.dash"))
	s.Stops = stops(f, s.Gradient, color)
	s.HasSteps = c.Color.Mode == "thresholds"
	return s
}

// maxDashes bounds the parts of a pattern of dashes.
const maxDashes = 16

func (s *Series) dash(fill string, pattern *grafana.Node) {
	if fill == "" || fill == "solid" {
		return
	}
	s.IsDotted = fill == "dot"
	for _, n := range pattern.List()[:min(len(pattern.List()), maxDashes)] {
		s.Dash = append(s.Dash, between(0, setting(n, 10), 1000))
	}
	if len(s.Dash) == 0 {
		s.Dash = []float64{10, 10}
	}
}

// gradientStops is how many colors a continuous scheme is drawn with.
const gradientStops = 8

// stops returns the colors of a series whose color depends on the value.
func stops(f frame.Field, gradient string, color func(string) string) (all []Stop) {
	mode := f.Config.Color.Mode
	switch {
	case gradient != "scheme" || mode == "fixed" || mode == "shades":
		return nil
	case mode == "thresholds":
		for _, t := range thresholds(f, color) {
			all = append(all, Stop{t.Value, t.Color})
		}
	case strings.HasPrefix(mode, "continuous") && f.Min < f.Max:
		for i := range gradientStops + 1 {
			v := f.Min + (f.Max-f.Min)*float64(i)/gradientStops
			all = append(all, Stop{v, f.Show(v).Color})
		}
	}
	return all
}

// thresholds returns a field's thresholds as values; in percent they are parts of the field's range.
func thresholds(f frame.Field, color func(string) string) (all []Threshold) {
	for _, t := range f.Config.Thresholds {
		one := Threshold{IsFirst: t.Value == nil, Value: math.Min(0, f.Min)}
		if t.Value != nil {
			one.Value = *t.Value
			if f.Config.ThresholdsMode == "percentage" {
				one.Value = f.Min + (f.Max-f.Min)**t.Value/100
			}
		}
		if math.IsNaN(one.Value) || math.IsInf(one.Value, 0) {
			one.Value = 0
		}
		one.Color = color(t.Color)
		all = append(all, one)
	}
	return all
}
