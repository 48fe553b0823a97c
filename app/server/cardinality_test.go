package server

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// statuses are all statuses of the service, with those of the mux.
var statuses = []string{"200", "201", "307", "400", "404", "405", "413", "499", "500", "503"}

func TestSeriesDoNotGrowWithWhatClientsSend(t *testing.T) {
	const requests = 100_000
	// With many errors, every possible series exists after half of the requests.
	s, registry := start(t, Options{Wait: instant, Seed: 1, Leak: Leak{Errors: 0.2}})
	h, random := s.Handler(), rand.New(rand.NewPCG(2, 2))
	series := func() int {
		return len(samples(t, registry, "api_http_request_total")) + len(samples(t, registry, "api_http_request_error_total"))
	}
	before, half := series(), 0
	for i := range requests {
		if i == requests/2 {
			half = series()
		}
		h.ServeHTTP(httptest.NewRecorder(), anyRequest(random))
	}
	paths := len(routes(newShop(), nil, s.leaks, nil)) + 1 // and "other"
	bound := paths * 10 * len(statuses)                    // nine methods and "other"
	total := len(samples(t, registry, "api_http_request_total"))
	errors := len(samples(t, registry, "api_http_request_error_total"))
	t.Logf("series at the start %d, after %d requests %d, after %d requests %d: %d of all requests and %d of errors; "+
		"the bound is %d paths x 10 methods x %d statuses = %d of each",
		before, requests/2, half, requests, total+errors, total, errors, paths, len(statuses), bound)
	if total > bound || errors > bound {
		t.Errorf("more series than routes x methods x statuses: %d and %d of %d", total, errors, bound)
	}
	if total+errors != half {
		t.Errorf("the second half of the requests added %d series", total+errors-half)
	}
	if got := sum(t, registry, "api_http_request_total"); got != requests {
		t.Errorf("%v requests counted of %d", got, requests)
	}
	for _, x := range samples(t, registry, "api_http_request_total") {
		if !slices.Contains(statuses, x.labels["status"]) {
			t.Errorf("%v: an unexpected status", x.labels)
		}
	}
}

// anyRequest is a request that no client should send. It is made by hand, since httptest would refuse most of them.
func anyRequest(random *rand.Rand) *http.Request {
	methods := []string{"GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS",
		"TRACE", "get", "BREW", "", anyText(random, 8)}
	path := anyPath(random)
	return &http.Request{
		Method:     methods[random.IntN(len(methods))],
		URL:        &url.URL{Path: path, RawQuery: anyText(random, 6)},
		RequestURI: path,
		Host:       anyText(random, 10),
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{},
		Body:   http.NoBody,
	}
}

func anyPath(random *rand.Rand) string {
	known := []string{"/products", "/products/", "/products/3/reviews", "/search", "/orders", "/orders/5", "/health",
		"/orders//5"}
	switch n := random.IntN(1000); {
	case n == 0:
		return "/" + strings.Repeat("long/", 20_000)
	case n == 1:
		return "/metrics"
	case n < 10:
		return "*"
	case n < 20:
		return ""
	case n < 500:
		return known[random.IntN(len(known))]
	case n < 700:
		return "/products/" + anyText(random, 12)
	default:
		return "/" + anyText(random, 20)
	}
}

// anyText returns up to n random bytes: seldom UTF-8, sometimes with slashes and zeros.
func anyText(random *rand.Rand, n int) string {
	b := make([]byte, random.IntN(n+1))
	for i := range b {
		b[i] = byte(random.IntN(256))
	}
	return string(b)
}
