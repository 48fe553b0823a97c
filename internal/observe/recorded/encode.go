package recorded

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"gaugewright/internal/engine"
)

// encoder writes the parts of a recording one after the other: all texts once, metadata, all lists of times once, and
// the series, which refer to them by number.
type encoder struct {
	b     []byte
	texts map[string]int
	list  []string // the texts in order
}

func encode(all []engine.Series, about map[string]engine.Metadata) []byte {
	e := &encoder{texts: map[string]int{}}
	e.count(len(about))
	for _, name := range slices.Sorted(maps.Keys(about)) {
		m := about[name]
		for _, text := range []string{name, string(m.Kind), m.Help, m.Unit} {
			e.text(text)
		}
	}
	numbers := e.timelines(all)
	e.count(len(all))
	for i, series := range all {
		e.series(series, numbers[i])
	}
	head := &encoder{b: []byte(magic)}
	head.count(len(e.list))
	for _, text := range e.list {
		head.count(len(text))
		head.b = append(head.b, text...)
	}
	return append(head.b, e.b...)
}

func (e *encoder) count(n int) { e.b = binary.AppendUvarint(e.b, uint64(n)) }

func (e *encoder) signed(n int64) { e.b = binary.AppendVarint(e.b, n) }

// text writes the number of a text.
func (e *encoder) text(text string) {
	number, ok := e.texts[text]
	if !ok {
		number = len(e.list)
		e.texts[text] = number
		e.list = append(e.list, text)
	}
	e.count(number)
}

// timelines writes each list of times once and returns the number of each series' list. The series of a target have the
// same times, as a rule.
func (e *encoder) timelines(all []engine.Series) []int {
	known := map[string]int{}
	var lists []string
	numbers := make([]int, len(all))
	for i, series := range all {
		one := &encoder{}
		one.times(series.Samples)
		number, ok := known[string(one.b)]
		if !ok {
			number = len(lists)
			known[string(one.b)] = number
			lists = append(lists, string(one.b))
		}
		numbers[i] = number
	}
	e.count(len(lists))
	for _, list := range lists {
		e.b = append(e.b, list...)
	}
	return numbers
}

// times writes how much longer each step is than the one before: mostly nothing.
func (e *encoder) times(samples []engine.Sample) {
	e.count(len(samples))
	var last, step int64
	for _, s := range samples {
		next := s.T.UnixMilli() - last
		e.signed(next - step)
		last, step = last+next, next
	}
}

func (e *encoder) series(series engine.Series, timeline int) {
	e.count(len(series.Labels))
	for _, name := range slices.Sorted(maps.Keys(series.Labels)) {
		e.text(name)
		e.text(series.Labels[name])
	}
	e.count(timeline)
	var floats []float64
	var histograms []*engine.Histogram
	run, isNative := 0, false
	for _, s := range series.Samples {
		if (s.H != nil) != isNative { // runs of values and of histograms take turns
			e.count(run)
			run, isNative = 0, !isNative
		}
		run++
		if s.H != nil {
			histograms = append(histograms, s.H)
		} else {
			floats = append(floats, s.V)
		}
	}
	e.count(run)
	if len(floats) > 0 {
		e.b = append(e.b, packed(floats)...)
	}
	var before *engine.Histogram
	for _, h := range histograms {
		e.histogram(h, before)
		before = h
	}
}

// histogram writes the buckets' layout if it is not that of the histogram before, and then all numbers.
func (e *encoder) histogram(h, before *engine.Histogram) {
	if before != nil && sameLayout(h, before) {
		e.count(1)
	} else {
		e.count(0)
		e.signed(int64(h.Schema))
		e.bits(h.ZeroThreshold)
		e.count(int(h.CounterResetHint))
		for _, spans := range [][]engine.Span{h.PositiveSpans, h.NegativeSpans} {
			e.count(len(spans))
			for _, span := range spans {
				e.signed(int64(span.Offset))
				e.count(int(span.Length))
			}
		}
		e.count(len(h.PositiveBuckets))
		e.count(len(h.NegativeBuckets))
		e.count(len(h.CustomValues))
		for _, bound := range h.CustomValues {
			e.bits(bound)
		}
		before = nil
	}
	s := scheme{}
	now, then := numbersOf(h), numbersOf(before)
	for i, value := range now {
		var last int64
		if before != nil {
			last, _ = s.whole(*then[i])
		}
		e.b = s.append(e.b, *value, last)
	}
}

func (e *encoder) bits(v float64) { e.b = binary.LittleEndian.AppendUint64(e.b, math.Float64bits(v)) }

// sameLayout reports whether the histograms differ only in their numbers.
func sameLayout(a, b *engine.Histogram) bool {
	return a.Schema == b.Schema && math.Float64bits(a.ZeroThreshold) == math.Float64bits(b.ZeroThreshold) &&
		a.CounterResetHint == b.CounterResetHint && len(a.PositiveBuckets) == len(b.PositiveBuckets) &&
		len(a.NegativeBuckets) == len(b.NegativeBuckets) && slices.Equal(a.PositiveSpans, b.PositiveSpans) &&
		slices.Equal(a.NegativeSpans, b.NegativeSpans) && slices.Equal(a.CustomValues, b.CustomValues)
}

// numbersOf returns the places of a histogram's numbers in a fixed order.
func numbersOf(h *engine.Histogram) []*float64 {
	if h == nil {
		return nil
	}
	all := []*float64{&h.ZeroCount, &h.Count, &h.Sum}
	for _, buckets := range [][]float64{h.PositiveBuckets, h.NegativeBuckets} {
		for i := range buckets {
			all = append(all, &buckets[i])
		}
	}
	return all
}
