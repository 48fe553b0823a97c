package server

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// FuzzRequest: for any request, no handler panics, and the status is one of the API's.
func FuzzRequest(f *testing.F) {
	for _, seed := range [][4]string{
		{"GET", "/products/7", "", ""},
		{"GET", "/products/\xff\xfe/reviews", "", ""},
		{"GET", "/search", "q=assam;%zz", ""},
		{"POST", "/orders", "", `{"product": 3, "quantity": 2}`},
		{"POST", "/orders", "", `{"product": 1e99, "quantity": -0}`},
		{"POST", "/orders", "", strings.Repeat("[", maxBody+1)},
		{"CONNECT", "*", "", ""},
		{"", "", "", ""},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	log := new(bytes.Buffer)
	s, _ := start(f, Options{Wait: instant, Seed: 1, Logger: slog.New(slog.NewTextHandler(log, nil))})
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, &http.Request{
			Method: method, URL: &url.URL{Path: path, RawQuery: query}, RequestURI: path,
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)),
		})
		if !slices.Contains(statuses, strconv.Itoa(w.Code)) {
			t.Errorf("status %d", w.Code)
		}
		if log.Len() > 0 {
			t.Errorf("the server logged: %s", log)
		}
	})
}
