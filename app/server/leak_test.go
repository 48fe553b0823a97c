package server

import (
	"bytes"
	"log/slog"
	"math"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLeakOfMemory(t *testing.T) {
	const perOrder = 1 << 20
	s, _ := start(t, Options{Wait: instant, Leak: Leak{Memory: perOrder}})
	before := liveHeap()
	for range 8 {
		ask(s.Handler(), "GET", "/orders/1", "")
		ask(s.Handler(), "GET", "/products", "") // Not an order: leaks nothing.
	}
	// Garbage of other tests may be collected meanwhile, so the tolerance is half a leak.
	if grown := liveHeap() - before; grown < 8*perOrder-perOrder/2 || grown > 8*perOrder+perOrder/2 {
		t.Errorf("eight orders leaked %d bytes, want about 8 MiB", grown)
	}
	s.Close()
	if left := liveHeap() - before; left > perOrder {
		t.Errorf("%d bytes are left after Close", left)
	}
}

func liveHeap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// TestLeakOfMemoryStopsAtItsCap counts most of the limit without allocating it, so that the test needs little memory.
func TestLeakOfMemoryStopsAtItsCap(t *testing.T) {
	log := new(bytes.Buffer)
	s, _ := start(t, Options{Wait: instant, Logger: slog.New(slog.NewTextHandler(log, nil)), Leak: Leak{Memory: 1000}})
	s.leaks.bytes = maxLeakMemory - 2500
	for range 10 {
		ask(s.Handler(), "GET", "/orders/1", "")
	}
	held := 0
	for _, b := range s.leaks.kept {
		held += len(b)
	}
	if held != 2500 {
		t.Errorf("with 2500 bytes left to the cap, ten orders of 1000 leaked %d", held)
	}
	if n := strings.Count(log.String(), "reached its cap"); n != 1 {
		t.Errorf("the log says %d times that the cap is reached, want once: %s", n, log)
	}
}

// leaked counts the leaked goroutines by their stacks, since others come and go.
func leaked() int {
	stacks := make([]byte, 8<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	return strings.Count(string(stacks), "(*leaker).leak.func")
}

func TestLeakOfGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := start(t, Options{Leak: Leak{Goroutines: 3}})
		for range 5 {
			ask(s.Handler(), "POST", "/orders", `{"product": 1, "quantity": 1}`)
			ask(s.Handler(), "GET", "/products", "") // Not an order: leaks nothing.
		}
		synctest.Wait()
		if n := leaked(); n != 15 {
			t.Errorf("five orders left %d goroutines behind, want 15", n)
		}
		s.Close() // synctest fails the test if one of them stays.
		ask(s.Handler(), "GET", "/orders/1", "")
	})
}

func TestLeakOfGoroutinesStopsAtItsCap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := new(bytes.Buffer)
		s, _ := start(t, Options{Logger: slog.New(slog.NewTextHandler(log, nil)), Leak: Leak{Goroutines: 10}})
		s.leaks.goroutines = maxLeakGoroutines - 25
		for range 10 {
			ask(s.Handler(), "GET", "/orders/1", "")
		}
		synctest.Wait()
		if n := leaked(); n != 25 {
			t.Errorf("with 25 goroutines left to the cap, ten orders of 10 leaked %d", n)
		}
		if n := strings.Count(log.String(), "reached their cap"); n != 1 {
			t.Errorf("the log says %d times that the cap is reached, want once: %s", n, log)
		}
	})
}

func TestLeakOfErrors(t *testing.T) {
	for share, want := range map[float64][2]float64{0.25: {0.22, 0.28}, 1: {1, 1}, 7: {1, 1}} {
		s, registry := start(t, Options{Wait: instant, Seed: 3, Leak: Leak{Errors: share}})
		for range 2000 {
			ask(s.Handler(), "GET", "/products", "")
		}
		got := sum(t, registry, "api_http_request_error_total", "status", "500") / 2000
		if got < want[0] || got > want[1] {
			t.Errorf("a share of %v made %v of the answers 500, want %v to %v", share, got, want[0], want[1])
		}
	}
}

func TestLeakOfTime(t *testing.T) {
	for slow, want := range map[time.Duration]time.Duration{time.Second: time.Second, time.Hour: maxLeakSlow} {
		healthy := latencies(t, Options{Seed: 5}, 100)
		for i, took := range latencies(t, Options{Seed: 5, Leak: Leak{Slow: slow}}, 100) {
			if took-healthy[i] != want {
				t.Fatalf("-leak-slow %v: request %d takes %v more, want %v", slow, i, took-healthy[i], want)
			}
		}
	}
}

func TestLeakThatMakesNoSenseIsRefused(t *testing.T) {
	for _, l := range []Leak{{Memory: -1}, {Goroutines: -1}, {Errors: -0.1}, {Errors: math.NaN()}, {Slow: -1}} {
		if _, err := newLeaker(l, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("%+v was accepted", l)
		}
	}
}

func TestLeakIsWarnedOf(t *testing.T) {
	for _, l := range []Leak{{Memory: 1}, {Goroutines: 1}, {Errors: 0.1}, {Slow: 1}} {
		log := new(bytes.Buffer)
		start(t, Options{Logger: slog.New(slog.NewTextHandler(log, nil)), Leak: l})
		if !strings.Contains(log.String(), "level=WARN") || !strings.Contains(log.String(), "sick on purpose") {
			t.Errorf("%+v: no warning in the log: %s", l, log)
		}
	}
	log := new(bytes.Buffer)
	start(t, Options{Logger: slog.New(slog.NewTextHandler(log, nil))})
	if log.Len() > 0 {
		t.Errorf("a healthy server logs %s", log)
	}
}

// TestNoRouteSwitchesALeakOn: this list is the API. A route that makes the service sick would have to be added here.
func TestNoRouteSwitchesALeakOn(t *testing.T) {
	s, registry := start(t, Options{Wait: instant})
	var have []string
	for _, r := range routes(newShop(), nil, s.leaks, nil) {
		have = append(have, r.pattern())
	}
	want := "GET /health, GET /metrics, GET /products, GET /products/{id}, GET /products/{id}/reviews, GET /search, " +
		"GET /orders/{id}, POST /orders"
	if got := strings.Join(have, ", "); got != want {
		t.Errorf("the API is %s; want %s", got, want)
	}
	for _, path := range []string{
		"/leak", "/leak-memory", "/debug/leak", "/orders/1?leak-memory=65536&leak=1", "/debug/pprof/",
	} {
		for _, method := range []string{"GET", "POST", "PUT"} {
			ask(s.Handler(), method, path, "")
		}
	}
	if s.leaks.Leak != (Leak{}) || s.leaks.bytes+s.leaks.goroutines > 0 {
		t.Errorf("a request changed the leaks: %+v", s.leaks.Leak)
	}
	if got := sum(t, registry, "api_http_request_error_total", "status", "5xx"); got != 0 {
		t.Errorf("a request switched errors on: %v", got)
	}
}
