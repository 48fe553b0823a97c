package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// instrument counts and times every request that next answers, and turns a panic into a 500. promhttp's own counter
// and duration do not fit: their labels are code and a lower-case method, and they report nothing if a handler
// panics. next must pass on its request, not a copy, because the mux writes the pattern into it.
func (m *metrics) instrument(next http.Handler, logger *slog.Logger) http.Handler {
	return promhttp.InstrumentHandlerInFlight(m.inFlight, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		answer := &recorder{ResponseWriter: w}
		defer func() {
			cause := recover()
			if cause != nil {
				answer.fail(cause, r, logger)
			}
			m.count(r, answer.status, time.Since(start))
			if cause != nil && answer.cut {
				panic(http.ErrAbortHandler) // Only a broken connection shows the client that the answer is not whole.
			}
		}()
		next.ServeHTTP(answer, r)
	}))
}

// count counts an answered request. A handler that wrote nothing has answered 200.
func (m *metrics) count(r *http.Request, status int, took time.Duration) {
	if status == 0 {
		status = http.StatusOK
	}
	path, known := m.paths[r.Pattern]
	if !known {
		path = "other"
	}
	method, code := methodLabel(r.Method), strconv.Itoa(status)
	m.requests.WithLabelValues(path, method, code).Inc()
	if status >= http.StatusBadRequest {
		m.errors.WithLabelValues(path, method, code).Inc()
	}
	m.duration.WithLabelValues(path, method).Observe(took.Seconds())
}

// methodLabel limits the label's values: in HTTP, clients can send any word as a method.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodConnect, http.MethodOptions, http.MethodTrace:
		return method
	}
	return "other"
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int  // 0 until the header is written
	cut    bool // a panic came after the header
}

// WriteHeader ignores the informational statuses 1xx: the real answer comes later.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= http.StatusOK {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(p)
}

// Unwrap gives http.ResponseController the writer's other abilities.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// fail counts a panic as a 500, and answers 500 if that is still possible. A handler panics with ErrAbortHandler to
// break off on purpose; net/http does not log that either.
func (r *recorder) fail(cause any, request *http.Request, logger *slog.Logger) {
	r.cut = r.status != 0 || cause == http.ErrAbortHandler
	if cause != http.ErrAbortHandler {
		logger.Error("a handler panicked", "method", request.Method, "pattern", request.Pattern,
			"panic", cause, "stack", string(debug.Stack()))
	}
	if !r.cut {
		clear(r.Header()) // A content length or encoding belongs to the answer that did not come.
		writeError(r, http.StatusInternalServerError, "internal error")
	}
	r.status = http.StatusInternalServerError
}
