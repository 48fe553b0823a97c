package observe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaugewright/internal/rules"
)

// counting is a service that counts its scrapes.
func counting() http.Handler {
	var scrapes atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprintf(w, "# TYPE scrapes_total counter\nscrapes_total %d\n", scrapes.Add(1))
	})
}

func newHistory(t *testing.T) *History {
	t.Helper()
	file, err := rules.Parse([]byte("groups: [{name: g, rules: [{record: 'job:scrapes:sum', expr: sum by (job) (scrapes_total)}]}]"))
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(Options{
		Groups: file.Groups, Job: "shop", Labels: map[string]map[string]string{"shop": {"env": "test"}}, Interval: 10 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// value returns the value of the one series of a query.
func value(t *testing.T, h *History, query string, at time.Time) string {
	t.Helper()
	result, err := h.Engine.Instant(t.Context(), query, at)
	if err != nil || len(result.Series) != 1 {
		t.Fatalf("%s: %v, %v", query, err, result.Series)
	}
	return fmt.Sprint(result.Series[0].Samples[0].V)
}

// TestApps: services in this process are scraped at the given times, with traffic that ends afterwards. Their series have
// the job and its labels, and the rules record theirs.
func TestApps(t *testing.T) {
	t.Parallel()
	h := newHistory(t)
	end := time.UnixMilli(1_700_000_000_000)
	var ended atomic.Int64
	var apps []App
	for _, name := range []string{"a", "b"} {
		apps = append(apps, App{Name: name, Handler: counting(), Drive: func(ctx context.Context, url string, client *http.Client) error {
			if answer, err := client.Get(url + "/metrics"); err != nil || answer.StatusCode != 200 {
				return fmt.Errorf("%w, %v", err, answer)
			}
			<-ctx.Done()
			ended.Add(1)
			return nil
		}})
	}
	if err := h.Apps(t.Context(), apps, h.Times(end, 3), 0); err != nil {
		t.Fatal(err)
	}
	if ended.Load() != 2 {
		t.Errorf("the traffic of %d services ended", ended.Load())
	}
	for query, want := range map[string]string{
		`count(scrapes_total{job="shop",env="test",instance=~"[ab]:8000"})`: "2",
		`sum(count_over_time(scrapes_total[1m]))`:                           "6",
		`count(count_over_time(job:scrapes:sum[1m]) == 3)`:                  "1",
		`sum(up)`: "2",
	} {
		if got := value(t, h, query, end); got != want {
			t.Errorf("%s is %s, want %s", query, got, want)
		}
	}
}

// TestFailingApps: traffic that fails, a page that cannot be read and an interrupt are errors.
func TestFailingApps(t *testing.T) {
	t.Parallel()
	quiet := func(ctx context.Context, _ string, _ *http.Client) error { <-ctx.Done(); return nil }
	for name, test := range map[string]struct {
		app  App
		want string
	}{
		"traffic": {App{Handler: counting(), Drive: func(context.Context, string, *http.Client) error { return errors.New("no route") }}, "no route"},
		"page":    {App{Handler: http.NotFoundHandler(), Drive: quiet}, "scraping the service in this process: "},
		"interrupt": {App{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), Drive: quiet},
			"did not end within"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		h := newHistory(t)
		test.app.Name = "a"
		err := h.Apps(ctx, []App{test.app}, h.Times(time.Now(), 2), 0)
		cancel()
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

// TestTargets: running services are scraped under their own jobs, and the scrapes stand for some time.
func TestTargets(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(counting())
	defer server.Close()
	h := newHistory(t)
	end := time.Now().Truncate(time.Millisecond)
	observed, err := h.Targets(t.Context(), []Page{{URL: server.URL}, {Job: "other", URL: server.URL}}, end)
	if err != nil || observed != 50*time.Second {
		t.Fatalf("%v, observed %v", err, observed)
	}
	for query, want := range map[string]string{
		`count_over_time(scrapes_total{job="shop",env="test"}[5m])`: "6",
		`count_over_time(scrapes_total{job="other",env=""}[5m])`:    "6",
	} {
		if got := value(t, h, query, end); got != want {
			t.Errorf("%s is %s, want %s", query, got, want)
		}
	}
	if _, err := newHistory(t).Targets(t.Context(), []Page{{URL: "http://127.0.0.1:1"}}, end); err == nil {
		t.Error("nobody listens there, and there is no error")
	}
}
