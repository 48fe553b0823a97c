package metric

import "strings"

// Unit is the unit of a metric's values, as in OpenMetrics' # UNIT and at the end of names. The empty unit is a plain
// count or unknown.
type Unit string

// The units that names commonly end in. https://prometheus.io/docs/practices/naming recommends base units (seconds,
// bytes, ratio), but the others occur, too.
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
	// PerSecond is the unit of a counter's rate in a recording rule. No name ends in it.
	PerSecond Unit = "per second"
)

var units = []Unit{
	Bytes, Seconds, Milliseconds, Microseconds, Nanoseconds, Ratio, Percent,
	Celsius, Meters, Volts, Amperes, Joules, Watts, Grams, Hertz,
}

// UnitFromName returns the unit in a family's name: its last word, ignoring _total, _sum and _bucket. It is None if
// that word is not a unit, and for _count, which is a count whatever the unit.
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
