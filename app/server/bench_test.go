package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// deaf is a response writer that costs nothing.
type deaf struct{ header http.Header }

func (d deaf) Header() http.Header         { return d.header }
func (d deaf) WriteHeader(int)             {}
func (d deaf) Write(p []byte) (int, error) { return len(p), nil }

// BenchmarkInstrumentation compares the cost of one request with our metrics, with promhttp's in-flight, counter and
// duration handlers, and without metrics. promhttp gets the path curried, which is cheaper than reading it from the
// request.
func BenchmarkInstrumentation(b *testing.B) {
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	b.Run("bare", func(b *testing.B) { drive(b, bare) })
	b.Run("ours", func(b *testing.B) {
		m, err := newMetrics(prometheus.NewRegistry(), []route{{"GET", "/products", nil, bare}})
		if err != nil {
			b.Fatal(err)
		}
		drive(b, m.instrument(bare, slog.New(slog.DiscardHandler)))
	})
	b.Run("promhttp", func(b *testing.B) {
		inFlight := prometheus.NewGauge(prometheus.GaugeOpts{Name: "in_flight"})
		requests := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"},
			[]string{"path", "method", "code"})
		duration := prometheus.NewHistogramVec(durationOpts(), []string{"path", "method"})
		path := prometheus.Labels{"path": "/products"}
		drive(b, promhttp.InstrumentHandlerInFlight(inFlight,
			promhttp.InstrumentHandlerCounter(requests.MustCurryWith(path),
				promhttp.InstrumentHandlerDuration(duration.MustCurryWith(path), bare))))
	})
}

// BenchmarkScrape compares the cost of a scrape with and without OpenTelemetry's metrics.
func BenchmarkScrape(b *testing.B) {
	for name, without := range map[string]bool{"with-otel": false, "without": true} {
		b.Run(name, func(b *testing.B) {
			s, _ := start(b, Options{WithoutOTel: without})
			w, r := deaf{http.Header{}}, httptest.NewRequest("GET", "/metrics", nil)
			b.ReportAllocs()
			for b.Loop() {
				s.Handler().ServeHTTP(w, r)
			}
		})
	}
}

// BenchmarkRequest compares the cost of a request with and without OpenTelemetry's metrics: it is the same.
func BenchmarkRequest(b *testing.B) {
	for name, without := range map[string]bool{"with-otel": false, "without": true} {
		b.Run(name, func(b *testing.B) {
			s, _ := start(b, Options{Wait: instant, WithoutOTel: without})
			w, r := deaf{http.Header{}}, httptest.NewRequest("GET", "/products", nil)
			b.ReportAllocs()
			for b.Loop() {
				s.Handler().ServeHTTP(w, r)
			}
		})
	}
}

func drive(b *testing.B, h http.Handler) {
	w, r := deaf{http.Header{}}, httptest.NewRequest("GET", "/products", nil)
	r.Pattern = "GET /products"
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}
