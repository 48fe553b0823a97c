// Package frame is what a panel draws from: the answers to its queries as Grafana's data frames, through the panel's
// transformations, with the options that the defaults and the overrides give each field. A field prints its values,
// colors them, and computes what a legend or a single value shows. The package does not draw. What it does not do as
// Grafana does is a Gap.
package frame

import (
	"cmp"
	"fmt"
	"time"

	"gaugewright/internal/draw/number"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/opened"
)

// Frame is a table: all its fields are equally long.
type Frame struct {
	RefID, Name string
	Fields      []Field
}

// Len returns the number of rows.
func (f Frame) Len() int {
	n := 0
	for _, field := range f.Fields {
		n = max(n, field.Len())
	}
	return n
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
	Name    string // in the data: Time, Value, the metric's name, a label
	Display string // what Grafana shows: the legend, the display name
	Labels  map[string]string
	Kind    Kind
	Numbers []float64   // NaN is a value that Grafana shows as NaN; IsNull reports one that is missing
	Times   []time.Time // zero is null
	Texts   []string    // empty is null
	Nested  []Frame
	Config  Config

	// Min and Max are what the field's colors, gauges and bars reach from and to: its own, or else those of all number
	// fields of the panel. Both are NaN where there is no value.
	Min, Max float64
	Series   int // its number among the panel's fields, which chooses its color in a palette

	look   Look
	legend string // what the query's legend makes of it
	title  string // the display name that a transformation, the defaults or an override gives it
	step   time.Duration
	// isJoined says that what is missing was not found by a join. That is another kind of nothing than null to JavaScript.
	isJoined bool
}

// Len returns the number of values.
func (f Field) Len() int { return max(len(f.Numbers), len(f.Times), len(f.Texts), len(f.Nested)) }

// Step returns the time from one value of a query to the next; 0 where it is not known.
func (f Field) Step() time.Duration { return f.step }

// Look is what the values depend on beside the board.
type Look struct {
	Theme *theme.Theme // nil is dark
	Clock number.Clock
}

// Gap is something that Grafana does and this package does not, or does in a simpler way.
type Gap struct {
	Code string // such as transformation-histogram
	Text string // a sentence
}

// Of returns the frames of a panel, in the order in which Grafana has them, and what is not as Grafana does it.
func Of(p opened.Panel, look Look) ([]Frame, []Gap) {
	look.Theme = cmp.Or(look.Theme, theme.Dark)
	w := &work{put: p.Put, look: look}
	frames := w.transform(answered(p), p.Transformations)
	return w.configure(frames, Config{Field: defaultsOf(p.Panel)}, w.rules(p.Overrides)), w.gaps
}

// work is the work of Of.
type work struct {
	put  func(string) string
	look Look
	gaps []Gap
}

// gap records what is not done as Grafana does it, once.
func (w *work) gap(code, format string, args ...any) {
	for _, g := range w.gaps {
		if g.Code == code {
			return
		}
	}
	w.gaps = append(w.gaps, Gap{code, fmt.Sprintf(format, args...)})
}
