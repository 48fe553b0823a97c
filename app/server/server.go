// Package server is the example service that the boards watch: a small shop over HTTP, instrumented with client_golang
// the way a Go team does it, with OpenTelemetry's metrics of the Go runtime beside it, latencies and errors that are
// believable, leak switches to bring about what alerts are for, and the traffic that keeps it busy. Everything a Server
// needs is passed in and it holds no global state, so many of them run in one process. It stores nothing, knows
// nothing of dashboards, and is no shop to sell with.
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

// maxBody bounds what a request may send, in bytes. An order has about 40.
const maxBody = 16 << 10

// Options are what a Server can be told. The zero value is a healthy service that logs nothing.
type Options struct {
	// Logger takes warnings and errors. Nil discards them.
	Logger *slog.Logger
	// Seed starts the random source of latencies and faults: servers with one seed treat one sequence of requests alike.
	Seed uint64
	// Wait lets the time of a request pass: it returns after d, or with the context's error as soon as that ends. Nil
	// waits by the clock; a test need not wait at all.
	Wait func(ctx context.Context, d time.Duration) error
	// Leak makes the service sick on purpose.
	Leak Leak
	// WithoutOTel leaves out OpenTelemetry's metrics of the Go runtime, which are exposed beside client_golang's.
	WithoutOTel bool
}

// Server is the instrumented shop.
type Server struct {
	handler http.Handler
	logger  *slog.Logger
	leaks   *leaker
	otel    *metric.MeterProvider // nil without OpenTelemetry
}

// New makes a Server whose metrics, with those of the Go runtime and of the process, are in the registry. It fails on a
// leak that makes no sense and on a registry that has such metrics already: each Server needs one of its own.
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
	// The limit on the body is outermost: it copies the request, and the pattern must be set on the one that is counted.
	handler := http.MaxBytesHandler(metrics.instrument(newMux(routes), logger), maxBody)
	s := &Server{handler: handler, logger: logger, leaks: leaks}
	if !options.WithoutOTel {
		if s.otel, err = registerOTel(registry); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Handler answers the shop's routes, /health and /metrics.
func (s *Server) Handler() http.Handler { return s.handler }

// Close lets go of everything that was leaked and returns when the last leaked goroutine has ended. A closed Server
// still answers, leaks no more, and exposes nothing of OpenTelemetry's.
func (s *Server) Close() {
	if s.otel != nil {
		_ = s.otel.Shutdown(context.Background()) // It can only say that it was closed before.
	}
	s.leaks.close()
}
