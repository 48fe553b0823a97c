package server

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/otlptranslator"
	"go.opentelemetry.io/contrib/instrumentation/runtime"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/sdk/metric"
)

// olderFamily is the variable at which the library looks, on starting, for whether to expose process_runtime_go_* too:
// https://pkg.go.dev/go.opentelemetry.io/contrib/instrumentation/runtime. It has no other switch for it.
const olderFamily = "OTEL_GO_X_DEPRECATED_RUNTIME_METRICS"

// unsuffixed are the metrics that boards in the wild also know by the names of an exporter that adds no units, such as
// process_runtime_go_mem_heap_alloc. All others would have the same name twice, or one that nobody uses.
var unsuffixed = map[string]bool{
	"process.runtime.go.gc.pause_ns":       true,
	"process.runtime.go.mem.heap_alloc":    true,
	"process.runtime.go.mem.heap_idle":     true,
	"process.runtime.go.mem.heap_inuse":    true,
	"process.runtime.go.mem.heap_released": true,
	"process.runtime.go.mem.heap_sys":      true,
}

// telemetry is what OpenTelemetry tells of the Go runtime. It works while it is scraped and at no other time.
type telemetry []*metric.MeterProvider

// newTelemetry puts OpenTelemetry's Go runtime metrics into the registry: the current family, and the older one under
// the names of both kinds of exporter unless the environment says otherwise. An exporter has one way of naming, so
// there is a second one, with a provider of its own because views are the provider's.
func newTelemetry(registry *prometheus.Registry) (telemetry, error) {
	var t telemetry
	register := exporter.WithRegisterer(serialRegisterer{registry})
	for _, naming := range []struct {
		exporter []exporter.Option
		views    []metric.View
	}{
		{exporter: []exporter.Option{exporter.WithProducer(runtime.NewProducer(fresh))}},
		{
			exporter: []exporter.Option{
				exporter.WithTranslationStrategy(otlptranslator.UnderscoreEscapingWithoutSuffixes),
				exporter.WithoutTargetInfo(),
			},
			views: []metric.View{onlyUnsuffixed},
		},
	} {
		reader, err := exporter.New(append(naming.exporter, register)...)
		if err != nil {
			return nil, fmt.Errorf("registering OpenTelemetry's metrics: %w", err)
		}
		provider := metric.NewMeterProvider(metric.WithReader(reader), metric.WithView(naming.views...))
		t = append(t, provider)
		if err := startRuntime(provider); err != nil {
			t.close()
			return nil, fmt.Errorf("starting OpenTelemetry's runtime metrics: %w", err)
		}
	}
	return t, nil
}

// fresh makes each scrape read the runtime, as client_golang's collectors do. By default values are up to 15 s old,
// more than a scrape interval. Zero would mean the default.
var fresh = runtime.WithMinimumReadMemStatsInterval(time.Nanosecond).(runtime.ProducerOption)

func onlyUnsuffixed(i metric.Instrument) (metric.Stream, bool) {
	return metric.Stream{Aggregation: metric.AggregationDrop{}}, !unsuffixed[i.Name]
}

// environment is locked while the variable is set, which every New does for a moment.
var environment sync.Mutex

// startRuntime starts the library with its older family, unless the user's environment has a word on that. It leaves
// the environment as it was.
func startRuntime(provider *metric.MeterProvider) error {
	environment.Lock()
	defer environment.Unlock()
	if _, set := os.LookupEnv(olderFamily); !set {
		if err := os.Setenv(olderFamily, "true"); err != nil {
			return err
		}
		defer os.Unsetenv(olderFamily)
	}
	return runtime.Start(runtime.WithMeterProvider(provider), fresh)
}

// close makes the exporters fall silent; the registry that they are in is fine without them.
func (t telemetry) close() {
	for _, provider := range t {
		_ = provider.Shutdown(context.Background()) // It can only say that it was closed before.
	}
}

// serialRegisterer makes the collectors that are registered through it collect for one scrape at a time: the buckets
// of runtime.Producer's histogram are its buffer, which the next scrape overwrites.
type serialRegisterer struct{ prometheus.Registerer }

func (r serialRegisterer) Register(c prometheus.Collector) error {
	return r.Registerer.Register(&serialCollector{Collector: c})
}

type serialCollector struct {
	prometheus.Collector
	mu sync.Mutex
}

func (c *serialCollector) Collect(metrics chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Collector.Collect(metrics)
}
