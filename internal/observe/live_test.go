package observe

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestLive: scrapes go on at real times, a page that fails is down and comes back, old samples are forgotten, and the
// end of the context is no error.
func TestLive(t *testing.T) {
	t.Parallel()
	var isDown atomic.Bool
	pages := counting()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isDown.Load() {
			http.Error(w, "gone", http.StatusBadGateway)
			return
		}
		pages.ServeHTTP(w, r)
	}))
	defer server.Close()
	h := newHistory(t)
	page := Page{URL: server.URL}
	if _, err := h.Targets(t.Context(), []Page{page}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var said []string
	err := h.Live(ctx, []Page{page}, time.Millisecond, time.Minute, func(down error) {
		said = append(said, fmt.Sprint(down))
		isDown.Store(len(said) == 1)
		if len(said) == 3 {
			cancel()
		}
	})
	if err != nil || len(said) != 3 || said[0] != "<nil>" || !strings.Contains(said[1], "502") || said[2] != "<nil>" {
		t.Fatalf("%v, %q", err, said)
	}
	for query, want := range map[string]string{
		`count_over_time(up[2h])`: "3", `sum_over_time(up[2h])`: "2", `count_over_time(scrapes_total[2h])`: "2",
		`count_over_time(job:scrapes:sum[2h])`: "2",
	} {
		if got := value(t, h, query, time.Now()); got != want {
			t.Errorf("%s is %s, want %s", query, got, want)
		}
	}
	if err := h.Live(ctx, []Page{{URL: "http://a b"}}, time.Hour, time.Hour, nil); err == nil {
		t.Error("not a URL, and there is no error")
	}
}
