package server

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

func TestEveryRequestIsCounted(t *testing.T) {
	tests := []struct {
		method, target, body string
		path, label, status  string
	}{
		{"GET", "/products", "", "/products", "GET", "200"},
		{"HEAD", "/products", "", "/products", "HEAD", "200"},
		{"GET", "/products/7", "", "/products/{id}", "GET", "200"},
		{"GET", "/products/777", "", "/products/{id}", "GET", "404"},
		{"GET", "/products/%2e%2e/7", "", "other", "GET", "404"},
		{"GET", "//products", "", "/products", "GET", "307"},
		{"POST", "/orders", `{"product": 1, "quantity": 1}`, "/orders", "POST", "201"},
		{"POST", "/orders", strings.Repeat(" ", maxBody+1), "/orders", "POST", "413"},
		{"GET", "/orders", "", "other", "GET", "405"},
		{"DELETE", "/orders/1", "", "other", "DELETE", "405"},
		{"GET", "/nothing/here", "", "other", "GET", "404"},
		{"get", "/products", "", "other", "other", "405"},
		{"BREW", "/pot-1", "", "other", "other", "404"},
		{"OPTIONS", "*", "", "other", "OPTIONS", "400"},
		{"GET", "/health", "", "/health", "GET", "200"},
		{"GET", "/metrics", "", "/metrics", "GET", "200"},
	}
	for _, test := range tests {
		t.Run(test.method+" "+test.target, func(t *testing.T) {
			s, registry := start(t, Options{Wait: instant, Seed: 1})
			ask(s.Handler(), test.method, test.target, test.body)
			labels := []string{"path", test.path, "method", test.label, "status", test.status}
			if got := sum(t, registry, "api_http_request_total", labels...); got != 1 {
				t.Errorf("%v counts %v requests, want 1", labels, got)
			}
			errors := 0.0
			if test.status >= "400" {
				errors = 1
			}
			if got := sum(t, registry, "api_http_request_error_total", labels...); got != errors {
				t.Errorf("%v counts %v errors, want %v", labels, got, errors)
			}
			if got := sum(t, registry, "api_http_request_duration_seconds", labels[:4]...); got != 1 {
				t.Errorf("%v times %v requests, want 1", labels[:4], got)
			}
			if got := sum(t, registry, "api_http_request_total"); got != 1 {
				t.Errorf("%v requests in all, want 1", got)
			}
			if got := sum(t, registry, "api_http_requests_in_flight"); got != 0 {
				t.Errorf("%v requests in flight after the last, want 0", got)
			}
		})
	}
}

// instrumented returns a handler on the route /x with the metrics around it, and its log.
func instrumented(t *testing.T, h http.HandlerFunc) (http.Handler, *prometheus.Registry, *bytes.Buffer) {
	t.Helper()
	registry, log := prometheus.NewRegistry(), new(bytes.Buffer)
	routes := []route{{"GET", "/x", nil, h}}
	m, err := newMetrics(registry, routes)
	if err != nil {
		t.Fatal(err)
	}
	return m.instrument(newMux(routes), slog.New(slog.NewTextHandler(log, nil))), registry, log
}

func TestPanicIsA500(t *testing.T) {
	h, registry, log := instrumented(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		panic("the shelf broke")
	})
	web := httptest.NewServer(h)
	defer web.Close()
	answer, err := http.Get(web.URL + "/x")
	if err != nil {
		t.Fatalf("the connection was dropped: %v", err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if answer.StatusCode != 500 || err != nil || !strings.Contains(string(body), "internal error") {
		t.Errorf("got %d %q, %v", answer.StatusCode, body, err)
	}
	if got := sum(t, registry, "api_http_request_error_total", "path", "/x", "status", "500"); got != 1 {
		t.Errorf("counted %v times, want once", got)
	}
	if !strings.Contains(log.String(), "the shelf broke") || !strings.Contains(log.String(), "instrument_test.go") {
		t.Errorf("the log names neither the cause nor the place: %s", log)
	}
}

// TestPanicInTheMiddleOfAnAnswer: a half-written answer cannot become a 500, and must not look whole.
func TestPanicInTheMiddleOfAnAnswer(t *testing.T) {
	h, registry, log := instrumented(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "the first half")
		_ = http.NewResponseController(w).Flush()
		panic("the shelf broke")
	})
	web := httptest.NewServer(h)
	defer web.Close()
	answer, err := http.Get(web.URL + "/x")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err == nil {
		t.Errorf("the client takes half an answer for a whole one: %q", body)
	}
	if got := sum(t, registry, "api_http_request_error_total", "path", "/x", "status", "500"); got != 1 {
		t.Errorf("counted %v times, want once", got)
	}
	if !strings.Contains(log.String(), "the shelf broke") {
		t.Errorf("not logged: %s", log)
	}
}

func TestBreakingOffIsNoPanic(t *testing.T) {
	h, registry, log := instrumented(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	func() {
		defer func() {
			if cause := recover(); cause != http.ErrAbortHandler {
				t.Errorf("net/http is told %v, want ErrAbortHandler", cause)
			}
		}()
		ask(h, "GET", "/x", "")
	}()
	if got := sum(t, registry, "api_http_request_total", "status", "500"); got != 1 {
		t.Errorf("counted %v times, want once", got)
	}
	if log.Len() > 0 {
		t.Errorf("logged: %s", log)
	}
}

func TestInformationalStatusIsNotTheAnswer(t *testing.T) {
	h, registry, _ := instrumented(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusNoContent)
	})
	ask(h, "GET", "/x", "")
	if got := sum(t, registry, "api_http_request_total", "status", "204"); got != 1 {
		t.Errorf("status 204 is counted %v times, want once", got)
	}
}
