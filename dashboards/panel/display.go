package panel

import (
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"gaugewright/dashboards/promql"
)

// Display is how a quantity is shown: Grafana's unit, the dimension it fits, and what the value is multiplied by.
type Display struct {
	name  string
	unit  string
	fits  promql.Dimension
	scale float64
	// least is the end of an axis on which all is smaller, in the display's own scale: without it, Grafana ends an axis
	// of zeros at 100, which is 10000%, and makes mountains of a thousandth of a percent.
	least float64
	// places are the digits after the point of a single value; 0 leaves them to Grafana, which shows three digits in all.
	places float64
}

// Auto is the default display of the expression's dimension.
var Auto = Display{}

// The displays, by dimension; the first of a dimension is its default.
var (
	Bytes          = Display{"bytes", units.BytesIEC, promql.Bytes, 1, 1 << 10, 0}
	BytesPerSecond = Display{"bytes per second", units.BytesPerSecondIEC, promql.Dimension{Bytes: 1, Seconds: -1}, 1, 1 << 10, 0}
	Seconds        = Display{"seconds", units.Seconds, promql.Seconds, 1, 1e-4, 0}
	Duration       = Display{"duration", units.DurationSeconds, promql.Seconds, 1, 1, 0}
	Milliseconds   = Display{"milliseconds", units.Milliseconds, promql.Dimension{Seconds: 1, Pow10: -3}, 1, 0.1, 0}
	Microseconds   = Display{"microseconds", units.Microseconds, promql.Dimension{Seconds: 1, Pow10: -6}, 1, 100, 0}
	Nanoseconds    = Display{"nanoseconds", units.Nanoseconds, promql.Dimension{Seconds: 1, Pow10: -9}, 1, 1e5, 0}
	PerSecond      = PerSecondOf("")
	Requests       = Display{"requests per second", units.RequestsPerSecond, promql.PerSecond, 1, 1, 0}
	PerMinute      = PerMinuteOf("")
	PerHour        = Display{"per hour", units.Short, promql.PerSecond, 3600, 1, 0}
	Percent        = Display{"percent", units.Percent, promql.Percent, 1, 1, 0}
	Number         = Display{"number", units.Short, promql.Plain, 1, 1, 0}
	Share          = Display{"share", units.PercentUnit, promql.Plain, 1, 0.01, 2}
	Cores          = Display{"cores", "suffix:cores", promql.Plain, 1, 0.1, 0}
)

var defaults = []Display{Bytes, BytesPerSecond, Seconds, Milliseconds, Microseconds, Nanoseconds, PerSecond, Percent, Number}

// PerSecondOf is how many of something, named in the plural, there are each second: "1.24K objects/s".
func PerSecondOf(what string) Display {
	return Display{"per second", "count:" + what + "/s", promql.PerSecond, 1, 1, 0}
}

// PerMinuteOf is PerSecondOf for what is seldom.
func PerMinuteOf(what string) Display {
	return Display{"per minute", "count:" + what + "/min", promql.PerSecond, 60, 1, 0}
}

// Of is an expression shown in this display.
func (d Display) Of(e promql.Expr) Query { return Query{expr: e, display: d} }

// Named is an expression shown in this display, with a short name. A panel has one unit: its queries share the first one's.
func (d Display) Named(name string, e promql.Expr) Query {
	return Query{name: name, expr: e, display: d}
}

// of is the display that an expression of the dimension gets: d itself if it fits.
func (d Display) of(dim promql.Dimension) (Display, error) {
	if d != Auto {
		if d.fits != dim {
			return d, promql.Mistake("a display in %s does not fit: the expression is %s", d.name, dim)
		}
		return d, nil
	}
	for _, display := range defaults {
		if display.fits == dim {
			return display, nil
		}
	}
	return d, promql.Mistake("no display for %s: choose one", dim)
}

// shared is the display of a panel's queries: the first one's.
func shared(queries []Query) Display {
	if queries = answerable(queries); len(queries) == 0 {
		return Auto
	}
	display, _ := queries[0].display.of(queries[0].expr.Dimension()) // ask reports what does not fit
	return display
}

// scaled is the expression in the display's own scale.
func (d Display) scaled(e promql.Expr) promql.Expr {
	if d.scale == 1 {
		return e
	}
	return e.Mul(promql.Number(d.scale))
}

// steps colours a quantity: green below yellow, red from red on. Where red is the smaller, low values are the bad ones.
func (d Display) steps(yellow, red float64) cog.Builder[dashboard.ThresholdsConfig] {
	yellow, red = yellow*d.scale, red*d.scale
	if red < yellow {
		return thresholds("red", step(red, "yellow"), step(yellow, "green"))
	}
	return thresholds("green", step(yellow, "yellow"), step(red, "red"))
}

// zeroIsGood colours a count of bad things: green at zero, red from one on, and neutral where there is no value at all.
func zeroIsGood() cog.Builder[dashboard.ThresholdsConfig] {
	return thresholds(neutral, step(0, "green"), step(1, "red"))
}

// neutral is the colour of the text around the value: no judgement.
const neutral = "text"

func thresholds(base string, steps ...dashboard.Threshold) cog.Builder[dashboard.ThresholdsConfig] {
	return dashboard.NewThresholdsConfigBuilder().
		Mode(dashboard.ThresholdsModeAbsolute).
		Steps(append([]dashboard.Threshold{{Color: base}}, steps...))
}

func step(from float64, color string) dashboard.Threshold {
	return dashboard.Threshold{Value: &from, Color: color}
}
