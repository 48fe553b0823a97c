package recorded

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/histogram"

	"gaugewright/internal/engine"
	"gaugewright/internal/scrape"
)

var start = time.UnixMilli(1_700_000_000_000)

func newEngine(t testing.TB, series ...engine.Series) *engine.Engine {
	t.Helper()
	e, err := engine.New(series)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func write(t testing.TB, e *engine.Engine) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, e); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// described is everything that an engine holds, each value with its bits.
func described(e *engine.Engine) string {
	var b strings.Builder
	for _, series := range e.Stored() {
		fmt.Fprintln(&b, series.Labels)
		for _, s := range series.Samples {
			fmt.Fprintf(&b, "\t%d %x", s.T.UnixMilli(), math.Float64bits(s.V))
			if h := s.H; h != nil {
				fmt.Fprintf(&b, " %d %d %v %v %v %v", h.CounterResetHint, h.Schema, h.ZeroThreshold, h.PositiveSpans,
					h.NegativeSpans, h.CustomValues)
				for _, place := range numbersOf(h) {
					fmt.Fprintf(&b, " %x", math.Float64bits(*place))
				}
			}
			fmt.Fprintln(&b)
		}
	}
	fmt.Fprintln(&b, e.Metadata())
	return b.String()
}

// odd are the values that no difference describes, and those at the ends of what one does.
var odd = []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 1e-9, 1e300, math.MaxFloat64, math.SmallestNonzeroFloat64, 1 << 53,
	-(1 << 53), 1<<53 - 1, math.Inf(1), math.Inf(-1), math.NaN(), math.Float64frombits(0x7ff8000000000123), engine.Stale()}

// shapes are ways in which a series goes on.
var shapes = []func(r *rand.Rand, before float64) float64{
	func(_ *rand.Rand, before float64) float64 { return before },
	func(r *rand.Rand, before float64) float64 { return before + float64(r.IntN(20)) },
	func(r *rand.Rand, _ float64) float64 { return math.Round(r.Float64()*1e9) / 1e9 },
	func(r *rand.Rand, before float64) float64 { return before + r.ExpFloat64() },
	func(r *rand.Rand, _ float64) float64 { return odd[r.IntN(len(odd))] },
	func(r *rand.Rand, _ float64) float64 { return math.Float64frombits(r.Uint64()) },
}

func randomHistogram(r *rand.Rand) *histogram.FloatHistogram {
	n := 1 + r.IntN(4)
	h := &histogram.FloatHistogram{Schema: int32(r.IntN(9)), ZeroThreshold: 1e-128, ZeroCount: float64(r.IntN(3)),
		PositiveSpans: []histogram.Span{{Offset: int32(r.IntN(9) - 4), Length: uint32(n)}}, Sum: odd[r.IntN(len(odd))],
		CounterResetHint: histogram.CounterResetHint(r.IntN(4))}
	if r.IntN(3) == 0 {
		h = &histogram.FloatHistogram{Schema: histogram.CustomBucketsSchema, CustomValues: []float64{0.5, 1, 2, 4},
			PositiveSpans: []histogram.Span{{Length: uint32(n)}}}
	}
	h.Count = h.ZeroCount
	for range n {
		h.PositiveBuckets = append(h.PositiveBuckets, float64(r.IntN(100)))
		h.Count += h.PositiveBuckets[len(h.PositiveBuckets)-1]
	}
	return h
}

// random returns an engine with series of all shapes, some with gaps, some with histograms between the values.
func random(t testing.TB, r *rand.Rand) *engine.Engine {
	var all []engine.Series
	for i := range r.IntN(20) {
		series := engine.Series{Labels: map[string]string{"__name__": fmt.Sprintf("m%d", i%3), "i": fmt.Sprint(i), "ü.": "\n"}}
		at, value, shape := start, odd[r.IntN(len(odd))], shapes[r.IntN(len(shapes))]
		native := r.IntN(3)
		for range r.IntN(50) {
			sample := engine.Sample{T: at, V: value}
			if native == 1 && r.IntN(3) == 0 || native == 2 {
				sample = engine.Sample{T: at, H: randomHistogram(r)}
			}
			series.Samples = append(series.Samples, sample)
			if at = at.Add(10 * time.Second); r.IntN(10) == 0 {
				at = at.Add(time.Duration(r.IntN(1e6)) * time.Millisecond)
			}
			if value = shape(r, value); r.IntN(20) == 0 {
				value = odd[r.IntN(len(odd))]
			}
		}
		all = append(all, series)
	}
	e := newEngine(t, all...)
	e.Describe(map[string]engine.Metadata{"m0": {Kind: scrape.Counter, Help: "Two\nlines.", Unit: "bytes"}, "m1": {}})
	return e
}

// TestRoundTrip: what is written is read back, bit for bit, and written again as the same bytes.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		e := random(t, rand.New(rand.NewPCG(seed, 0)))
		file := write(t, e)
		run, err := Read(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if got, want := described(run.Engine), described(e); got != want {
			t.Fatalf("seed %d: read\n%s\nwritten\n%s", seed, got, want)
		}
		if !bytes.Equal(write(t, run.Engine), file) {
			t.Fatalf("seed %d: written again, the bytes differ", seed)
		}
	}
}

func TestTimes(t *testing.T) {
	run, err := Read(bytes.NewReader(write(t, newEngine(t))))
	if err != nil || !run.Start.IsZero() || !run.End.IsZero() {
		t.Errorf("of nothing: %v to %v, %v", run.Start, run.End, err)
	}
	sample := func(second int) engine.Sample {
		return engine.Sample{T: start.Add(time.Duration(second) * time.Second)}
	}
	run, err = Read(bytes.NewReader(write(t, newEngine(t,
		engine.Series{Labels: map[string]string{"__name__": "a"}, Samples: []engine.Sample{sample(5), sample(6)}},
		engine.Series{Labels: map[string]string{"__name__": "b"}, Samples: []engine.Sample{sample(3), sample(4)}},
	))))
	if err != nil || !run.Start.Equal(sample(3).T) || !run.End.Equal(sample(6).T) {
		t.Errorf("%v to %v, %v", run.Start, run.End, err)
	}
}

// TestReplay: a query at the run's clock has the same answer, in the same order, as before.
func TestReplay(t *testing.T) {
	t.Parallel()
	e := hour(t, 1)
	run, err := Read(bytes.NewReader(write(t, e)))
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		`topk(3, up)`, `sum by (path) (rate(shop_requests_total[5m]))`, `count({__name__=~".+"})`, `histogram_quantile(0.9, rate(shop_size[5m]))`,
	} {
		want, err := e.Range(t.Context(), query, run.Start, run.End, time.Minute)
		if err != nil || len(want.Series) == 0 {
			t.Fatal(query, err)
		}
		got, err := run.Engine.Range(t.Context(), query, run.Start, run.End, time.Minute)
		if err != nil || !reflect.DeepEqual(got.Series, want.Series) {
			t.Errorf("%s: %v\ngot  %v\nwant %v", query, err, got.Series, want.Series)
		}
	}
}

// hour is the shape of an hour of the app at 10 seconds: of its 830 series half never change, most others are counts, and
// the rest are bytes and seconds with all their digits.
func hour(t testing.TB, instances int) *engine.Engine {
	e := newEngine(t)
	r := rand.New(rand.NewPCG(1, 2))
	native := make([]*histogram.FloatHistogram, 10)
	for i := range native {
		native[i] = &histogram.FloatHistogram{Schema: 3, ZeroThreshold: 1e-128,
			PositiveSpans: []histogram.Span{{Length: 20}}, PositiveBuckets: make([]float64, 20)}
	}
	values := make([]float64, instances*1000)
	for scrapes := range 360 {
		for instance := range instances {
			var families []scrape.Family
			family := func(name string, kind scrape.Kind, series int, next func(value float64) float64) {
				f := scrape.Family{Name: name, Kind: kind, Help: "What " + name + " is."}
				for i := range series {
					place := &values[instance*1000+len(families)*150+i]
					*place = next(*place)
					f.Samples = append(f.Samples, scrape.Sample{Name: name, Value: *place,
						Labels: scrape.Labels{{Name: "path", Value: fmt.Sprintf("/orders/%d", i)}}})
				}
				families = append(families, f)
			}
			often := func(n int) func(float64) float64 { return func(v float64) float64 { return v + float64(r.IntN(n)) } }
			family("shop_idle_total", scrape.Counter, 150, often(1))
			family("shop_errors_total", scrape.Counter, 150, often(1))
			family("shop_idle_bytes", scrape.Gauge, 120, often(1))
			family("shop_requests_total", scrape.Counter, 150, often(3))
			family("shop_wait_bucket", scrape.Counter, 150, often(2))
			family("go_heap_bytes", scrape.Gauge, 25, func(float64) float64 { return float64(20<<20 + r.IntN(1<<20)*16) })
			f := scrape.Family{Name: "shop_size", Kind: scrape.Histogram}
			for i, h := range native {
				h.PositiveBuckets[r.IntN(20)]++
				h.Count++
				h.Sum += r.ExpFloat64()
				f.Samples = append(f.Samples, scrape.Sample{Name: "shop_size", Native: h.Copy(),
					Labels: scrape.Labels{{Name: "path", Value: fmt.Sprint(i)}}})
			}
			families = append(families, f)
			at := start.Add(time.Duration(scrapes) * 10 * time.Second)
			target := map[string]string{"job": "shop", "instance": fmt.Sprint(instance)}
			e.Scrape(at, target, families, nil, time.Duration(r.IntN(1e6))*time.Microsecond)
			seconds := r.ExpFloat64()
			for i := range 20 {
				values[instance*1000+900+i] += seconds * r.Float64()
				series := map[string]string{"__name__": "go_cpu_seconds_total", "i": fmt.Sprint(i), "instance": fmt.Sprint(instance)}
				if err := e.Append(series, engine.Sample{T: at, V: values[instance*1000+900+i]}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return e
}

func TestSize(t *testing.T) {
	t.Parallel()
	e := hour(t, 3)
	samples := 0
	for _, series := range e.Stored() {
		samples += len(series.Samples)
	}
	file := write(t, e)
	t.Logf("%d samples: %d bytes, %.2f a sample", samples, len(file), float64(len(file))/float64(samples))
	if samples < 800_000 || len(file) > 500_000 {
		t.Errorf("%d samples have %d bytes, more than 500 KB", samples, len(file))
	}
}
