package server

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gaugewright/internal/inprocess"
)

// TestErrorSharesUnderTraffic makes 25,000 visits one at a time, so that only the mix and the faults determine the
// shares.
func TestErrorSharesUnderTraffic(t *testing.T) {
	const visits = 25_000
	s, registry := start(t, Options{Wait: instant, Seed: 1})
	random := rand.New(rand.NewPCG(2, 1))
	for range visits {
		v := choose(random)
		ask(s.Handler(), v.method, v.target, v.body)
	}
	clients := sum(t, registry, "api_http_request_error_total", "status", "4xx") / visits
	service := sum(t, registry, "api_http_request_error_total", "status", "5xx") / visits
	t.Logf("4xx: %.2f%%, 5xx: %.3f%% of %d visits", 100*clients, 100*service, visits)
	if clients < 0.02 || clients > 0.10 {
		t.Errorf("4xx is %.2f%% of the answers, want 2 to 10", 100*clients)
	}
	if service < 0.0005 || service > 0.005 {
		t.Errorf("5xx is %.3f%% of the answers, want 0.05 to 0.5", 100*service)
	}
	for _, r := range routes(newShop(), nil, s.leaks, nil) {
		visited := sum(t, registry, "api_http_request_total", "path", r.path) > 0
		if noise := r.path == "/health" || r.path == "/metrics"; visited == noise {
			t.Errorf("%s: visited %v, want %v", r.path, visited, !noise)
		}
	}
}

func TestMix(t *testing.T) {
	total := 0.0
	for _, k := range mix {
		total += k.share
	}
	if math.Abs(total-1) > 1e-9 {
		t.Errorf("the shares add up to %v, want 1", total)
	}
	if have := len(newShop().products); have != products {
		t.Errorf("the mix visits %d products, the shop has %d", products, have)
	}
}

// TestTrafficKeepsItsRate: with synctest an hour takes no time, and the metrics see the simulated latencies.
func TestTrafficKeepsItsRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, registry := start(t, Options{Seed: 1})
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		client := inprocess.Client(s.Handler())
		client.Timeout = requestTime
		if err := (Traffic{URL: "http://shop/", Rate: 40, Client: client, Seed: 1}).Run(ctx); err != nil {
			t.Fatal(err)
		}
		got := sum(t, registry, "api_http_request_total") / 300
		t.Logf("%.2f requests a second", got)
		if got < 39 || got > 41 {
			t.Errorf("%.2f requests a second over five minutes, want 40", got)
		}
		if left := sum(t, registry, "api_http_requests_in_flight"); left != 0 {
			t.Errorf("%v requests are in flight after Run has returned", left)
		}
	})
}

// transport is a server made from a function.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTrafficWaitsForAServerThatIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, registry := start(t, Options{Seed: 1})
		var knocks atomic.Int64
		begin, log := time.Now(), new(bytes.Buffer)
		app := inprocess.Client(s.Handler()).Transport
		server := transport(func(r *http.Request) (*http.Response, error) {
			if since := time.Since(begin); since > time.Minute && since < 11*time.Minute {
				knocks.Add(1)
				return nil, errors.New("connection refused")
			}
			return app.RoundTrip(r)
		})
		ctx, cancel := context.WithTimeout(t.Context(), 12*time.Minute)
		defer cancel()
		traffic := Traffic{URL: "http://shop", Rate: 40, Client: &http.Client{Transport: server},
			Logger: slog.New(slog.NewTextHandler(log, nil))}
		if err := traffic.Run(ctx); err != nil {
			t.Fatal(err)
		}
		// 600 s are 120 pauses of 5 s, and a few shorter ones at first.
		if n := knocks.Load(); n < 100 || n > 140 {
			t.Errorf("%d attempts in the ten minutes that the server was away, want about 120", n)
		}
		// The first minute and the last, minus the pause in which the server came back.
		if n := sum(t, registry, "api_http_request_total"); n < 4400 || n > 5000 {
			t.Errorf("%v requests were answered, want nearly 4,800", n)
		}
		if n := strings.Count(log.String(), "\n"); n > 16 {
			t.Errorf("%d lines of log in twelve minutes: %s", n, log)
		}
		for _, want := range []string{
			"does not answer", "connection refused", "answers again", "traffic of the last minute",
		} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("the log does not say %q: %s", want, log)
			}
		}
	})
}

func TestTrafficLogIsQuietWhenTheServerComesAndGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n atomic.Int64
		log := new(bytes.Buffer)
		flapping := transport(func(r *http.Request) (*http.Response, error) {
			if n.Add(1)%2 == 0 {
				return nil, errors.New("connection reset")
			}
			return &http.Response{StatusCode: 200, Body: http.NoBody, Request: r}, nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		traffic := Traffic{URL: "http://shop", Rate: 40, Client: &http.Client{Transport: flapping},
			Logger: slog.New(slog.NewTextHandler(log, nil))}
		if err := traffic.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(log.String(), "\n"); lines > 30 {
			t.Errorf("%d lines of log in ten minutes, want at most three a minute", lines)
		}
	})
}

func TestTrafficIsBoundedWhenTheServerHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		hang := transport(func(r *http.Request) (*http.Response, error) {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		client := &http.Client{Transport: hang, Timeout: requestTime}
		if err := (Traffic{URL: "http://shop", Rate: maxRate, Client: client}).Run(ctx); err != nil {
			t.Fatal(err)
		}
		if most.Load() > maxAtOnce {
			t.Errorf("%d requests at once, want at most %d", most.Load(), maxAtOnce)
		}
	})
}

func TestTrafficThatCannotBeIsRefused(t *testing.T) {
	tests := []struct {
		url  string
		rate float64
		want string
	}{
		{"", 40, "is not a server's address"},
		{"localhost:8000", 40, "is not a server's address"},
		{"ftp://localhost", 40, "is not a server's address"},
		{"http://", 40, "is not a server's address"},
		{"http://[::1", 40, "is not a server's address"},
		{"http://localhost", 0, "a rate of 0"},
		{"http://localhost", -1, "a rate of -1"},
		{"http://localhost", math.NaN(), "a rate of NaN"},
		{"http://localhost", maxRate + 1, "at most 1000"},
	}
	for _, test := range tests {
		err := Traffic{URL: test.url, Rate: test.rate}.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q at %v: error %v, want one that says %q", test.url, test.rate, err, test.want)
		}
	}
}
