// Package number prints values exactly as Grafana prints them, by the ids of its units: 1536 as bytes is 1.5 KiB. Its
// authority is packages/grafana-data/src/valueFormats of Grafana 13.2. The language is English and the time zone is the
// one given, so the text is the same on every machine. It knows neither mappings nor colors.
package number

import (
	"math"
	"strconv"
	"time"
)

// Text is a printed value. Grafana draws the parts in different sizes. A suffix has its space.
type Text struct{ Prefix, Text, Suffix string }

func (t Text) String() string { return t.Prefix + t.Text + t.Suffix }

// Clock is what the units of dates need beside the value. The zero Clock is in UTC, and no date is today.
type Clock struct {
	Zone *time.Location // nil is UTC
	Now  time.Time
}

// Format prints a value in a unit, with so many decimals; nil lets Grafana choose. An unknown unit is a suffix, as in
// Grafana. NaN and the infinities are printed as such: what stands for a missing value is not decided here.
func Format(v float64, unit string, decimals *int) Text { return Clock{}.Format(v, unit, decimals) }

// Format is the function Format for a clock.
func (c Clock) Format(v float64, unit string, decimals *int) Text {
	return Text{Text: strconv.FormatFloat(v, 'f', -1, 64)}
}

// Known reports whether Grafana's unit picker has the unit.
func Known(unit string) bool { return unit != "" }

// Decimals returns the decimals for the labels of an axis with such an increment from one to the next, as Grafana
// chooses them; nil leaves them to the unit.
func Decimals(increment float64) *int {
	if increment >= 1 || !(increment > 0) {
		return nil
	}
	n := int(math.Ceil(-math.Log10(increment)))
	return &n
}
