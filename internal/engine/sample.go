package engine

import (
	"math"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
)

// sample is a Sample in its stored form.
type sample struct {
	t int64 // milliseconds since 1970
	v float64
	h *histogram.FloatHistogram
}

func (s Sample) stored() sample { return sample{t: s.T.UnixMilli(), v: s.V, h: s.H} }

// equals reports whether the values are the same, bit for bit.
func (s *sample) equals(other *sample) bool {
	if s.h == nil || other.h == nil {
		return s.h == other.h && math.Float64bits(s.v) == math.Float64bits(other.v)
	}
	return s.h.Equals(other.h)
}

// Stale returns the value of a staleness marker. A series with a marker is not found from that time on, until it gets
// another value. No result contains it.
func Stale() float64 { return math.Float64frombits(value.StaleNaN) }

// isStale reports whether the sample is a staleness marker. In a histogram, the sum holds it.
func (s *sample) isStale() bool {
	if s.h != nil {
		return value.IsStaleNaN(s.h.Sum)
	}
	return value.IsStaleNaN(s.v)
}

// samples are Prometheus's storage.Samples. A pointer to each is its chunks.Sample, so reading one allocates nothing.
type samples []sample

func (s samples) Len() int                { return len(s) }
func (s samples) Get(i int) chunks.Sample { return &s[i] }

func (s *sample) T() int64                      { return s.t }
func (*sample) ST() int64                       { return 0 }
func (s *sample) F() float64                    { return s.v }
func (*sample) H() *histogram.Histogram         { return nil } // with integer counts: not used here
func (s *sample) FH() *histogram.FloatHistogram { return s.h }
func (s *sample) Copy() chunks.Sample           { return &sample{s.t, s.v, s.h} }

func (s *sample) Type() chunkenc.ValueType {
	if s.h != nil {
		return chunkenc.ValFloatHistogram
	}
	return chunkenc.ValFloat
}
