package recorded

import (
	"encoding/binary"
	"math"
)

// scheme says how the values of a series are written: as differences of whole numbers of 10^-digits, from the value
// before or from where the last step leads; or, with bits, as what changed in the value's bits. Whatever is not such a
// number, such as NaN, is written as it is.
type scheme struct {
	digits int
	linear bool
	bits   bool
}

// schemes are tried for each series; a recording has their numbers. Seconds have up to nine digits.
var schemes = []scheme{
	{}, {linear: true}, {digits: 3}, {digits: 3, linear: true}, {digits: 6}, {digits: 6, linear: true},
	{digits: 9}, {digits: 9, linear: true}, {bits: true},
}

var powers = [...]float64{0: 1, 3: 1e3, 6: 1e6, 9: 1e9}

// packed returns the shortest form of the values, with the number of its scheme in front.
func packed(values []float64) []byte {
	var best []byte
	for i, s := range schemes {
		if form := s.pack([]byte{byte(i)}, values); best == nil || len(form) < len(best) {
			best = form
		}
	}
	return best
}

func (s scheme) pack(to []byte, values []float64) []byte {
	p := predictor{scheme: s}
	for _, value := range values {
		to = s.append(to, value, p.next())
		p.saw(value)
	}
	return to
}

// whole returns the value in units of 10^-digits, or its bits, and whether that is exact.
func (s scheme) whole(value float64) (int64, bool) {
	if s.bits {
		return int64(math.Float64bits(value)), true
	}
	scaled := math.Round(value * powers[s.digits])
	if !(math.Abs(scaled) < 1<<53) {
		return 0, false
	}
	n := int64(scaled)
	return n, math.Float64bits(s.value(n)) == math.Float64bits(value)
}

func (s scheme) value(n int64) float64 {
	if s.bits {
		return math.Float64frombits(uint64(n))
	}
	return float64(n) / powers[s.digits]
}

// append writes a value as the difference from what was expected; 0 means that all its bits follow.
func (s scheme) append(to []byte, value float64, expected int64) []byte {
	n, ok := s.whole(value)
	switch {
	case !ok:
		return binary.LittleEndian.AppendUint64(append(to, 0), math.Float64bits(value))
	case s.bits:
		return binary.AppendUvarint(to, uint64(n^expected))
	}
	return binary.AppendUvarint(to, zigzag(n-expected)+1)
}

// zigzag gives small numbers of either sign small codes.
func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

func unzigzag(code uint64) int64 { return int64(code>>1) ^ -int64(code&1) }

// predictor knows what to expect after the values so far.
type predictor struct {
	scheme
	last, step int64
	isSecond   bool // there was a value
}

func (p *predictor) next() int64 {
	if p.linear {
		return p.last + p.step
	}
	return p.last
}

func (p *predictor) saw(value float64) {
	n, ok := p.whole(value)
	if !ok {
		return
	}
	if p.isSecond {
		p.step = n - p.last
	}
	p.last, p.isSecond = n, true
}
