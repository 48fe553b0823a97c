package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	prom "github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/internal/scrape"
)

// page is the response to a scrape.
type page struct {
	status      int
	contentType string
	body        []byte
}

// families returns the page's families, or its error.
func (p page) families() ([]scrape.Family, error) {
	if p.status != http.StatusOK {
		return nil, errors.New(http.StatusText(p.status))
	}
	return scrape.Read(bytes.NewReader(p.body), p.contentType)
}

// recorder passes the first scrapes to prepare's handler and keeps the responses. Later scrapes fail. The first
// scrape has number 0.
type recorder struct {
	first   int
	prepare func(nth int) http.Handler
	address string

	mu    sync.Mutex
	pages []page
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.pages) == r.first {
		http.Error(w, "that was all", http.StatusGone)
		return
	}
	request.Header.Del("Accept-Encoding")
	answer := httptest.NewRecorder()
	r.prepare(len(r.pages)).ServeHTTP(answer, request)
	p := page{answer.Code, answer.Header().Get("Content-Type"), answer.Body.Bytes()}
	w.Header().Set("Content-Type", p.contentType)
	w.WriteHeader(p.status)
	_, _ = w.Write(p.body)
	r.pages = append(r.pages, p)
}

var paths = [...]string{"/products", "/products/1", "/orders/999999", "/nowhere", "/search?q=tea", "/products/2"}

// app is the example service with some traffic before each scrape. It restarts before the scrapes with the given
// numbers.
func app(t testing.TB, scrapes int, seed uint64, restarts ...int) *recorder {
	t.Helper()
	start := func() http.Handler {
		s, err := server.New(prom.NewRegistry(), server.Options{
			Seed: seed, Wait: func(context.Context, time.Duration) error { return nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return s.Handler()
	}
	running := start()
	return &recorder{first: scrapes, prepare: func(nth int) http.Handler {
		for _, n := range restarts {
			if n == nth {
				running = start()
			}
		}
		for i := range 5 + nth%7 {
			request := httptest.NewRequest(http.MethodGet, paths[i%len(paths)], nil)
			running.ServeHTTP(httptest.NewRecorder(), request)
		}
		return running
	}}
}

// odd is a page with everything unusual, at the time that now returns. It fails three times.
func odd(scrapes int, now func() time.Time) *recorder {
	return &recorder{first: scrapes, prepare: func(nth int) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; version=0.0.4")
			switch nth {
			case 9:
				http.Error(w, "not now", http.StatusServiceUnavailable)
			case 11:
				fmt.Fprint(w, "this is {no page}\n")
			case 13: // nothing at all
			default:
				fmt.Fprint(w, oddPage(nth, now()))
			}
		})
	}}
}

func oddPage(nth int, now time.Time) string {
	var page strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&page, format+"\n", args...) }
	line("steady 1")
	line("counting_total %d", nth)
	line(`empty{label="",other="x"} %d`, nth)
	line(`twice 1`)
	line(`twice 2`)
	line(`clash{job="page",instance="x",exported_instance="y"} 3`)
	line(`{"with.dots","and a"="label"} 4`)
	line("nan NaN")
	line("inf -Inf")
	line(`up{of="the page"} 1`)
	line(`up 7`)
	line("# TYPE took histogram")
	line(`took_bucket{le="1"} %d`, nth)
	line(`took_bucket{le="2.50"} %d`, 2*nth)
	line(`took_bucket{le="+Inf"} %d`, 3*nth)
	line("took_sum %d\ntook_count %d", 4*nth, 3*nth)
	line("# TYPE paused summary")
	line(`paused{quantile="1"} %d`, nth)
	line("paused_sum 1\npaused_count 1")
	if nth < 4 || nth >= 7 {
		line("away 1") // goes and comes back
	}
	if nth < 16 {
		line("gone %d", nth)
		line("dated_gone %d %d", nth, now.Add(-20*time.Millisecond).UnixMilli())
	}
	if nth%2 == 0 {
		line(`every_other{of="2"} %d`, nth)
	}
	line("dated %d %d", nth, now.Add(-time.Minute).UnixMilli())
	line("dated_twice 1 %d", now.Add(-30*time.Second).UnixMilli())
	line("dated_twice 2 %d", now.Add(-29*time.Second).UnixMilli())
	line("dated_twice 3")
	line("dated_back %d %d", nth, now.Add(-time.Duration(nth%3)*1500*time.Millisecond).UnixMilli())
	line("dated_ahead 1 %d", now.Add(9*time.Minute).UnixMilli())
	line("dated_too_far_ahead 1 %d", now.Add(11*time.Minute).UnixMilli())
	line("dated_too_old 1 %d", now.Add(-3*time.Hour).UnixMilli())
	return page.String()
}
