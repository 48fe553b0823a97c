package server

import (
	"context"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// latencies returns the durations of n requests for the same page, in order.
func latencies(t *testing.T, options Options, n int) []time.Duration {
	t.Helper()
	var all []time.Duration
	options.Wait = func(_ context.Context, d time.Duration) error {
		all = append(all, d)
		return nil
	}
	s, _ := start(t, options)
	for range n {
		ask(s.Handler(), "GET", "/search?q=assam", "")
	}
	return all
}

func TestLatenciesAreBelievable(t *testing.T) {
	all := latencies(t, Options{Seed: 7}, 20_000)
	slices.Sort(all)
	quantile := func(q float64) time.Duration { return all[int(q*float64(len(all)))] }
	p50, p95, p999, most := quantile(.5), quantile(.95), quantile(.999), all[len(all)-1]
	t.Logf("search: median %v, p95 %v, p99.9 %v, longest %v", p50, p95, p999, most)
	if p50 < 20*time.Millisecond || p50 > 30*time.Millisecond {
		t.Errorf("median %v, want about 25ms", p50)
	}
	if p95 > 100*time.Millisecond {
		t.Errorf("p95 %v: too slow for a healthy service", p95)
	}
	if p999 < 300*time.Millisecond {
		t.Errorf("p99.9 %v: nothing ever passes the objective of 300ms", p999)
	}
	if most > maxLatency {
		t.Errorf("longest %v, more than the cap of %v", most, maxLatency)
	}
}

func TestOneSeedOneBehaviour(t *testing.T) {
	a, b := latencies(t, Options{Seed: 7}, 100), latencies(t, Options{Seed: 7}, 100)
	if !slices.Equal(a, b) {
		t.Error("the same seed gave other latencies")
	}
	if c := latencies(t, Options{Seed: 8}, 100); slices.Equal(a, c) {
		t.Error("another seed gave the same latencies")
	}
}

func TestClientThatLeavesIsNoFailureOfTheService(t *testing.T) {
	s, registry := start(t, Options{Leak: Leak{Slow: maxLeakSlow}})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	s.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, "GET", "/products", nil))
	if got := sum(t, registry, "api_http_request_total", "status", "499"); got != 1 {
		t.Errorf("status 499 is counted %v times, want once", got)
	}
}
