package recorded

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/scrape"
)

// decoder reads what an encoder wrote. After the first error it reads only zeros.
type decoder struct {
	b       []byte
	err     error
	texts   []string
	samples int // so far
}

var (
	errShort = errors.New("it ends too early")
	errMany  = fmt.Errorf("more than %d samples or %d series", maxSamples, maxSeries)
)

func decode(body []byte) ([]engine.Series, map[string]engine.Metadata, error) {
	d := &decoder{b: body}
	d.texts = make([]string, d.count())
	for i := range d.texts {
		d.texts[i] = string(d.take(d.count()))
	}
	about := map[string]engine.Metadata{}
	for range d.count() {
		name := d.text()
		about[name] = engine.Metadata{Kind: scrape.Kind(d.text()), Help: d.text(), Unit: d.text()}
	}
	timelines := make([][]int64, d.count())
	steps := 0
	for i := range timelines {
		timelines[i] = d.times()
		if steps += len(timelines[i]); steps > maxSamples {
			d.fail(errMany)
		}
	}
	n := d.count()
	if n > maxSeries {
		d.fail(errMany)
	}
	var all []engine.Series
	for range n {
		all = append(all, d.series(timelines))
		if d.err != nil {
			return nil, nil, fmt.Errorf("series %d: %w", len(all), d.err)
		}
	}
	if d.err == nil && len(d.b) > 0 {
		d.fail(errors.New("something follows its end"))
	}
	return all, about, d.err
}

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.b = nil
}

func (d *decoder) number() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.fail(errShort)
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) signed() int64 { return unzigzag(d.number()) }

// count reads how many things follow. Each has a byte at least, so a short file cannot ask for much memory.
func (d *decoder) count() int {
	n := d.number()
	switch {
	case n > uint64(len(d.b)):
		d.fail(errShort)
	case n > maxSamples:
		d.fail(errMany)
	}
	if d.err != nil {
		return 0
	}
	return int(n)
}

func (d *decoder) take(n int) []byte {
	if n > len(d.b) {
		d.fail(errShort)
		return nil
	}
	taken := d.b[:n]
	d.b = d.b[n:]
	return taken
}

func (d *decoder) float() float64 {
	if b := d.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// of reads the number of a thing in a list.
func of[T any](d *decoder, list []T) (one T) {
	n := d.number()
	if d.err == nil && n >= uint64(len(list)) {
		d.fail(fmt.Errorf("it names thing %d of %d", n, len(list)))
	}
	if d.err != nil {
		return one
	}
	return list[n]
}

func (d *decoder) text() string { return of(d, d.texts) }

func (d *decoder) times() []int64 {
	all := make([]int64, d.count())
	var last, step int64
	for i := range all {
		step += d.signed()
		last += step
		all[i] = last
	}
	return all
}

func (d *decoder) series(timelines [][]int64) engine.Series {
	labels := map[string]string{}
	for range d.count() {
		name := d.text()
		labels[name] = d.text()
	}
	times := of(d, timelines)
	runs, floats := d.runs(len(times))
	if d.samples += len(times); d.samples > maxSamples {
		d.fail(errMany)
	}
	if len(times) > len(d.b) { // each sample has a byte at least
		d.fail(errShort)
	}
	if d.err != nil {
		return engine.Series{}
	}
	values := d.values(floats)
	samples := make([]engine.Sample, 0, len(times))
	var before *engine.Histogram
	for i, run := range runs {
		for range run {
			sample := engine.Sample{T: time.UnixMilli(times[len(samples)])}
			if i%2 == 1 {
				before = d.histogram(before)
				sample.H = before
			} else {
				sample.V, values = values[0], values[1:]
			}
			if d.err != nil {
				return engine.Series{}
			}
			samples = append(samples, sample)
		}
	}
	return engine.Series{Labels: labels, Samples: samples}
}

// runs reads how many values, histograms, values and so on follow each other, and counts the values.
func (d *decoder) runs(samples int) (runs []int, floats int) {
	for i := 0; ; i++ {
		run := d.number()
		if run > uint64(samples) || i > 0 && run == 0 {
			d.fail(errors.New("the samples of a series do not fit its times"))
		}
		if d.err != nil {
			return nil, 0
		}
		runs = append(runs, int(run))
		if i%2 == 0 {
			floats += int(run)
		}
		if samples -= int(run); samples == 0 {
			return runs, floats
		}
	}
}

func (d *decoder) values(n int) []float64 {
	if n == 0 {
		return nil
	}
	s := of(d, schemes)
	p := predictor{scheme: s}
	all := make([]float64, n)
	for i := range all {
		all[i] = d.value(s, p.next())
		p.saw(all[i])
	}
	return all
}

// value reads what scheme.append wrote.
func (d *decoder) value(s scheme, expected int64) float64 {
	code := d.number()
	switch {
	case s.bits:
		return s.value(int64(code) ^ expected)
	case code == 0:
		return d.float()
	}
	return s.value(expected + unzigzag(code-1))
}

func (d *decoder) histogram(before *engine.Histogram) *engine.Histogram {
	h := &engine.Histogram{}
	switch same := d.number(); {
	case same > 1 || same == 1 && before == nil:
		d.fail(errors.New("a histogram without buckets"))
		return nil
	case same == 1:
		h = before.Copy()
	default:
		d.layout(h)
		before = nil
	}
	s := scheme{}
	then := numbersOf(before)
	for i, place := range numbersOf(h) {
		var last int64
		if before != nil {
			last, _ = s.whole(*then[i])
		}
		*place = d.value(s, last)
	}
	if d.err == nil {
		if err := h.Validate(); err != nil {
			d.fail(err)
		}
	}
	return h
}

// layout reads all of a histogram but its numbers.
func (d *decoder) layout(h *engine.Histogram) {
	h.Schema = int32(d.signed())
	h.ZeroThreshold = d.float()
	h.CounterResetHint = engine.ResetHint(d.number())
	for _, spans := range []*[]engine.Span{&h.PositiveSpans, &h.NegativeSpans} {
		for range d.count() {
			*spans = append(*spans, engine.Span{Offset: int32(d.signed()), Length: uint32(d.number())})
		}
	}
	positive, negative, bounds := d.count(), d.count(), d.count()
	if positive+negative+bounds > len(d.b) {
		d.fail(errShort)
		return
	}
	h.PositiveBuckets, h.NegativeBuckets = zeros(positive), zeros(negative)
	for range bounds {
		h.CustomValues = append(h.CustomValues, d.float())
	}
}

// zeros returns nil for none, as histograms have it.
func zeros(n int) []float64 {
	if n == 0 {
		return nil
	}
	return make([]float64, n)
}
