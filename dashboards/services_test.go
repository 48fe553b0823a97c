package dashboards_test

import (
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	prom "github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"gaugewright/app/server"
	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/metric/golang/golangtest"
)

// service is a service with other instrumentation than our app, and its target.
type service struct {
	target  dashboards.Target
	handler func(testing.TB) http.Handler // every path but /metrics is traffic
}

// services are one of each kind that the boards are made for.
func services() map[string]service {
	with := func(t dashboards.Target, exposes metric.Catalogue) dashboards.Target {
		t.Job, t.Address, t.Exposes = "shop", "shop:8080", exposes
		return t
	}
	otel := dashboards.OpenTelemetry
	limited := append(slices.Clone(golang.OTelRuntime), metric.Family(golang.GoMemoryLimitBytes))
	client := func(drop ...string) func(testing.TB) http.Handler {
		return func(t testing.TB) http.Handler { return clientGolang(t, counted, drop...) }
	}
	dropped := []string{"go_gc_gogc_percent", "go_gc_gomemlimit_bytes", "go_sched_gomaxprocs_threads"}
	return map[string]service{
		"everything":                  {everywhere(), limitedTo(1<<40, everything)},
		"our app":                     {dashboards.App, ours(server.Options{})},
		"our app without OTel":        {full(), ours(server.Options{WithoutOTel: true})},
		"default collector":           {with(dashboards.Promhttp, golang.DefaultCollector), client()},
		"collector before 1.20":       {with(dashboards.Promhttp, golang.OldCollector), client(dropped...)},
		"OTel":                        {with(otel, golang.OTelRuntime), openTelemetry("go_", "http_", "target_")},
		"OTel with GOMEMLIMIT":        {with(otel, limited), limitedTo(1<<30, openTelemetry("go_", "http_", "target_"))},
		"OTel's older names":          {with(otel, golang.OTelDeprecated), openTelemetry("process_", "http_", "target_", "runtime_")},
		"errors apart from successes": {with(disjoint(), golang.DefaultCollector), func(t testing.TB) http.Handler { return clientGolang(t, apart) }},
		"errors without a status":     {with(unclassed(), golang.DefaultCollector), func(t testing.TB) http.Handler { return clientGolang(t, blurred) }},
		"no HTTP":                     {with(silent(), golang.DefaultCollector), func(t testing.TB) http.Handler { return clientGolang(t, nil) }},
	}
}

// oddServices name and split their HTTP metrics differently; the rest is as for a kind in services.
func oddServices() map[string]service {
	word := dashboards.Promhttp
	word.HTTP = dashboards.HTTPNames{
		Requests: metric.Counter{Name: "rpc_calls_total", Labels: []metric.Label{"outcome", "procedure"}},
		Path:     "procedure", Status: "outcome", ServerError: "error",
	}
	scattered := dashboards.Promhttp
	scattered.HTTP = dashboards.HTTPNames{
		Requests: metric.Counter{Name: "api_calls_total", Labels: []metric.Label{"endpoint"}},
		Errors:   metric.Counter{Name: "api_errors_total", Labels: []metric.Label{"code"}},
		Duration: metric.Histogram{Name: "api_call_duration_milliseconds", Unit: metric.Milliseconds},
		Path:     "endpoint", Status: "code", Probes: []string{"/health"},
	}
	took := metric.Histogram{
		Name: "latency_seconds", Unit: metric.Seconds, Labels: []metric.Label{"route", "status_code", "verb"}, Buckets: []float64{0.1, 0.5, 1},
	}
	timed := dashboards.Promhttp
	timed.HTTP = dashboards.HTTPNames{Requests: took.Count(), Duration: took, Path: "route", Method: "verb", Status: "status_code"}
	all := map[string]service{
		"counts of a histogram alone":                      {timed, func(t testing.TB) http.Handler { return clientGolang(t, onlyTimed) }},
		"failures by a word":                               {word, func(t testing.TB) http.Handler { return clientGolang(t, spoken) }},
		"path on requests, status on errors, milliseconds": {scattered, func(t testing.TB) http.Handler { return clientGolang(t, apiCalls) }},
	}
	clustered := dashboards.Promhttp
	clustered.Identity = []metric.Label{"cluster", metric.JobLabel, metric.InstanceLabel}
	clustered.Labels = map[string]string{"cluster": "north"}
	all["one of several clusters"] = service{clustered, func(t testing.TB) http.Handler { return clientGolang(t, counted) }}
	for name, s := range all {
		s.target.Job, s.target.Address = "shop", "shop:8080"
		all[name] = s
	}
	return all
}

func full() dashboards.Target {
	t := dashboards.App
	t.Exposes = golang.FullCollector
	return t
}

// disjoint counts successes and failures separately, as a widespread guide for Go services does.
func disjoint() dashboards.Target {
	t := dashboards.Promhttp
	t.HTTP.Errors = metric.Counter{Name: "http_request_errors_total", Labels: t.HTTP.Requests.Labels}
	t.HTTP.Disjoint = true
	return t
}

// unclassed counts errors without status and path, and has no durations.
func unclassed() dashboards.Target {
	t := dashboards.Promhttp
	t.HTTP = dashboards.HTTPNames{
		Requests: metric.Counter{Name: "requests_total"}, Errors: metric.Counter{Name: "errors_total"},
	}
	return t
}

func silent() dashboards.Target {
	t := dashboards.Promhttp
	t.HTTP = dashboards.HTTPNames{}
	return t
}

// answered is called for each answered request.
type answered func(registry *prom.Registry) func(path string, status int, took time.Duration)

// clientGolang is a service with client_golang's default collectors and the given HTTP metrics. It leaves out some
// families, as older versions do.
func clientGolang(t testing.TB, of answered, drop ...string) http.Handler {
	t.Helper()
	registry := prom.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	observe := func(string, int, time.Duration) {}
	if of != nil {
		observe = of(registry)
	}
	kept := only(registry, func(name string) bool { return !slices.Contains(drop, name) })
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(kept, promhttp.HandlerOpts{}))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		status := pretend(w)
		observe(r.URL.Path, status, time.Since(start))
	})
	return mux
}

// pretend answers something, and sometimes an error.
func pretend(w http.ResponseWriter) (status int) {
	status = []int{200, 200, 200, 404, 500}[rand.IntN(5)]
	w.WriteHeader(status)
	return status
}

// only returns the registry's families whose names keep accepts.
func only(g prom.Gatherer, keep func(string) bool) prom.Gatherer {
	return prom.GathererFunc(func() ([]*dto.MetricFamily, error) {
		families, err := g.Gather()
		return slices.DeleteFunc(families, func(f *dto.MetricFamily) bool { return !keep(f.GetName()) }), err
	})
}

// counted has http_requests_total{code,handler} and http_request_duration_seconds{handler}.
func counted(registry *prom.Registry) func(string, int, time.Duration) {
	requests := prom.NewCounterVec(prom.CounterOpts{Name: "http_requests_total"}, []string{"code", "handler"})
	duration := prom.NewHistogramVec(prom.HistogramOpts{Name: "http_request_duration_seconds"}, []string{"handler"})
	registry.MustRegister(requests, duration)
	return func(path string, status int, took time.Duration) {
		requests.WithLabelValues(strconv.Itoa(status), path).Inc()
		duration.WithLabelValues(path).Observe(took.Seconds())
	}
}

// apart counts failures only in a separate counter.
func apart(registry *prom.Registry) func(string, int, time.Duration) {
	observe := counted(registry)
	errors := prom.NewCounterVec(prom.CounterOpts{Name: "http_request_errors_total"}, []string{"code", "handler"})
	registry.MustRegister(errors)
	return func(path string, status int, took time.Duration) {
		if status >= 400 {
			errors.WithLabelValues(strconv.Itoa(status), path).Inc()
			return
		}
		observe(path, status, took)
	}
}

// blurred has two counters without labels.
func blurred(registry *prom.Registry) func(string, int, time.Duration) {
	requests, errors := prom.NewCounter(prom.CounterOpts{Name: "requests_total"}), prom.NewCounter(prom.CounterOpts{Name: "errors_total"})
	registry.MustRegister(requests, errors)
	return func(_ string, status int, _ time.Duration) {
		requests.Inc()
		if status >= 500 {
			errors.Inc()
		}
	}
}

// spoken returns how a call ended, in a word.
func spoken(registry *prom.Registry) func(string, int, time.Duration) {
	calls := prom.NewCounterVec(prom.CounterOpts{Name: "rpc_calls_total"}, []string{"outcome", "procedure"})
	registry.MustRegister(calls)
	return func(path string, status int, _ time.Duration) {
		outcome := "ok"
		if status >= 500 {
			outcome = "error"
		}
		calls.WithLabelValues(outcome, path).Inc()
	}
}

// onlyTimed has a histogram and no counter.
func onlyTimed(registry *prom.Registry) func(string, int, time.Duration) {
	took := prom.NewHistogramVec(prom.HistogramOpts{Name: "latency_seconds", Buckets: []float64{0.1, 0.5, 1}},
		[]string{"route", "status_code", "verb"})
	registry.MustRegister(took)
	return func(path string, status int, d time.Duration) {
		took.WithLabelValues(path, strconv.Itoa(status), "GET").Observe(d.Seconds())
	}
}

// apiCalls counts calls by path, errors by status, and times in milliseconds without labels.
func apiCalls(registry *prom.Registry) func(string, int, time.Duration) {
	calls := prom.NewCounterVec(prom.CounterOpts{Name: "api_calls_total"}, []string{"endpoint"})
	errors := prom.NewCounterVec(prom.CounterOpts{Name: "api_errors_total"}, []string{"code"})
	took := prom.NewHistogram(prom.HistogramOpts{Name: "api_call_duration_milliseconds", Buckets: []float64{1, 10, 100, 1000}})
	registry.MustRegister(calls, errors, took)
	return func(path string, status int, d time.Duration) {
		calls.WithLabelValues(path).Inc()
		took.Observe(1000 * d.Seconds())
		if status >= 400 {
			errors.WithLabelValues(strconv.Itoa(status)).Inc()
		}
	}
}

// ours is the app.
func ours(options server.Options) func(testing.TB) http.Handler {
	return func(t testing.TB) http.Handler {
		s, err := server.New(prom.NewRegistry(), options)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return s.Handler()
	}
}

// everywhere is our app with all metrics of any Go service.
func everywhere() dashboards.Target {
	t := dashboards.App
	t.Exposes = golang.All
	return t
}

// everything is our app with OpenTelemetry's metrics in every spelling. No real service has them all.
func everything(t testing.TB) http.Handler {
	registry := prom.NewRegistry()
	s, err := server.New(registry, server.Options{WithoutOTel: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	golangtest.OpenTelemetry(t, registry)
	golangtest.Unsuffixed(t, registry)
	return s.Handler()
}

// openTelemetry is a service with otelhttp and OpenTelemetry's runtime metrics, limited to names with the prefixes.
func openTelemetry(prefixes ...string) func(testing.TB) http.Handler {
	return func(t testing.TB) http.Handler {
		registry := prom.NewRegistry()
		provider := golangtest.OpenTelemetry(t, registry)
		mux := http.NewServeMux()
		mux.Handle("/metrics", promhttp.HandlerFor(only(registry, func(name string) bool {
			return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
		}), promhttp.HandlerOpts{}))
		shop := http.NewServeMux()
		shop.HandleFunc("GET /products/{id}", func(w http.ResponseWriter, _ *http.Request) { pretend(w) })
		shop.HandleFunc("GET /orders", func(w http.ResponseWriter, _ *http.Request) { pretend(w) })
		mux.Handle("/", otelhttp.NewHandler(shop, "shop", otelhttp.WithMeterProvider(provider)))
		return mux
	}
}

// limitedTo sets GOMEMLIMIT while the test runs.
func limitedTo(limit int64, handler func(testing.TB) http.Handler) func(testing.TB) http.Handler {
	return func(t testing.TB) http.Handler {
		before := debug.SetMemoryLimit(limit)
		t.Cleanup(func() { debug.SetMemoryLimit(before) })
		return handler(t)
	}
}
