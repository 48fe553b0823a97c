// Package server is the example service for the boards: a small shop over HTTP, instrumented with client_golang as Go
// teams do it, with OpenTelemetry's metrics of the Go runtime next to it. It has realistic latencies and errors, leak
// switches that trigger the alerts, and clients that keep it busy. A Server gets everything it needs from its caller
// and has no global state, so many can run in one process. It stores nothing on disk, knows nothing about dashboards,
// and sells nothing.
package server

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/sdk/metric"
)

// maxBody is the largest request body, in bytes. An order has about 40.
const maxBody = 16 << 10

// Options configure a Server. The zero value is a healthy service that logs nothing.
type Options struct {
	// Logger receives warnings and errors. Nil discards them.
	Logger *slog.Logger
	// Seed seeds the latencies and faults: servers with the same seed treat the same requests alike.
	Seed uint64
	// Wait waits for the simulated time of a request. It returns after d, or with the context's error as soon as the
	// context ends. Nil uses the clock; a test need not wait.
	Wait func(ctx context.Context, d time.Duration) error
	// Leak makes the service sick on purpose.
	Leak Leak
	// WithoutOTel disables OpenTelemetry's metrics of the Go runtime, which are otherwise exposed next to
	// client_golang's.
	WithoutOTel bool
}

// Server is the instrumented shop.
type Server struct {
	handler http.Handler
	logger  *slog.Logger
	leaks   *leaker
	otel    *metric.MeterProvider // nil without OpenTelemetry
}

// New returns a Server whose metrics, with those of the Go runtime and of the process, are in the registry. Each
// Server needs its own registry: existing metrics of these names are an error, and so is an invalid leak.
func New(registry *prometheus.Registry, options Options) (*Server, error) {
	logger := options.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	leaks, err := newLeaker(options.Leak, logger)
	if err != nil {
		return nil, err
	}
	if err := registerRuntime(registry); err != nil {
		return nil, err
	}
	wait := options.Wait
	if wait == nil {
		wait = sleep
	}
	pretence := &simulation{
		random: rand.New(rand.NewPCG(options.Seed, 0)),
		wait:   wait,
		leak:   leaks.Leak,
	}
	routes := routes(newShop(), pretence, leaks, exposition(registry, logger))
	metrics, err := newMetrics(registry, routes)
	if err != nil {
		return nil, err
	}
	// The limit on the body is outermost because it copies the request: the mux must set the pattern on the request
	// that is counted.
	handler := http.MaxBytesHandler(metrics.instrument(newMux(routes), logger), maxBody)
	s := &Server{handler: handler, logger: logger, leaks: leaks}
	if !options.WithoutOTel {
		if s.otel, err = registerOTel(registry); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Handler serves the shop's routes, /health and /metrics.
func (s *Server) Handler() http.Handler { return s.handler }

// Close frees everything that was leaked and returns when the last leaked goroutine has ended. A closed Server still
// answers, but leaks no more and does not expose OpenTelemetry's metrics.
func (s *Server) Close() {
	if s.otel != nil {
		_ = s.otel.Shutdown(context.Background()) // Its only error is that it was closed before.
	}
	s.leaks.close()
}
