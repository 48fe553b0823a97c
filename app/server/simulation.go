package server

import (
	"context"
	"math"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// How the service pretends to work. A service is that quick and that sure when nothing is wrong with it: below every
// alert, and still with something to see.
const (
	spread     = 0.5             // of the logarithm of latency: nineteen in twenty take less than 2.3 times the median
	stallShare = 0.006           // of requests wait for something in the back
	stallLeast = 0.3             // seconds that such a wait takes at least
	stallMean  = 0.2             // seconds, on the average, that it takes beyond that
	maxLatency = 2 * time.Second // with maxLeakSlow less than shutdownTime, so that a stop cuts no request off
	faultShare = 0.0012          // of requests fail for no fault of the client
)

// statusClientGone is what nginx logs for a client that left before it was answered. Nobody receives it; it keeps such
// requests out of the service's own failures.
const statusClientGone = 499

// behaviour is what one route is like.
type behaviour struct {
	median time.Duration // of the latency
	fault  int           // the status when it fails
}

// simulation gives handlers their latencies and failures.
type simulation struct {
	wait func(ctx context.Context, d time.Duration) error
	leak Leak

	mu     sync.Mutex
	random *rand.Rand // guarded by mu
}

// handler is next with the latency and the faults of b before it.
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

// draw decides how long a request takes and with which status it fails, or 0.
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
