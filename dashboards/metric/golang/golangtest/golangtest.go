// Package golangtest is a service for tests that exposes every metric which the catalogue golang lists: client_golang's
// collectors with all that the boards use of the runtime, and OpenTelemetry's runtime metrics in every spelling. No real
// service has them all. It says nothing of HTTP metrics.
package golangtest

import (
	"math"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/otlptranslator"
	otelruntime "go.opentelemetry.io/contrib/instrumentation/runtime"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/sdk/metric"
)

// Register puts all of these metrics into the registry, for as long as the test runs. It sets a memory limit and variables
// of OpenTelemetry's in this process, so the test cannot be parallel.
func Register(t testing.TB, registry *prometheus.Registry) {
	t.Helper()
	Plain(t)
	debug.SetMemoryLimit(1 << 40) // Without a limit there is no go_memory_limit_bytes.
	registry.MustRegister(
		collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(
			collectors.MetricsGC, collectors.MetricsMemory, collectors.MetricsScheduler,
			collectors.GoRuntimeMetricsRule{Matcher: regexp.MustCompile(`^/(cpu/classes|cgo|sync)/`)},
		)),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewBuildInfoCollector(),
	)
	OpenTelemetry(t, registry)
	Unsuffixed(t, registry)
	runtime.GC() // Some metrics have their series after the first collection.
}

// Page is the handler of a registry's /metrics, with its own metrics: promhttp_*.
func Page(registry *prometheus.Registry) http.Handler {
	return promhttp.InstrumentMetricHandler(registry, promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry}))
}

// Plain takes away, until the test ends, what a developer's shell may say and Go services heed: OpenTelemetry's variables,
// which add labels and leave out families, and a memory limit, which adds one.
func Plain(t testing.TB) {
	t.Helper()
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "OTEL_") {
			t.Setenv(name, "") // restores it afterwards
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	limit := debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() { debug.SetMemoryLimit(limit) })
}

// OpenTelemetry registers the runtime metrics by their current names and by their older ones, as an exporter calls them by
// default, and returns the provider.
func OpenTelemetry(t testing.TB, registry *prometheus.Registry) *metric.MeterProvider {
	t.Helper()
	return start(t, []exporter.Option{
		exporter.WithRegisterer(registry), exporter.WithProducer(otelruntime.NewProducer(fresh)),
	})
}

// unsuffixed are the older metrics whose names have no unit where the exporter adds none. All others would be there twice.
var unsuffixed = map[string]bool{
	"process.runtime.go.gc.pause_ns":       true,
	"process.runtime.go.mem.heap_alloc":    true,
	"process.runtime.go.mem.heap_idle":     true,
	"process.runtime.go.mem.heap_inuse":    true,
	"process.runtime.go.mem.heap_released": true,
	"process.runtime.go.mem.heap_sys":      true,
}

// Unsuffixed registers those of the older names that differ where an exporter adds no units.
func Unsuffixed(t testing.TB, registry *prometheus.Registry) {
	t.Helper()
	start(t, []exporter.Option{
		exporter.WithRegisterer(registry), exporter.WithoutTargetInfo(),
		exporter.WithTranslationStrategy(otlptranslator.UnderscoreEscapingWithoutSuffixes),
	}, func(i metric.Instrument) (metric.Stream, bool) {
		return metric.Stream{Aggregation: metric.AggregationDrop{}}, !unsuffixed[i.Name]
	})
}

// fresh makes each scrape read the runtime. By default values are up to 15 s old.
var fresh = otelruntime.WithMinimumReadMemStatsInterval(time.Nanosecond).(otelruntime.ProducerOption)

// start exposes the runtime metrics through an exporter. Views are the provider's, so each exporter has its own.
func start(t testing.TB, options []exporter.Option, views ...metric.View) *metric.MeterProvider {
	t.Helper()
	t.Setenv("OTEL_GO_X_DEPRECATED_RUNTIME_METRICS", "true")
	reader, err := exporter.New(options...)
	if err != nil {
		t.Fatal(err)
	}
	provider := metric.NewMeterProvider(metric.WithReader(reader), metric.WithView(views...))
	t.Cleanup(func() { _ = provider.Shutdown(t.Context()) })
	if err := otelruntime.Start(otelruntime.WithMeterProvider(provider), fresh); err != nil {
		t.Fatal(err)
	}
	return provider
}
