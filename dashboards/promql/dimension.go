package promql

import (
	"fmt"
	"math"

	"gaugewright/dashboards/metric"
)

// Dimension is what a value measures: powers of bytes and seconds, and the power of ten of its scale. The rate of a
// counter of bytes is {Bytes: 1, Seconds: -1}; nanoseconds are {Seconds: 1, Pow10: -9}; a percentage is {Pow10: -2}.
// For counts and shares all three are zero.
type Dimension struct{ Bytes, Seconds, Pow10 int }

// The dimensions with a name.
var (
	Plain     = Dimension{}
	Bytes     = Dimension{Bytes: 1}
	Seconds   = Dimension{Seconds: 1}
	PerSecond = Dimension{Seconds: -1}
	Percent   = Dimension{Pow10: -2}
)

// dimensionOf returns the dimension of a unit. Units that no dashboard here calculates with (celsius, volts) count as
// plain.
func dimensionOf(unit metric.Unit) Dimension {
	switch unit {
	case metric.Bytes:
		return Bytes
	case metric.Seconds:
		return Seconds
	case metric.Milliseconds:
		return Dimension{Seconds: 1, Pow10: -3}
	case metric.Microseconds:
		return Dimension{Seconds: 1, Pow10: -6}
	case metric.Nanoseconds:
		return Dimension{Seconds: 1, Pow10: -9}
	case metric.PerSecond:
		return PerSecond
	case metric.Percent:
		return Percent
	}
	return Plain
}

func (d Dimension) times(o Dimension) Dimension {
	return Dimension{d.Bytes + o.Bytes, d.Seconds + o.Seconds, d.Pow10 + o.Pow10}
}

func (d Dimension) over(o Dimension) Dimension {
	return Dimension{d.Bytes - o.Bytes, d.Seconds - o.Seconds, d.Pow10 - o.Pow10}
}

func (d Dimension) power(n int) Dimension { return Dimension{d.Bytes * n, d.Seconds * n, d.Pow10 * n} }

// String names the dimension for error messages: "bytes per second".
func (d Dimension) String() string {
	named := map[Dimension]string{
		Plain: "a plain number", Bytes: "bytes", Seconds: "seconds", PerSecond: "per second", Percent: "percent",
		{Bytes: 1, Seconds: -1}: "bytes per second",
		{Seconds: 1, Pow10: -9}: "nanoseconds",
		{Seconds: 1, Pow10: -6}: "microseconds",
		{Seconds: 1, Pow10: -3}: "milliseconds",
	}
	if name, ok := named[d]; ok {
		return name
	}
	return fmt.Sprintf("bytes^%d seconds^%d 10^%d", d.Bytes, d.Seconds, d.Pow10)
}

// Base converts the expression to base units: nanoseconds become seconds, percent becomes a share.
func (e Expr) Base() Expr {
	if e.dim.Pow10 == 0 {
		return e
	}
	base := e.dim
	base.Pow10 = 0
	e = e.Mul(Number(math.Pow10(e.dim.Pow10)))
	e.dim = base
	return e
}
