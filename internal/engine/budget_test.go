package engine

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql"

	"gaugewright/internal/query"
)

// crowd is an engine with many series of an hour: big has 3,000 of them, small 10, and values has a new value each time.
func crowd(t testing.TB) (*Engine, time.Time) {
	t.Helper()
	var all []Series
	add := func(name string, count int) {
		for i := range count {
			s := Series{Labels: map[string]string{"__name__": name, "i": fmt.Sprint(i), "ten": fmt.Sprint(i % 10)}}
			for at := time.Duration(0); at < time.Hour; at += 30 * time.Second {
				s.Samples = append(s.Samples, Sample{T: start.Add(at), V: at.Seconds()})
			}
			all = append(all, s)
		}
	}
	add("big", 3000)
	add("small", 10)
	e, err := New(all)
	if err != nil {
		t.Fatal(err)
	}
	return e, start.Add(time.Hour)
}

// doubled is a label that each call makes twice as long.
func doubled(call string, times int) string {
	text := "small"
	for range times {
		text = fmt.Sprintf(call, text)
	}
	return text
}

// tooMuch are queries that would end the process, or never end, by the limit that they are over.
var tooMuch = map[string]string{
	`avg_over_time(small[1y:1ms])`:                                              "00001 steps",
	`max_over_time(sum_over_time(small[1y:1ms])[1y:1m])`:                        "steps",
	`avg_over_time(vector(time())[100y:1s])`:                                    "steps",
	`avg_over_time(small[1y:1ms] @ end())`:                                      "steps",
	`sum(avg_over_time(vector(1)[1y:20s])) + sum(avg_over_time(small[1y:1ms]))`: "steps",
	`small[1y:1ms]`: "steps",
	`sum_over_time(count_values("v", vector(time()))[12h:1s])`:                       "samples at once",
	`last_over_time((big @ end() + 1)[1d:1s])`:                                       "samples at once",
	`max_over_time(sum_over_time(big[1h])[300d:10s] @ end())`:                        "samples",
	`quantile_over_time(0.5, quantile_over_time(0.5, vector(time())[1h:1s])[1d:1s])`: "samples to read",
	doubled(`label_join(%s, "i", "", "i", "i")`, 30):                                 "bytes of labels",
	doubled(`label_replace(%s, "i", "$1$1", "i", "(.*)")`, 30):                       "bytes of labels",
	`{__name__=~"` + strings.Repeat("(a{1,900})", 2) + `"}`:                          "weight",
	`label_replace(big, "i", "` + strings.Repeat("x", 100_000) + `$1", "i", "(.*)")`: "bytes of labels",
}

// TestTooMuch: a query that would take all memory or time is refused before it is evaluated, with the limit.
func TestTooMuch(t *testing.T) {
	e, end := crowd(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	for text, want := range tooMuch {
		for form, ask := range map[string]func() (Result, error){
			"instant": func() (Result, error) { return e.Instant(t.Context(), text, end) },
			"range":   func() (Result, error) { return e.Range(t.Context(), text, end.Add(-time.Hour), end, time.Minute) },
		} {
			if form == "range" && strings.HasPrefix(text, "small[") {
				continue // no query over a range
			}
			var refused *TooMuch
			if _, err := ask(); !errors.As(err, &refused) || !strings.Contains(refused.Reason, want) ||
				!strings.Contains(refused.Reason, "the limit of a query") {
				t.Errorf("%s, %.100s: got %.300v, want %s", form, text, err, want)
			}
		}
	}
	runtime.ReadMemStats(&after)
	t.Logf("%d queries in %s with %d KiB", 2*len(tooMuch), time.Since(began), (after.TotalAlloc-before.TotalAlloc)>>10)
	if took := after.TotalAlloc - before.TotalAlloc; took > 256<<20 {
		t.Errorf("to refuse them took %d MiB", took>>20)
	}
}

// TestMuch: what a large board asks of many series over a day is evaluated.
func TestMuch(t *testing.T) {
	e, end := crowd(t)
	for _, text := range []string{
		`histogram_quantile(0.9, sum by (ten) (rate(big[5m])))`, `big + big`, `sum by (i) (rate(big[5m])) / sum by (i) (big)`,
		`count_values("v", small)`, `max_over_time(sum(rate(small[5m]))[30d:1m])`, `avg_over_time(small[1y])`,
		`label_replace(big, "x", "$1-$2", "i", "(.)(.*)")`, `topk(5, max_over_time(small[1h:10s]))`,
		`big @ end()`, `absent(nothing)`, `avg_over_time(vector(1)[1d:1m])`,
	} {
		q, err := e.engine.NewRangeQuery(t.Context(), e.store, nil, text, end.Add(-24*time.Hour), end, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.estimate(q.Statement()); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		q.Close()
	}
}

// TestOperatorsCost: operators and calls within each other cost more than their number, since Prometheus walks through those
// around or within a part at each step.
func TestOperatorsCost(t *testing.T) {
	e, end := crowd(t)
	cost := func(text string) float64 {
		q, err := e.engine.NewRangeQuery(t.Context(), e.store, nil, text, end.Add(-time.Hour), end, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		defer q.Close()
		c, err := e.estimate(q.Statement())
		if err != nil {
			t.Fatal(err)
		}
		return c.visits
	}
	sum := func(n int) string { return "small" + strings.Repeat(" + small", n) }
	calls := func(n int) string { return strings.Repeat("abs(", n) + "small" + strings.Repeat(")", n) }
	half, whole := cost(sum(500)), cost(sum(1000))
	if whole < 3*half {
		t.Errorf("operators: %.0f and %.0f", half, whole)
	}
	if apart := cost("(" + sum(500) + ") + (" + sum(499) + ")"); apart > 0.9*whole {
		t.Errorf("in brackets: %.0f of %.0f", apart, whole)
	}
	if half, whole := cost(calls(400)), cost(calls(800)); whole < 3*half {
		t.Errorf("calls: %.0f and %.0f", half, whole)
	}
}

// TestEstimate: no query of the boards, and none that looks back at itself, has more samples at once than estimated.
func TestEstimate(t *testing.T) {
	service := app(t, 60, 1)
	e := empty(t)
	for i := range 60 {
		service.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil))
		families, err := service.pages[i].families()
		e.Scrape(start.Add(time.Duration(i)*30*time.Second), map[string]string{"job": "myapp", "instance": "a"}, families, err, 0)
	}
	end := start.Add(30 * time.Minute)
	times := query.Times{From: start, To: end, Interval: 15 * time.Second, Scrape: 30 * time.Second}
	texts := []string{
		`count_values("v", api_http_request_total)`, `max_over_time(rate(api_http_request_total[1m])[10m:10s])`,
		`api_http_request_total @ end() * 2`, `sum_over_time(count_values("v", api_http_request_total)[10m:10s])`,
		`api_http_request_total or go_goroutines`, `absent(nothing) + on () group_right () go_goroutines`,
		`label_replace(api_http_request_total, "a", "$1", "path", "(.*)") * 2`, `time() - vector(time())`,
	}
	for _, board := range boards(t) {
		for _, text := range board.queries {
			put, err := query.Interpolate(text, board.variables, times)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, put)
		}
	}
	for _, text := range texts {
		checkEstimate(t, e, text, start, end)
	}
}

func checkEstimate(t *testing.T, e *Engine, text string, start, end time.Time) {
	t.Helper()
	var q promql.Query
	var c *costs
	_, err := e.execute(t.Context(), text, func() (promql.Query, error) {
		var err error
		if q, err = e.engine.NewRangeQuery(context.Background(), e.store, nil, text, start, end, 15*time.Second); err == nil {
			c, err = e.estimate(q.Statement())
		}
		return q, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if peak := q.Stats().Samples.PeakSamples; float64(peak) > c.peak {
		t.Errorf("%s: %d samples at once, estimated %.0f", text, peak, c.peak)
	}
}
