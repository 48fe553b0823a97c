// Package plot is a time series panel as data: its series joined over time, how each is drawn, its axes with their
// ranges and ticks, its thresholds and its legend. The pictures draw it, and the live page hands it to uPlot, so both
// show the same. The rules are those of Grafana's time series panel. The package does not draw and asks no queries.
//
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/timeseries/utils.ts
package plot

import (
	"math"
	"strconv"

	"gaugewright/internal/draw/frame"
)

// Plot is a time series panel. Times are in milliseconds since 1970, lengths in pixels, opacities from 0 to 1.
type Plot struct {
	From       int64    `json:"from"`
	To         int64    `json:"to"`
	Times      []int64  `json:"times"` // of all series
	Series     []Series `json:"series"`
	Axes       []Axis   `json:"axes"`
	HidesTimes bool     `json:"hidesTimes"` // no time axis
	TimeLabel  string   `json:"timeLabel,omitempty"`
	TimeGrid   bool     `json:"timeGrid"`
	Legend     Legend   `json:"legend"`

	fields []frame.Field // of the series
}

// Series is a line, a row of bars or a row of points.
type Series struct {
	Name   string   `json:"name"`
	Color  string   `json:"color"`
	Points []Point  `json:"points"` // as many as there are times, as they are drawn: stacked, mirrored
	Values []Point  `json:"-"`      // as the query gave them
	Texts  []string `json:"texts"`  // of the values, by Print
	Axis   int      `json:"axis"`   // in Plot.Axes
	Stack  int      `json:"stack"`  // series with the same number lie on each other; -1 for one that lies alone
	On     int      `json:"on"`     // the series that it lies on, or down to which it is filled; -1 is zero

	Style         string    `json:"style"`         // line, bars, points
	Interpolation string    `json:"interpolation"` // linear, smooth, stepBefore, stepAfter
	Width         float64   `json:"width"`
	Dash          []float64 `json:"dash,omitempty"`
	IsDotted      bool      `json:"isDotted,omitempty"` // the dashes have round ends
	Fill          float64   `json:"fill"`
	Gradient      string    `json:"gradient"` // none, opacity, hue, scheme
	Stops         []Stop    `json:"stops,omitempty"`
	Hues          []string  `json:"hues,omitempty"`     // above and below; for the gradient hue, by whoever draws
	HasSteps      bool      `json:"hasSteps,omitempty"` // from stop to stop the color changes at once
	ShowPoints    string    `json:"showPoints"`         // auto, always, never
	PointSize     float64   `json:"pointSize"`
	SpansNulls    bool      `json:"spansNulls"`
	BarAlign      int       `json:"barAlign"` // -1 before the time, 0 around it, 1 after it
	BarWidth      float64   `json:"barWidth"` // a part of the time between two bars
	BarMost       float64   `json:"barMost"`  // pixels
	Hidden        bool      `json:"hidden"`   // it is not drawn, and gray in the legend
	NotNamed      bool      `json:"notNamed"` // it is not in the legend
	Calcs         []string  `json:"calcs"`    // as many as the legend has
	order         []float64 // the numbers of Calcs
}

// Stop is where a color begins that depends on the value.
type Stop struct {
	Value float64 `json:"value"`
	Color string  `json:"color"`
}

// State says what a series has at a time.
type State uint8

// The states. Null ends a line; at a time that is Absent there only are other series, and the line goes on.
const (
	Present State = iota
	Null
	Absent
)

// Point is what a series has at a time. In JSON it is its number, null where the line ends, false where it is absent.
type Point struct {
	Value float64
	State State
}

// MarshalJSON writes the point.
func (p Point) MarshalJSON() ([]byte, error) {
	switch {
	case p.State == Absent:
		return []byte("false"), nil
	case p.State == Null || math.IsNaN(p.Value) || math.IsInf(p.Value, 0):
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, p.Value, 'g', -1, 64), nil
}

// Axis is a scale of values, with its range and its ticks. A hidden one has no side.
type Axis struct {
	Unit           string      `json:"unit"`
	Label          string      `json:"label,omitempty"`
	Side           string      `json:"side"` // left, right, hidden
	Width          float64     `json:"width,omitempty"`
	Color          string      `json:"color,omitempty"` // of its labels; empty is that of text
	Border         bool        `json:"border,omitempty"`
	Grid           bool        `json:"grid"`
	Kind           string      `json:"kind"` // linear, log, symlog
	Base           float64     `json:"base"`
	Threshold      float64     `json:"threshold,omitempty"` // of symlog
	Min            float64     `json:"min"`
	Max            float64     `json:"max"`
	Ticks          []Tick      `json:"ticks"`
	Thresholds     []Threshold `json:"thresholds,omitempty"`
	ThresholdStyle string      `json:"thresholdStyle,omitempty"` // line, dashed, area, line+area, dashed+area

	key   string
	scale scale
	place string // the side that the settings say; an axis without a value has none
	lines string // true, false, or empty: only the first axis has grid lines
}

// Tick is a line of an axis. A tick without a text has no label.
type Tick struct {
	Value float64 `json:"value"`
	Text  string  `json:"text"`
}

// Threshold is a value from which another color counts. The first begins at the lower end.
type Threshold struct {
	Value   float64 `json:"value"`
	Color   string  `json:"color"`
	IsFirst bool    `json:"isFirst,omitempty"`
}

// Legend is how the series are named.
type Legend struct {
	Mode   string   `json:"mode"` // list, table, hidden
	Side   string   `json:"side"` // bottom, right
	Width  float64  `json:"width,omitempty"`
	Calcs  []string `json:"calcs"`            // their names
	Sorted []int    `json:"sorted"`           // the series in the legend's order
	SortBy string   `json:"sortBy,omitempty"` // a calculation's name, or Name
	Desc   bool     `json:"desc,omitempty"`
}
