package server

import (
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/contrib/instrumentation/runtime"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/sdk/metric"
)

// registerOTel adds OpenTelemetry's Go runtime metrics to the registry. They are computed only during scrapes, until
// the provider is shut down.
func registerOTel(registry *prometheus.Registry) (*metric.MeterProvider, error) {
	reader, err := exporter.New(exporter.WithRegisterer(registry), exporter.WithProducer(runtime.NewProducer(fresh)))
	if err != nil {
		return nil, fmt.Errorf("registering OpenTelemetry's metrics: %w", err)
	}
	provider := metric.NewMeterProvider(metric.WithReader(reader))
	if err := runtime.Start(runtime.WithMeterProvider(provider), fresh); err != nil {
		return nil, fmt.Errorf("starting OpenTelemetry's runtime metrics: %w", err)
	}
	return provider, nil
}

// fresh makes each scrape read the runtime, like client_golang's collectors. By default, values are up to 15 s old,
// more than a scrape interval. Zero would mean the default.
var fresh = runtime.WithMinimumReadMemStatsInterval(time.Nanosecond).(runtime.ProducerOption)
