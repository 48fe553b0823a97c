package axis

import (
	"math"
	"strconv"
)

// Tick is a place on a value axis that has a line.
type Tick struct {
	Value   float64
	Labeled bool
}

// The pixels between two ticks of a value axis: little in a low plot.
const (
	LowPlot     = 150 // up to here a plot is low
	LowSpace    = 15
	NormalSpace = 30
)

// Ticks returns the ticks of the axis between its ends, and the step between them; 0 for a logarithmic axis. The
// length is in pixels. A binary axis has powers of two as steps: 16 MiB, not 15.3.
func (s Scale) Ticks(low, high, length float64, binary bool) (ticks []Tick, step float64) {
	space := float64(NormalSpace)
	if length <= LowPlot {
		space = LowSpace
	}
	switch {
	case !(length > 0) || !(low < high):
		return nil, 0
	case s.Kind == Log:
		return s.labeled(powers(low, high, s.base()), low, high, length, space), 0
	case s.Kind == Symlog:
		return s.labeled(s.symmetric(low, high), low, high, length, space), 0
	}
	least := space / length * (high - low)
	step = decimalStep(least)
	if binary {
		step = math.Max(1, math.Pow(2, math.Ceil(exact(math.Log2(least)))))
	}
	for i := math.Ceil(exact(low / step)); i*step <= high+step*1e-9; i++ {
		v := clean(i * step)
		ticks = append(ticks, Tick{Value: v, Labeled: !s.Whole || v == math.Trunc(v)})
	}
	return ticks, step
}

// decimalStep returns the smallest of 1, 2, 2.5, 5 times a power of ten that is not below a value.
func decimalStep(least float64) float64 {
	exponent := int(math.Floor(math.Log10(least)))
	for ; ; exponent++ {
		for _, digits := range []string{"1", "2", "2.5", "5"} {
			step, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(exponent), 64)
			if err != nil || step >= least*(1-1e-12) {
				return step
			}
		}
	}
}

// mostPowers bounds the ticks of a logarithmic axis: the powers of ten of all numbers, each with nine.
const mostPowers = 6000

// powers returns 1, 2, ... 9, 10, 20, ... for base 10, and each power for base 2.
func powers(low, high, base float64) (all []float64) {
	step := math.Pow(base, math.Floor(exact(math.Log10(low)/math.Log10(base))))
	for v := low; v <= high*(1+1e-9) && len(all) < mostPowers && step > 0; {
		all = append(all, clean(v))
		v = clean(v + step)
		if v >= step*base*(1-1e-9) {
			step *= base
		}
	}
	return all
}

// symmetric returns the ticks on both sides of zero.
func (s Scale) symmetric(low, high float64) (all []float64) {
	threshold := s.threshold()
	if low < -threshold {
		below := powers(math.Max(threshold, -high), -low, s.base())
		for i := len(below) - 1; i >= 0; i-- {
			all = append(all, -below[i])
		}
	}
	if low <= 0 && high >= 0 {
		all = append(all, 0)
	}
	if high > threshold {
		all = append(all, powers(math.Max(threshold, low), high, s.base())...)
	}
	return all
}

// labeled chooses which ticks of a logarithmic axis have a label: those whose neighbors leave the room.
func (s Scale) labeled(values []float64, low, high, length, space float64) []Tick {
	at := func(v float64) float64 { return s.Position(v, low, high) * length }
	digits := "1"
	for _, choice := range []struct {
		next   float64
		digits string
	}{{9, "123456789"}, {7, "12357"}, {5, "125"}} {
		if s.base() == 2 || math.Abs(at(choice.next)-at(10)) >= space {
			digits = choice.digits
			break
		}
	}
	every := 1
	if apart := math.Abs(at(1) - at(s.base())); apart < space {
		every = int(math.Ceil(space / apart))
	}
	ticks := make([]Tick, len(values))
	kept := 0
	for i := len(values) - 1; i >= 0; i-- { // from above, so that the highest has one
		v := values[i]
		first := strconv.FormatFloat(math.Abs(v), 'e', -1, 64)[0]
		fits := v == 0 || containsByte(digits, first)
		ticks[i] = Tick{v, fits && (v == 0 || kept%every == 0)}
		if fits && v != 0 {
			kept++
		}
	}
	return ticks
}

func containsByte(text string, b byte) bool {
	for i := range len(text) {
		if text[i] == b {
			return true
		}
	}
	return false
}
