// Package inprocess sends HTTP requests to a handler in this process, without a network. Code that drives or scrapes
// a service needs no listening port. Responses are held in memory whole. A panic of the handler is not caught.
package inprocess

import (
	"net/http"
	"net/http/httptest"
)

// Client returns a client that sends every request to the handler, whatever the host.
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
