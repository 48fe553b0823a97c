// Package axis has the ranges and the ticks of a chart's axes, as Grafana chooses them: where an axis begins and ends,
// and at which numbers or times it has its lines. The rules are those of uPlot, which Grafana draws with, and of
// Grafana's settings for it. The package does not write labels and does not draw.
//
// https://github.com/leeoniya/uPlot/blob/1.6.32/src/uPlot.js and opts.js
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/uPlot/config/UPlotScaleBuilder.ts
package axis

import "math"

// Kind is how values are spread over an axis.
type Kind int

// The kinds. Symlog is linear near zero and logarithmic beyond the threshold.
const (
	Linear Kind = iota
	Log
	Symlog
)

// Scale is the scale of a value axis, as a panel's settings say.
type Scale struct {
	Kind             Kind
	Base             float64 // of a logarithm: 2 or 10
	Threshold        float64 // of Symlog
	Min, Max         *float64
	SoftMin, SoftMax *float64 // count unless values lie beyond
	CenteredZero     bool
	Whole            bool // only whole numbers
	Percent          bool // parts of a whole, from 0 to 1
}

// Range returns where the axis begins and ends for values from low to high. Without values, low is above high.
func (s Scale) Range(low, high float64) (float64, float64) {
	if s.Percent {
		return percentRange(low, high)
	}
	isFixed := s.Min != nil && s.Max != nil && s.SoftMin == nil && s.SoftMax == nil
	if low > high && !isFixed {
		low, high = 0, 0
		if s.Kind == Log {
			return 1, 100
		}
	}
	switch s.Kind {
	case Log:
		return s.logRange(low, high)
	case Symlog:
		low, high = magnitudes(low, high, s.base())
	default:
		low, high = s.linearRange(low, high)
	}
	return s.bounded(low, high)
}

// percentRange returns the range of parts of a whole: from nothing to all of it, on the sides that have values.
func percentRange(low, high float64) (float64, float64) {
	from, to := 0.0, 1.0
	if low < 0 {
		from = -1
		if high <= 0 {
			to = 0
		}
	}
	return from, to
}

// bounded applies what counts in any case: the limits, and that the axis has a length.
func (s Scale) bounded(low, high float64) (float64, float64) {
	if s.Whole {
		low, high = math.Floor(low), math.Ceil(high)
	}
	if s.Min != nil && s.SoftMin == nil {
		low = *s.Min
	}
	if s.Max != nil && s.SoftMax == nil {
		high = *s.Max
	}
	if low == high && low != 0 && s.Kind == Linear {
		low, high = math.Min(0, 2*low), math.Max(0, 2*high)
	}
	if !(low < high) || math.IsInf(high-low, 0) {
		return 0, 100
	}
	return low, high
}

func (s Scale) linearRange(low, high float64) (float64, float64) {
	if s.CenteredZero {
		high = math.Max(math.Abs(low), math.Abs(high))
		if high == 0 {
			high = 80
		}
		low = -high
	}
	if s.Min != nil && s.SoftMin == nil {
		low = *s.Min
	}
	if s.Max != nil && s.SoftMax == nil {
		high = *s.Max
	}
	return padded(low, high, limitsOf(s.Min, s.SoftMin, -1), limitsOf(s.Max, s.SoftMax, 1))
}

// Position returns where a value lies between the ends of the axis: 0 at low, 1 at high.
func (s Scale) Position(v, low, high float64) float64 {
	return (s.spread(v) - s.spread(low)) / (s.spread(high) - s.spread(low))
}

// spread returns a value as the axis spreads it.
func (s Scale) spread(v float64) float64 {
	switch s.Kind {
	case Log:
		return math.Log10(v) // NaN and -Inf for what a logarithm cannot show
	case Symlog:
		return math.Asinh(v / s.threshold())
	}
	return v
}

func (s Scale) base() float64 {
	if s.Base == 2 {
		return 2
	}
	return 10
}

func (s Scale) threshold() float64 {
	if s.Threshold > 0 {
		return s.Threshold
	}
	return 1
}
