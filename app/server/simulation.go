package server

import (
	"context"
	"math"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// How the service simulates work. A healthy service is fast and reliable enough to stay below every alert, and still
// gives the boards something to show.
const (
	spread     = 0.5             // of the logarithm of latency: nineteen in twenty take less than 2.3 times the median
	stallShare = 0.006           // of requests wait for a backend
	stallLeast = 0.3             // seconds, the least such wait
	stallMean  = 0.2             // seconds, the average time above that
	maxLatency = 2 * time.Second // plus maxLeakSlow it is less than shutdownTime, so that a stop cuts off no request
	faultShare = 0.0012          // of requests fail through no fault of the client
)

// statusClientGone is nginx's status for a client that left before the answer. Nobody receives it; it keeps such
// requests out of the service's own failures.
const statusClientGone = 499

// behaviour is how one route behaves.
type behaviour struct {
	median time.Duration // of the latency
	fault  int           // the status when it fails
}

// simulation adds latencies and failures to handlers.
type simulation struct {
	wait func(ctx context.Context, d time.Duration) error
	leak Leak

	mu     sync.Mutex
	random *rand.Rand // guarded by mu
}

// handler returns next with the latency and the faults of b before it.
func (s *simulation) handler(b behaviour, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		latency, fault := s.draw(b)
		if s.wait(r.Context(), latency) != nil {
			writeError(w, statusClientGone, "the client has gone")
			return
		}
		if fault != 0 {
			writeError(w, fault, "something in the back failed; please try again")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// draw returns how long a request takes, and the status of its failure or 0.
func (s *simulation) draw(b behaviour) (latency time.Duration, fault int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	seconds := b.median.Seconds() * math.Exp(spread*s.random.NormFloat64())
	if s.random.Float64() < stallShare {
		seconds += stallLeast + stallMean*s.random.ExpFloat64()
	}
	latency = min(time.Duration(seconds*float64(time.Second)), maxLatency) + s.leak.Slow
	switch luck := s.random.Float64(); {
	case luck < s.leak.Errors:
		fault = http.StatusInternalServerError
	case luck < s.leak.Errors+faultShare:
		fault = b.fault
	}
	return latency, fault
}

// sleep waits by the clock.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
