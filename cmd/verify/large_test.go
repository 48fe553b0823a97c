package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// The queries of a board that shows one namespace, a hundred of them: NS and NTH stand for the namespace and the number
// of the panel, so that no query is asked twice. The last one is the same on all boards, and reads a whole metric.
var (
	ofNamespace = []string{
		`sum by (code) (rate(app_requests_total{NS}[$__rate_interval])) + NTH`,
		`topk(5, sum by (pod) (rate(app_requests_total{NS,code="200"}[$__rate_interval]))) + NTH`,
		`sum(rate(app_requests_total{NS,code=~"5.."}[$__rate_interval])) / sum(rate(app_requests_total{NS}[$__rate_interval])) + NTH`,
		`histogram_quantile(0.9, sum by (le) (rate(app_duration_seconds_bucket{NS}[$__rate_interval]))) + NTH`,
		`sum(rate(app_duration_seconds_sum{NS}[$__rate_interval])) / sum(rate(app_duration_seconds_count{NS}[$__rate_interval])) + NTH`,
		`app_memory_bytes{NS} + NTH`,
		`max by (pod) (app_memory_bytes{NS} / app_memory_limit_bytes{NS}) + NTH`,
		`app_memory_bytes{NS} * on (namespace, pod) group_left (node) pod_info{NS} + NTH`,
		`count(pod_info{NS}) + NTH`,
		`increase(app_requests_total{NS,code!="200"}[$__range]) + NTH`,
	}
	ofAll = `sum by (namespace) (app_memory_bytes)`
)

const (
	manyBoards, panels = 100, 30
	pods               = 14_500 // make 20 MiB
)

// writePage writes the page of many pods, at one scrape of several: the counters grow.
func writePage(out io.Writer, scrape int64) {
	for pod := range pods {
		labels := fmt.Sprintf(`namespace="team-%d",pod="checkout-%08d-%05d"`, pod%manyBoards, pod*7919, pod)
		var b strings.Builder
		for _, code := range []string{"200", "404", "503"} {
			fmt.Fprintf(&b, "app_requests_total{%s,code=\"%s\"} %d\n", labels, code, scrape*int64(pod%9+1))
		}
		for nth, le := range []string{"0.1", "0.5", "1", "5", "+Inf"} {
			fmt.Fprintf(&b, "app_duration_seconds_bucket{%s,le=\"%s\"} %d\n", labels, le, scrape*int64(nth+1))
		}
		fmt.Fprintf(&b, "app_duration_seconds_sum{%s} %d\napp_duration_seconds_count{%s} %d\n", labels, scrape*3, labels, scrape*5)
		fmt.Fprintf(&b, "app_memory_bytes{%s} %d\napp_memory_limit_bytes{%s} 1e9\n", labels, 1e8+pod, labels)
		fmt.Fprintf(&b, "pod_info{%s,node=\"node-%d\",uid=\"0b8e3c1e-5c1a-4c58-9d7c-%012d\"} 1\n", labels, pod%300, pod)
		io.WriteString(out, b.String())
	}
}

// servePage returns the address of the page.
func servePage(tb testing.TB) string {
	var scrapes atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		writePage(w, scrapes.Add(1))
	}))
	tb.Cleanup(server.Close)
	return server.URL
}

// panelQuery returns the query of a panel.
func panelQuery(nth int) string {
	if nth == panels-1 {
		return ofAll
	}
	matcher := `namespace=~"$namespace"`
	return strings.NewReplacer("NS", matcher, "NTH", fmt.Sprint(nth)).Replace(ofNamespace[nth%len(ofNamespace)])
}

// writeBoards writes so many boards, with kinds of panels, a variable, legends, overrides and a repeat. It returns the
// pattern of the files.
func writeBoards(tb testing.TB, count int) string {
	folder := tb.TempDir()
	for n := range count {
		var all []string
		for nth := range panels {
			more := `"type": "timeseries"`
			format := "time_series"
			switch nth % len(ofNamespace) {
			case 5, 7:
				more, format = `"type": "table", "fieldConfig": {"overrides": [{"matcher": {"id": "byName", "options": "pod"}, `+
					`"properties": [{"id": "unit", "value": "short"}]}]}`, "table"
			case 0:
				more += `, "repeat": "namespace"`
			}
			all = append(all, fmt.Sprintf(
				`{"id": %d, "title": "p%d", %s, "targets": [{"refId": "A", "expr": %q, "format": %q}]}`,
				nth+1, nth, more, panelQuery(nth), format))
		}
		board := fmt.Sprintf(`{"uid": "b%d", "templating": {"list": [{"type": "query", "name": "namespace", `+
			`"query": "label_values(pod_info, namespace)", "current": {"value": "team-%d"}}]}, "panels": [%s]}`,
			n, n, strings.Join(all, ",\n"))
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("b%03d.json", n)), []byte(board), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(folder, "*.json")
}

// BenchmarkManyBoards compares verify with scraping, parsing and evaluating alone: in CPU time, and in the memory that
// is in use.
func BenchmarkManyBoards(b *testing.B) {
	sizes := []int{25, 50, manyBoards}
	if testing.Short() {
		sizes = []int{2}
	}
	for _, boards := range sizes {
		url, files := servePage(b), writeBoards(b, boards)
		measured := func(name string, do func()) {
			b.Run(fmt.Sprintf("%d/%s", boards, name), func(b *testing.B) {
				used, highest := cpuTime(b), peak()
				for b.Loop() {
					do()
				}
				b.ReportMetric(used().Seconds()/float64(b.N), "cpu-s/op")
				b.ReportMetric(highest()/(1<<20), "peak-MiB")
			})
		}
		measured("alone", func() { evaluateAlone(b, url, boards) })
		measured("verify", func() {
			var out strings.Builder
			if code := run([]string{"-boards", files, "-target", url}, &out, os.Stderr); code != 0 {
				b.Fatal("exit ", code, out.String())
			}
		})
	}
}

// evaluateAlone does what cannot be saved.
func evaluateAlone(b *testing.B, url string, boards int) {
	e, err := engine.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	end := time.Now()
	const scrapes = 6 // as many as verify takes
	for i := range scrapes {
		families, err := scrape.Fetch(b.Context(), nil, url)
		at := end.Add(-time.Duration(scrapes-1-i) * 15 * time.Second)
		e.Scrape(at, map[string]string{"job": "j", "instance": "i"}, families, err, 0)
	}
	for n := range boards {
		values := map[string]query.Value{"namespace": {Values: []string{fmt.Sprintf("team-%d", n)}}}
		for nth := range panels {
			if n > 0 && nth == panels-1 {
				continue // the same on all boards
			}
			evaluate(b, e, panelQuery(nth), values, end)
		}
	}
}

// evaluate evaluates a query over all ranges.
func evaluate(b *testing.B, e *engine.Engine, text string, values map[string]query.Value, end time.Time) {
	for _, shown := range []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour} {
		step := view.Step(shown, 0, 15*time.Second)
		times := query.Times{From: end.Add(-shown), To: end, Interval: step, Scrape: 15 * time.Second}
		put, err := query.Interpolate(text, values, times)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := e.Range(b.Context(), put, end.Add(-shown), end, step); err != nil {
			b.Fatal(err)
		}
	}
}

// cpuTime returns a function that returns the time of all cores since.
func cpuTime(b *testing.B) func() time.Duration {
	now := func() time.Duration {
		var usage syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
			b.Fatal(err)
		}
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	before := now()
	return func() time.Duration { return now() - before }
}

// peak returns a function that returns the most memory in use since, in bytes: what a garbage collection leaves.
func peak() func() float64 {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		highest := uint64(0)
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		for {
			metrics.Read(live)
			highest = max(highest, live[0].Value.Uint64())
			select {
			case <-stop:
				most <- highest
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(stop); return float64(<-most) }
}
