// Package number prints values exactly as Grafana prints them, by the ids of its units: 1536 as bytes is 1.5 KiB. Its
// authority is packages/grafana-data/src/valueFormats of Grafana 13.2. The language is English and the time zone is the
// one given, so the text is the same on every machine. It knows neither mappings nor colors.
package number

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Text is a printed value. Grafana draws the parts in different sizes. A suffix has its space.
type Text struct{ Prefix, Text, Suffix string }

func (t Text) String() string { return t.Prefix + t.Text + t.Suffix }

// Clock is what the units of dates need beside the value. The zero Clock is in UTC, and its now is long ago.
type Clock struct {
	Zone *time.Location // nil is UTC
	Now  time.Time
}

// printer prints a value with so many decimals; with nil it chooses them.
type printer func(c Clock, v float64, decimals *int) Text

// Format prints a value in a unit, with so many decimals; nil lets Grafana choose. An unknown unit is a suffix, as in
// Grafana. What stands for a missing value is not decided here: NaN is printed as such.
func Format(v float64, unit string, decimals *int) Text { return Clock{}.Format(v, unit, decimals) }

// Format is the function Format for a clock.
func (c Clock) Format(v float64, unit string, decimals *int) Text {
	if decimals != nil {
		n := min(max(*decimals, 0), 100) // JavaScript refuses others
		decimals = &n
	}
	t := printerOf(unit)(c, v, decimals)
	for _, part := range []*string{&t.Prefix, &t.Text, &t.Suffix} {
		*part = strings.ToValidUTF8(*part, "�")
	}
	return t
}

// Known reports whether a unit is one of Grafana's, or one of the ways to write an own: suffix:requests. Grafana prints
// any other text behind the value.
func Known(unit string) bool {
	kind, _, isOwn := strings.Cut(unit, ":")
	return unit == "" || units[unit] != nil || isOwn && own[kind] != nil
}

// Decimals returns the decimals for the labels of an axis, by the increment from one to the next; nil leaves them to the
// unit. Labels on an axis lose zeros at their end, which is not done here.
// https://github.com/grafana/grafana/blob/main/packages/grafana-ui/src/components/uPlot/config/UPlotAxisBuilder.ts
func Decimals(increment float64) *int {
	rounded := math.Round(increment*1e6) / 1e6
	_, fraction, _ := strings.Cut(strconv.FormatFloat(rounded, 'f', -1, 64), ".")
	if n := len(fraction); n > 0 {
		return &n
	}
	return nil
}

func printerOf(unit string) printer {
	if unit == "" {
		return fixed("")
	}
	if p := units[unit]; p != nil {
		return p
	}
	if kind, text, isOwn := strings.Cut(unit, ":"); isOwn && own[kind] != nil {
		return own[kind](text)
	}
	return fixed(unit)
}

// own are the ways to write a unit of one's own. https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#custom-units
var own = map[string]func(text string) printer{
	"prefix":   ahead,
	"suffix":   fixed,
	"time":     func(text string) printer { return date(text, "") },
	"si":       ownSI,
	"count":    count,
	"currency": ownCurrency,
	"bool":     ownBool,
}

// ownSI is a unit with the prefix in which the values are: mV for millivolts.
func ownSI(text string) printer {
	for i, prefix := range siPrefixes {
		if unit, ok := strings.CutPrefix(strings.Replace(text, "μ", "µ", 1), prefix); ok && prefix != "" {
			return si(unit, i-siBase)
		}
	}
	return si(text, 0)
}

func ownCurrency(text string) printer {
	parts := strings.Split(text, ":")
	switch {
	case parts[0] != "financial" || len(parts) < 2:
		return before(text)
	case parts[1] == "":
		return fixed("")
	}
	return financial(parts[1], len(parts) > 2 && parts[2] == "suffix")
}

func ownBool(text string) printer {
	if yes, no, ok := strings.Cut(text, "/"); ok {
		return either(yes, no)
	}
	return either(text, "-")
}
