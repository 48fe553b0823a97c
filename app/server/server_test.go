package server

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// instant does not wait, unless the client has gone.
func instant(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// start returns a server with its own registry. It is closed with the test.
func start(t testing.TB, options Options) (*Server, *prometheus.Registry) {
	t.Helper()
	registry := prometheus.NewRegistry()
	s, err := New(registry, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, registry
}

// ask sends one request to the handler and returns the answer.
func ask(h http.Handler, method, target, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, target, strings.NewReader(body)))
	return w
}

// sample is one series of a counter or gauge, or the count of a histogram.
type sample struct {
	labels map[string]string
	value  float64
}

// samples reads all series of one family.
func samples(t testing.TB, registry *prometheus.Registry, family string) []sample {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var found []sample
	for _, f := range families {
		if f.GetName() != family {
			continue
		}
		for _, m := range f.GetMetric() {
			s := sample{labels: map[string]string{}}
			for _, l := range m.GetLabel() {
				s.labels[l.GetName()] = l.GetValue()
			}
			s.value = m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
			found = append(found, s)
		}
	}
	return found
}

// sum adds up the series of a family that have the given labels, given as alternating names and values. A value that
// ends in "xx" means all statuses of that class.
func sum(t testing.TB, registry *prometheus.Registry, family string, labels ...string) float64 {
	t.Helper()
	var total float64
	for _, s := range samples(t, registry, family) {
		fits := true
		for i := 0; i < len(labels); i += 2 {
			have, want := s.labels[labels[i]], labels[i+1]
			class, isClass := strings.CutSuffix(want, "xx")
			fits = fits && (have == want || isClass && strings.HasPrefix(have, class))
		}
		if fits {
			total += s.value
		}
	}
	return total
}

func TestManyServersInOneProcess(t *testing.T) {
	a, ra := start(t, Options{Wait: instant})
	_, rb := start(t, Options{Wait: instant})
	ask(a.Handler(), "GET", "/products", "")
	if got := sum(t, ra, "api_http_request_total"); got != 1 {
		t.Errorf("the server that was asked counts %v requests, want 1", got)
	}
	if got := sum(t, rb, "api_http_request_total"); got != 0 {
		t.Errorf("the other server counts %v requests, want 0", got)
	}
}

func TestSecondServerOnOneRegistryIsRefused(t *testing.T) {
	_, registry := start(t, Options{})
	if _, err := New(registry, Options{}); err == nil {
		t.Error("two servers would add up in one registry, and there was no error")
	}
}

func TestHealth(t *testing.T) {
	s, _ := start(t, Options{Leak: Leak{Errors: 1, Slow: maxLeakSlow}})
	w := ask(s.Handler(), "GET", "/health", "")
	body, _ := io.ReadAll(w.Body)
	if w.Code != 200 || string(body) != "ok\n" {
		t.Errorf("a sick server must still be found alive: got %d %q", w.Code, body)
	}
}
