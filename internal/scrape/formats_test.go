package scrape

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/rogpeppe/go-internal/diff"
)

// frozen gathers once, so that all formats show the same values.
func frozen(t testing.TB, registry *prometheus.Registry) prometheus.Gatherer {
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	return prometheus.GathererFunc(always(families))
}

// dotted asks for protobuf as Prometheus does not: with names that have dots.
const (
	allowUTF8 = ";escaping=allow-utf-8"
	dotted    = protobufType + ";proto=io.prometheus.client.MetricFamily;encoding=delimited" + allowUTF8
)

func always[T any](value T) func() (T, error) { return func() (T, error) { return value, nil } }

// sampler is a registry with every metric kind of client_golang, and with everything that Go's runtime exposes.
func sampler() *prometheus.Registry {
	registry := small()
	registry.MustRegister(collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsAll)))
	return registry
}

func small() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "requests_total", Help: "Quote \" slash \\ line\nend.",
	}, []string{"path", "code"})
	requests.WithLabelValues("/a\"b\\c\nd", "200").Add(3)
	requests.WithLabelValues("", "500").Inc()
	classic := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "classic_seconds", Buckets: []float64{0.5, 1, 10}})
	native := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "native_seconds", NativeHistogramBucketFactor: 1.1})
	both := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "both_seconds", Buckets: []float64{1}, NativeHistogramBucketFactor: 1.1,
	}, []string{"path"})
	both.WithLabelValues("/silent")
	summary := prometheus.NewSummary(prometheus.SummaryOpts{
		Name: "summary_bytes", Objectives: map[float64]float64{0.5: 0.1, 1: 0},
	})
	bare := prometheus.NewSummary(prometheus.SummaryOpts{Name: "bare_bytes"})
	for _, observer := range []prometheus.Observer{classic, native, both.WithLabelValues("/"), summary, bare} {
		for _, value := range []float64{0.2, 3, 44} {
			observer.Observe(value)
		}
	}
	gauge := prometheus.NewGauge(prometheus.GaugeOpts{Name: "dotted.name"})
	gauge.Set(-1.5)
	untyped := prometheus.NewUntypedFunc(prometheus.UntypedOpts{Name: "untyped"}, func() float64 { return 1e300 })
	registry.MustRegister(requests, classic, native, both, summary, bare, gauge, untyped)
	return registry
}

// TestFormatsAgree: the same service gives the same families and samples in all formats, except what only one format
// has: # UNIT and native histograms.
func TestFormatsAgree(t *testing.T) {
	server := httptest.NewServer(promhttp.HandlerFor(frozen(t, sampler()), promhttp.HandlerOpts{EnableOpenMetrics: true}))
	defer server.Close()
	want := outcome(common(fetchAs(t, server.URL, "text/plain;version=1.0.0;escaping=allow-utf-8")))
	for _, name := range []string{"counter \"go_memstats_alloc_bytes_total\"", "counter \"requests_total\"",
		"histogram \"both_seconds\"", "summary \"bare_bytes\"", "gauge \"dotted.name\"", "unknown \"untyped\""} {
		if !bytes.Contains([]byte(want), []byte(name)) {
			t.Errorf("text: no %s", name)
		}
	}
	if diff := difference(want, outcome(common(Fetch(t.Context(), nil, server.URL)))); diff != "" {
		t.Errorf("text and OpenMetrics differ:\n%s", diff)
	}
	if diff := difference(want, outcome(common(fetchAs(t, server.URL, dotted)))); diff != "" {
		t.Errorf("text and protobuf differ:\n%s", diff)
	}
}

// fetchAs fetches a page with an Accept header of its own.
func fetchAs(t *testing.T, url, accept string) ([]Family, error) {
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", accept)
	page, err := Reader{}.do(request)
	return page.Families, err
}

func fetchNative(ctx context.Context, client *http.Client, url string) ([]Family, error) {
	page, err := Reader{Client: client, Native: true}.Fetch(ctx, url)
	return page.Families, err
}

func difference(a, b string) string {
	return string(diff.Diff("a", []byte(a), "b", []byte(b)))
}

// common returns what all formats can express, in one order.
func common(families []Family, err error) ([]Family, error) {
	for i := range families {
		f := &families[i]
		f.Unit = ""
		f.Samples = slices.DeleteFunc(f.Samples, func(s Sample) bool { return s.Native != nil })
		slices.SortStableFunc(f.Samples, func(a, b Sample) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Labels.Get("path"), b.Labels.Get("path")))
		})
		// For a histogram with only native buckets, text has an +Inf bucket, and protobuf has no classic bucket.
		if f.Name == "native_seconds" {
			f.Samples = nil
		}
	}
	return families, err
}

func TestUnits(t *testing.T) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC)))
	server := httptest.NewServer(promhttp.HandlerFor(registry, promhttp.HandlerOpts{EnableOpenMetrics: true}))
	defer server.Close()
	for name, get := range map[string]func(context.Context, *http.Client, string) ([]Family, error){
		"OpenMetrics": Fetch, "protobuf": fetchNative,
	} {
		families, err := get(t.Context(), nil, server.URL)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, f := range families {
			if f.Name == "go_gc_heap_allocs_bytes_total" && f.Unit != "bytes" {
				t.Errorf("%s: %s has unit %q", name, f.Name, f.Unit)
			}
		}
	}
}

// TestNativeHistograms: native histograms come in protobuf, next to the classic samples of the same histogram.
func TestNativeHistograms(t *testing.T) {
	server := httptest.NewServer(promhttp.HandlerFor(sampler(), promhttp.HandlerOpts{}))
	defer server.Close()
	families, err := fetchNative(t.Context(), nil, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		var classic, native int
		for _, s := range f.Samples {
			if s.Native == nil {
				classic++
			} else if native++; s.Name != f.Name || s.Native.Count != 3 && s.Labels.Get("path") == "/" {
				t.Errorf("%s: native sample %s of %v observations", f.Name, s.Name, s.Native.Count)
			}
		}
		want := map[string][2]int{"both_seconds": {8, 2}, "native_seconds": {0, 1}, "classic_seconds": {6, 0}}
		if counts, ok := want[f.Name]; ok && counts != [2]int{classic, native} {
			t.Errorf("%s: %d classic and %d native samples, want %v", f.Name, classic, native, counts)
		}
	}
}

// TestGuess: a file has no Content-Type, so the page's content decides. testdata/app.txt is a real page of the app.
func TestGuess(t *testing.T) {
	gatherer := frozen(t, sampler())
	want := ""
	for _, accept := range []string{"text/plain", "application/openmetrics-text", dotted} {
		request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		request.Header.Set("Accept", strings.TrimSuffix(accept, allowUTF8)+allowUTF8)
		recorder := httptest.NewRecorder()
		promhttp.HandlerFor(gatherer, promhttp.HandlerOpts{EnableOpenMetrics: true}).ServeHTTP(recorder, request)
		got := outcome(common(Read(recorder.Body, "")))
		if want == "" {
			want = got
		}
		if diff := difference(want, got); diff != "" {
			t.Errorf("text and %s differ:\n%s", recorder.Header().Get("Content-Type"), diff)
		}
	}
	page, err := os.ReadFile("testdata/app.txt")
	if err != nil {
		t.Fatal(err)
	}
	families, err := Read(bytes.NewReader(page), "")
	if err != nil || len(families) < 100 {
		t.Errorf("the app's page: %d families, %v", len(families), err)
	}
}

func BenchmarkRead(b *testing.B) {
	page, err := os.ReadFile("testdata/app.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := Read(bytes.NewReader(page), "text/plain"); err != nil {
			b.Fatal(err)
		}
	}
}
