package server

import (
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Hard limits: a forgotten leak must not take down the machine.
const (
	maxLeakMemory     = 512 << 20 // bytes in all: above a limit of 256 MiB, harmless to a laptop
	maxLeakGoroutines = 20_000    // in all; with their stacks about 50 MiB
	maxLeakErrors     = 1.0
	maxLeakSlow       = 5 * time.Second
)

// Leak makes the service sick, to try boards and alerts. It is set at the start; no request changes it. Values above
// a limit are lowered to it. An order request is one to /orders or below.
type Leak struct {
	Memory     int           // bytes kept by each order request, up to 512 MiB in all
	Goroutines int           // goroutines left behind by each order request, up to 20,000 in all
	Errors     float64       // share of requests that answer 500, without /health and /metrics, up to 1
	Slow       time.Duration // added to each request, without /health and /metrics, up to 5 s
}

func (l Leak) capped() (Leak, error) {
	// This form also refuses a share that is not a number.
	if l.Memory < 0 || l.Goroutines < 0 || !(l.Errors >= 0) || l.Slow < 0 {
		return Leak{}, errors.New("a leak cannot be negative: give bytes, a number, a share from 0 to 1, or a duration")
	}
	return Leak{
		Memory:     min(l.Memory, maxLeakMemory),
		Goroutines: min(l.Goroutines, maxLeakGoroutines),
		Errors:     min(l.Errors, maxLeakErrors),
		Slow:       min(l.Slow, maxLeakSlow),
	}, nil
}

// leaker holds what was leaked.
type leaker struct {
	Leak
	logger *slog.Logger
	done   chan struct{} // closed to end the leaked goroutines
	ended  sync.WaitGroup

	mu         sync.Mutex
	closed     bool
	kept       [][]byte
	bytes      int // length of everything kept
	goroutines int
}

func newLeaker(l Leak, logger *slog.Logger) (*leaker, error) {
	l, err := l.capped()
	if err != nil {
		return nil, err
	}
	if l != (Leak{}) {
		logger.Warn("this service is sick on purpose: a leak is switched on",
			"bytes_an_order", l.Memory, "goroutines_an_order", l.Goroutines, "errors", l.Errors, "slow", l.Slow,
			"most_bytes", maxLeakMemory, "most_goroutines", maxLeakGoroutines)
	}
	return &leaker{Leak: l, logger: logger, done: make(chan struct{})}, nil
}

// handler returns next with the leak of an order request before it.
func (l *leaker) handler(next http.Handler) http.Handler {
	if l.Memory == 0 && l.Goroutines == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.leak()
		next.ServeHTTP(w, r)
	})
}

func (l *leaker) leak() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	if n := min(l.Memory, maxLeakMemory-l.bytes); n > 0 {
		l.kept = append(l.kept, touched(n))
		l.bytes += n
		if l.bytes == maxLeakMemory {
			l.logger.Warn("leaked memory has reached its cap", "bytes", l.bytes)
		}
	}
	if n := min(l.Goroutines, maxLeakGoroutines-l.goroutines); n > 0 {
		for range n {
			l.ended.Go(func() { <-l.done })
		}
		l.goroutines += n
		if l.goroutines == maxLeakGoroutines {
			l.logger.Warn("leaked goroutines have reached their cap", "goroutines", l.goroutines)
		}
	}
}

// touched writes to every page: until then, Go counts the memory, but the system does not.
func touched(n int) []byte {
	b := make([]byte, n)
	for i := 0; i < n; i += 4096 {
		b[i] = 1
	}
	return b
}

func (l *leaker) close() {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		l.kept = nil
		close(l.done)
	}
	l.mu.Unlock()
	l.ended.Wait()
}
