package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// instrument counts and times every request that next answers, and turns a panic into a 500. promhttp's own counter and
// duration do not serve: their labels are code and a method in lower case, and they report nothing when a handler
// panics. next must hand on the request that it is given, not a copy, for the mux leaves the pattern there.
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
				panic(http.ErrAbortHandler) // Only a broken connection tells the client that the answer is not whole.
			}
		}()
		next.ServeHTTP(answer, r)
	}))
}

// count adds one answered request. A handler that wrote nothing has answered 200.
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

// methodLabel bounds what is in clients' hands: HTTP allows any word as a method.
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

// WriteHeader skips the informational 1xx: the answer proper is yet to come.
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

// fail makes a panic a 500, in the answer where that is still possible and in the count always. ErrAbortHandler is a
// handler's own wish to break off, which net/http does not log either.
func (r *recorder) fail(cause any, request *http.Request, logger *slog.Logger) {
	r.cut = r.status != 0 || cause == http.ErrAbortHandler
	if cause != http.ErrAbortHandler {
		logger.Error("a handler panicked", "method", request.Method, "pattern", request.Pattern,
			"panic", cause, "stack", string(debug.Stack()))
	}
	if !r.cut {
		clear(r.Header()) // A content length or encoding was meant for the answer that did not come.
		writeError(r, http.StatusInternalServerError, "internal error")
	}
	r.status = http.StatusInternalServerError
}
