// Package inprocess asks an HTTP handler in this process, with no network in between: what drives a service or scrapes it
// need not know that it listens nowhere. Answers are held in memory whole. It does not survive a handler that panics.
package inprocess

import (
	"net/http"
	"net/http/httptest"
)

// Client sends every request to the handler, whatever its host.
func Client(h http.Handler) *http.Client { return &http.Client{Transport: transport{h}} }

type transport struct{ handler http.Handler }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	served := r.Clone(r.Context())
	served.RequestURI = r.URL.RequestURI()
	if served.Host == "" {
		served.Host = r.URL.Host
	}
	if served.Body == nil {
		served.Body = http.NoBody
	}
	defer served.Body.Close()
	answer := httptest.NewRecorder()
	t.handler.ServeHTTP(answer, served)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	response := answer.Result()
	response.Request = r
	return response, nil
}
