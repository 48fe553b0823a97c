package server

import (
	"io"
	"net/http"
	"time"
)

// route is a route of the API.
type route struct {
	method string
	path   string // for the mux, and the value of the label path
	// answers are the statuses of ordinary traffic besides 200 and 500. Their series exist before the first request:
	// a counter that starts at 1 shows no increase, which would hide the first error.
	answers []int
	handler http.Handler
}

// pattern is the mux's pattern, which a request's Pattern then holds.
func (r route) pattern() string { return r.method + " " + r.path }

// routes returns the API. Only the shop's routes take time and fail. The health check and the scrape stay fast and
// reliable, so that a sick service is still visible.
func routes(s *shop, pretend *simulation, leaks *leaker, metrics http.Handler) []route {
	const ms = time.Millisecond
	live := func(median time.Duration, fault int, h http.HandlerFunc) http.Handler {
		return pretend.handler(behaviour{median, fault}, h)
	}
	return []route{
		{"GET", "/health", nil, http.HandlerFunc(health)},
		{"GET", "/metrics", nil, metrics},
		{"GET", "/products", nil, live(8*ms, 500, s.listProducts)},
		{"GET", "/products/{id}", []int{404}, live(5*ms, 500, s.getProduct)},
		{"GET", "/products/{id}/reviews", []int{404}, live(18*ms, 500, s.getReviews)},
		{"GET", "/search", []int{400}, live(25*ms, 500, s.search)},
		{"GET", "/orders/{id}", []int{404}, leaks.handler(live(7*ms, 500, s.getOrder))},
		{"POST", "/orders", []int{201, 400, 503}, leaks.handler(live(35*ms, 503, s.placeOrder))},
	}
}

func newMux(routes []route) *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle(r.pattern(), r.handler)
	}
	return mux
}

func health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
}
