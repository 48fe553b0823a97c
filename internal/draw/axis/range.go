package axis

import "math"

// limits are how far one end of an axis may go.
type limits struct {
	hard, soft float64
	isSoft     bool // the soft limit is the panel's; else it is zero, which counts where the padding would cross it
}

func limitsOf(hard, soft *float64, sign float64) limits {
	l := limits{hard: math.Inf(int(sign)), isSoft: soft != nil}
	if hard != nil {
		l.hard = *hard
	}
	if soft != nil {
		l.soft = *soft
	}
	return l
}

// padding is the space above and below the values, as a part of their range.
const padding = 0.1

// padded returns the range of a linear axis: some space around the values, ends at round numbers, and zero where the
// values are near it. It is uPlot's rangeNum with the settings of Grafana.
func padded(low, high float64, below, above limits) (float64, float64) {
	size := high - low
	largest := math.Max(math.Abs(low), math.Abs(high))
	// Values that differ by less than computing them may add are one value.
	isFlat := size < 1e-24 || math.Abs(math.Log10(largest)-math.Log10(size)) > 10
	if isFlat {
		size = largest
	}
	if size == 0 {
		size = 1e3
	}
	unit := math.Pow(10, math.Floor(math.Log10(size))) / 10
	start := end{at: low, grown: down(low-size*part(isFlat, low), unit), limits: below}.resolve()
	// The upper end is the lower one of the mirrored values.
	above.hard, above.soft = -above.hard, -above.soft
	stop := -end{at: -high, grown: -up(high+size*part(isFlat, high), unit), limits: above}.resolve()
	if start == stop && start == 0 {
		stop = 100
	}
	return start + 0, stop + 0 // never -0
}

// part returns how much of the size is added beyond a value. A single value stands between zero and twice itself.
func part(isFlat bool, value float64) float64 {
	switch {
	case !isFlat:
		return padding
	case value == 0:
		return 0.1
	}
	return 1
}

// end is the lower end of an axis.
type end struct {
	at, grown float64 // the lowest value, and that with the padding
	limits
}

func (e end) resolve() float64 {
	soft := math.Inf(1)
	if e.at >= e.soft && (e.isSoft || e.grown <= e.soft) {
		soft = e.soft
	}
	result := math.Min(soft, e.grown)
	if e.grown < soft && e.at >= soft {
		result = soft
	}
	return math.Max(e.hard, result)
}

// logRange returns the powers of the base around the values.
func (s Scale) logRange(low, high float64) (float64, float64) {
	for _, limit := range []struct{ from, to *float64 }{{s.Min, &low}, {s.Max, &high}} {
		if limit.from != nil && *limit.from > 0 {
			*limit.to = *limit.from
		}
	}
	if s.SoftMin != nil && *s.SoftMin > 0 {
		low = math.Min(low, *s.SoftMin)
	}
	if s.SoftMax != nil && *s.SoftMax > 0 {
		high = math.Max(high, *s.SoftMax)
	}
	if !(low > 0) || !(high > 0) || math.IsInf(high, 0) {
		return 1, 100
	}
	low, high = magnitudes(low, high, s.base())
	if s.Whole {
		low = math.Max(1, low)
	}
	if !(low < high) {
		return low, low * s.base()
	}
	return low, high
}

// magnitudes widens a range to powers of the base, of the sign that each end has.
func magnitudes(low, high, base float64) (float64, float64) {
	if low == high && low != 0 {
		low, high = low/base, high*base
		if low < 0 {
			low, high = high, low
		}
	}
	return -magnitude(-low, base), magnitude(high, base)
}

// magnitude returns the next power that is not below a value, and its mirror image for a negative value.
func magnitude(v, base float64) float64 {
	if v == 0 {
		return 0
	}
	exponent := math.Log10(math.Abs(v)) / math.Log10(base)
	if v > 0 {
		return math.Pow(base, math.Ceil(exact(exponent)))
	}
	return -math.Pow(base, math.Floor(exact(exponent)))
}

// exact takes away what computing with floating point adds to a round number.
func exact(v float64) float64 {
	if r := math.Round(v); math.Abs(v-r) < 1e-9 {
		return r
	}
	return v
}

func down(v, unit float64) float64 { return clean(math.Floor(exact(v/unit)) * unit) }
func up(v, unit float64) float64   { return clean(math.Ceil(exact(v/unit)) * unit) }

// clean rounds to 14 digits: 0.30000000000000004 is 0.3.
func clean(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	digits := 14 - math.Ceil(math.Log10(math.Abs(v)))
	if digits > 300 {
		return v
	}
	factor := math.Pow(10, math.Abs(digits))
	if digits < 0 {
		return math.Round(v/factor) * factor
	}
	return math.Round(v*factor) / factor
}
