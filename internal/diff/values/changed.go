package values

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

const (
	almost = 1e-9 // relative difference of values that are the same but for rounding
	little = 0.01 // relative difference that nobody sees on a panel
)

// isEqual reports whether two lists of values are the same but for rounding.
func isEqual(a, b []float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > almost*max(math.Abs(a[i]), math.Abs(b[i])) {
			return false
		}
	}
	return true
}

// statistic sums up values in one.
type statistic struct {
	name string
	of   func([]float64) float64
}

// statistics are what may tell how values changed, the most telling first. The typical value is the median: it does not
// jump with a spike, which may be only at other points than before.
var statistics = []statistic{
	{"typically", median},
	{"on average", mean},
	{"at its highest", slices.Max[[]float64]},
	{"at its lowest", slices.Min[[]float64]},
}

// factors are those between a unit and another one of its kind.
var factors = []float64{1e3, 1e6, 1e9, 1 << 10, 1 << 20, 1 << 30, 60, 3600, 86400, 100}

// changed says how values changed, by the first statistic in which it can be seen. Two lists of the same length have the
// values of the same points.
func changed(old, new []float64, oldUnit, newUnit format, name string) finding {
	if ratio, ok := constant(old, new); ok && isFactor(ratio) {
		return say("×" + number(ratio, 4) + " (a unit's factor)")
	} else if ok && len(old) > 1 {
		s := first(func(s statistic) bool { return s.of(old) != 0 })
		text := fmt.Sprintf("×%s at every point (%s %s → %s)", number(ratio, 3), s.name, oldUnit(s.of(old)), newUnit(s.of(new)))
		return named(name, statistic{}, text)
	}
	s := first(func(s statistic) bool {
		a, b := s.of(old), s.of(new)
		return math.Abs(a-b) > little*max(math.Abs(a), math.Abs(b))
	})
	a, b := s.of(old), s.of(new)
	text := fmt.Sprintf("%s → %s", oldUnit(a), newUnit(b))
	if len(old) == 1 && len(new) == 1 {
		s.name = ""
	}
	switch ratio := b / a; {
	case math.Abs(a-b) <= little*max(math.Abs(a), math.Abs(b)):
		return named(name, s, "nearly the same: "+text)
	case ratio <= 0, math.IsInf(ratio, 0), math.IsNaN(ratio):
		return named(name, s, text)
	default:
		return named(name, s, fmt.Sprintf("×%s (%s)", ratioText(ratio), text))
	}
}

// first returns the first statistic that tells; the first of all where none does.
func first(tells func(statistic) bool) statistic {
	return statistics[max(0, slices.IndexFunc(statistics, tells))]
}

// named puts a name, and what sums the values up, before what changed.
func named(name string, s statistic, text string) finding {
	switch {
	case name == "" && s.name == "":
		return say(text)
	case name == "":
		return say(s.name + " " + text)
	case s.name == "" || s.name == statistics[0].name:
		return say("{} "+text, name)
	}
	return say("{} "+s.name+" "+text, name)
}

// constant returns the ratio of the values where it is the same at every point.
func constant(old, new []float64) (ratio float64, ok bool) {
	if len(old) != len(new) {
		return 0, false
	}
	for i := range old {
		if old[i] == 0 || new[i] == 0 {
			if old[i] != new[i] {
				return 0, false
			}
			continue
		}
		r := new[i] / old[i]
		if ratio != 0 && math.Abs(r-ratio) > 1e-6*math.Abs(ratio) {
			return 0, false
		}
		ratio = r
	}
	return ratio, ratio != 0
}

func isFactor(ratio float64) bool {
	return slices.ContainsFunc(factors, func(f float64) bool {
		return math.Abs(ratio/f-1) < 1e-6 || math.Abs(ratio*f-1) < 1e-6
	})
}

// ratioText writes a ratio as exactly as it can be seen.
func ratioText(ratio float64) string {
	if math.Abs(ratio-1) < 0.1 {
		return number(ratio, 3)
	}
	return number(ratio, 2)
}

// number writes a number with so many digits that count, and never with fewer than its whole ones.
func number(v float64, digits int) string {
	if v == 0 {
		return "0"
	}
	scale := math.Pow(10, float64(digits-1)-math.Floor(math.Log10(math.Abs(v))))
	if scale < 1 {
		scale = 1
	}
	if !math.IsInf(scale, 0) {
		v = math.Round(v*scale) / scale
	}
	if size := math.Abs(v); size >= 1e15 || size < 1e-6 {
		return strconv.FormatFloat(v, 'g', digits, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return sorted[(n-1)/2]/2 + sorted[n/2]/2
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v / float64(len(values))
	}
	return sum
}
