package values

import "math"

// format writes a value with its unit.
type format func(float64) string

// seconds are the units of a time, the smallest first: a value is written in the last whose least it reaches.
var seconds = []struct {
	least, size float64
	name        string
}{
	{0, 1e-9, " ns"},
	{1e-6, 1e-6, " µs"},
	{1e-3, 1e-3, " ms"},
	{0.1, 1, " s"},
	{120, 60, " min"},
	{7200, 3600, " h"},
	{172800, 86400, " d"},
}

// The units of a size, the smallest first.
var (
	binary  = []string{" B", " KiB", " MiB", " GiB", " TiB", " PiB"}
	decimal = []string{" B", " kB", " MB", " GB", " TB", " PB"}
)

// plain are the units whose values are written as they are, and what is put after them.
var plain = map[string]string{
	"percent": " %", "reqps": " req/s", "rps": " reads/s", "wps": " writes/s", "ops": " ops/s", "cps": " counts/s", "iops": " io/s",
	"eps": " events/s", "hertz": " Hz", "celsius": " °C",
}

// shownIn returns how values of a unit of Grafana's are written. A unit that is not known here is left out. Three digits
// are enough to compare.
func shownIn(unit string) format {
	switch unit {
	case "s", "dtdurations", "clocks":
		return duration
	case "ms", "dtdurationms":
		return func(v float64) string { return duration(v / 1e3) }
	case "µs":
		return func(v float64) string { return duration(v / 1e6) }
	case "ns":
		return func(v float64) string { return duration(v / 1e9) }
	case "percentunit":
		return func(v float64) string { return number(100*v, 3) + " %" }
	case "bytes", "kbytes", "mbytes", "gbytes":
		return scaled(1024, map[string]float64{"bytes": 1, "kbytes": 1 << 10, "mbytes": 1 << 20, "gbytes": 1 << 30}[unit], binary, "")
	case "decbytes":
		return scaled(1000, 1, decimal, "")
	case "binBps":
		return scaled(1024, 1, binary, "/s")
	case "Bps":
		return scaled(1000, 1, decimal, "/s")
	}
	return func(v float64) string { return number(v, 3) + plain[unit] }
}

// duration writes seconds.
func duration(v float64) string {
	if v == 0 {
		return "0 s"
	}
	unit := seconds[0]
	for _, u := range seconds {
		if math.Abs(v) >= u.least {
			unit = u
		}
	}
	return number(v/unit.size, 3) + unit.name
}

// scaled writes a value in the largest of names that it reaches; one is what a value of 1 means.
func scaled(base, one float64, names []string, after string) format {
	return func(v float64) string {
		v *= one
		i := 0
		for math.Abs(v) >= base && i < len(names)-1 {
			v /= base
			i++
		}
		return number(v, 3) + names[i] + after
	}
}
