package metric

import "strings"

// Unit is what one of a metric's value is, as OpenMetrics writes it in # UNIT and as names end in it. The empty unit is a
// plain count or an unknown one.
type Unit string

// The units that names commonly end in. https://prometheus.io/docs/practices/naming asks for base units (seconds, bytes,
// ratio); the others occur all the same.
const (
	None         Unit = ""
	Bytes        Unit = "bytes"
	Seconds      Unit = "seconds"
	Milliseconds Unit = "milliseconds"
	Microseconds Unit = "microseconds"
	Nanoseconds  Unit = "nanoseconds"
	Ratio        Unit = "ratio"
	Percent      Unit = "percent"
	Celsius      Unit = "celsius"
	Meters       Unit = "meters"
	Volts        Unit = "volts"
	Amperes      Unit = "amperes"
	Joules       Unit = "joules"
	Watts        Unit = "watts"
	Grams        Unit = "grams"
	Hertz        Unit = "hertz"
	// PerSecond is what a recording rule makes of a counter's rate. No name ends in it.
	PerSecond Unit = "per second"
)

var units = []Unit{
	Bytes, Seconds, Milliseconds, Microseconds, Nanoseconds, Ratio, Percent,
	Celsius, Meters, Volts, Amperes, Joules, Watts, Grams, Hertz,
}

// UnitFromName reads the unit off a family's name: its last word, _total, _sum and _bucket aside. It is None where that
// word is no unit, and for _count, which counts whatever the unit.
func UnitFromName(name string) Unit {
	for _, suffix := range []string{"_total", "_sum", "_bucket"} {
		name = strings.TrimSuffix(name, suffix)
	}
	for _, unit := range units {
		if strings.HasSuffix(name, "_"+string(unit)) {
			return unit
		}
	}
	return None
}
