// Package frame is what a panel draws from: the answers to its queries as Grafana's data frames, through the panel's
// transformations, with the options that the defaults and the overrides give each field. A field prints its values,
// colors them, and computes what a legend or a single value shows. The package does not draw. What it does not do as
// Grafana does is a Gap.
package frame

import (
	"time"

	"gaugewright/internal/draw/number"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// Frame is a table: all its fields are equally long.
type Frame struct {
	RefID, Name string
	Fields      []Field
}

// Kind is what the values of a field are.
type Kind int

// The kinds. A field has its values in Numbers, Times, Texts or Nested.
const (
	Number Kind = iota
	Time
	Text
	Nested // frames: the small charts of timeSeriesTable
)

// Field is a column of a frame, such as the values of a series.
type Field struct {
	Name    string // in the data: Time, Value, a label
	Display string // what Grafana shows: the legend, the display name
	Labels  map[string]string
	Kind    Kind
	Numbers []float64   // NaN is null
	Times   []time.Time // zero is null
	Texts   []string
	Nested  []Frame
	Config  Config

	// Min and Max are what the field's colors, gauges and bars reach from and to: its own, or else those of all number
	// fields of the panel. Both are NaN where there is no value.
	Min, Max float64
	Series   int // its number among the panel's fields, which chooses its color in a palette

	look Look
}

// Config is how a field is displayed: the defaults of the panel, after all overrides that find the field.
type Config struct {
	grafana.Field
	properties map[string]*grafana.Node
}

// Custom returns an option of the panel's type: lineWidth, hideFrom.viz, thresholdsStyle.mode. It is nil where neither
// the defaults nor an override has it.
func (c Config) Custom(path string) *grafana.Node { return nil }

// Look is what the values depend on beside the board.
type Look struct {
	Color func(name string) string // the hex value of a color of Grafana's in the theme; nil leaves names as they are
	Clock number.Clock
}

// Gap is something that Grafana does and this package does not, or does in a simpler way.
type Gap struct {
	Code string // such as transformation-groupBy
	Text string // a sentence
}

// Of returns the frames of a panel, in the order in which Grafana has them, and what is not as Grafana does it.
func Of(p opened.Panel, look Look) ([]Frame, []Gap) { return nil, nil }

// Len returns the number of values.
func (f Field) Len() int {
	return max(len(f.Numbers), len(f.Times), len(f.Texts), len(f.Nested))
}
