package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
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
