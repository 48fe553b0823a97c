package query

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gaugewright/dashboards/metric"
)

// Dimension is what a value measures, as powers of bytes and seconds and of ten. The zero value is the unknown one.
type Dimension struct {
	Known  bool
	Number bool // a plain number, such as 2 * 3 or vector(0): it fits every dimension

	Bytes, Seconds int  // bytes a second is {Bytes: 1, Seconds: -1}; a count has neither
	Ten            int  // a value of 1 is 10^Ten of the base unit: -3 for milliseconds, -2 for percent
	Scaled         bool // multiplied by a number that is not a power of ten (60, 1024, 1.1): Ten has no meaning then
}

var (
	unknown = Dimension{}
	count   = Dimension{Known: true}
	number  = Dimension{Known: true, Number: true}
	seconds = Dimension{Known: true, Seconds: 1}
)

// unitDimension returns the dimension of a unit. Units of other quantities, such as volts, are not followed.
func unitDimension(unit metric.Unit) Dimension {
	switch unit {
	case metric.Bytes:
		return Dimension{Known: true, Bytes: 1}
	case metric.Seconds:
		return seconds
	case metric.Milliseconds:
		return Dimension{Known: true, Seconds: 1, Ten: -3}
	case metric.Microseconds:
		return Dimension{Known: true, Seconds: 1, Ten: -6}
	case metric.Nanoseconds:
		return Dimension{Known: true, Seconds: 1, Ten: -9}
	case metric.Ratio:
		return count
	case metric.PerSecond:
		return Dimension{Known: true, Seconds: -1}
	case metric.Percent:
		return Dimension{Known: true, Ten: -2}
	}
	return unknown
}

// String returns "bytes/second", "10^-3 seconds", "none", "number" or "unknown".
func (d Dimension) String() string {
	switch {
	case !d.Known:
		return "unknown"
	case d.Number:
		return "number"
	}
	var over, under []string
	for _, base := range []struct {
		name  string
		power int
	}{{"byte", d.Bytes}, {"second", d.Seconds}} {
		switch {
		case base.power > 0:
			over = append(over, power(base.name+"s", base.power))
		case base.power < 0:
			under = append(under, power(base.name, -base.power))
		}
	}
	text := strings.Join(over, " ")
	if len(under) > 0 {
		if text == "" {
			text = "1"
		}
		text += "/" + strings.Join(under, "/")
	}
	switch {
	case d.Scaled:
		return strings.TrimSpace("scaled " + text)
	case d.Ten != 0:
		return strings.TrimSpace(fmt.Sprintf("10^%d %s", d.Ten, text))
	case text == "":
		return "none"
	}
	return text
}

func power(name string, n int) string {
	if n == 1 {
		return name
	}
	return fmt.Sprintf("%s^%d", name, n)
}

// fits reports whether values of d and e may be added or compared. An unknown dimension fits every other.
func (d Dimension) fits(e Dimension) bool {
	if !d.Known || !e.Known || d.Number || e.Number {
		return true
	}
	return d.Bytes == e.Bytes && d.Seconds == e.Seconds && (d.Ten == e.Ten || d.Scaled || e.Scaled)
}

// times returns the dimension of d multiplied by e to the power n.
func (d Dimension) times(e Dimension, n int) Dimension {
	if !d.Known || !e.Known {
		return unknown
	}
	return Dimension{
		Known:   true,
		Number:  d.Number && e.Number,
		Bytes:   d.Bytes + n*e.Bytes,
		Seconds: d.Seconds + n*e.Seconds,
		Ten:     d.Ten + n*e.Ten,
		Scaled:  d.Scaled || e.Scaled,
	}
}

// root returns the dimension of the n-th root of d; unknown where n does not divide a power.
func (d Dimension) root(n int) Dimension {
	if !d.Known || d.Bytes%n != 0 || d.Seconds%n != 0 || d.Ten%n != 0 {
		return unknown
	}
	d.Bytes, d.Seconds, d.Ten = d.Bytes/n, d.Seconds/n, d.Ten/n
	return d
}

// scaled returns the dimension of d's values multiplied by a number; NaN is an unknown number. A power of ten makes
// another unit (seconds * 1000 are milliseconds). Zero fits any dimension, as in rate(x) * 0.
func (d Dimension) scaled(by float64) Dimension {
	if !d.Known || d.Number || by == 0 {
		return d
	}
	ten := math.Round(math.Log10(math.Abs(by)))
	if math.Abs(ten) < 300 && math.Abs(math.Abs(by)/math.Pow(10, ten)-1) < 1e-9 {
		d.Ten -= int(ten)
	} else {
		d.Scaled = true
	}
	return d
}

// Dimension returns the dimension of the result's values, and the operators whose sides do not fit: bytes + seconds.
func (q *Query) Dimension(c Catalogue) (Dimension, []Problem) {
	m := measurer{q: q, catalogue: c}
	d := m.of(q.tree).value
	slices.SortStableFunc(m.problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
	return d, m.problems
}
