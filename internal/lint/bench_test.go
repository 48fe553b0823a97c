package lint

import (
	"fmt"
	"strings"
	"testing"
)

// panelsOfBench is how many panels a board of the benchmark has.
const panelsOfBench = 30

// kindsOfPanels are the panels that the benchmark's boards are made of. Each has %[1]d in its title and queries, so that none is
// another one's. The last two have mistakes.
var kindsOfPanels = []string{
	`"title": "Orders of shop %[1]d", "type": "timeseries", "fieldConfig": {"defaults": {"unit": "reqps", "thresholds": {"mode": "absolute", "steps": [{"color": "green", "value": null}, {"color": "red", "value": 80}]}}, "overrides": [{"matcher": {"id": "byName", "options": "total"}, "properties": [{"id": "unit", "value": "reqps"}]}]},
	 "targets": [{"refId": "A", "expr": "sum by (path) (rate(shop%[1]d_orders_total{job=~\"$job\",path!~\"/health|/metrics\"}[$__rate_interval]))", "legendFormat": "{{path}}"}, {"refId": "B", "expr": "sum(rate(shop%[1]d_orders_total{job=~\"$job\"}[$__rate_interval]))", "legendFormat": "total"}]`,
	`"title": "Errors of shop %[1]d", "type": "stat", "fieldConfig": {"defaults": {"unit": "percentunit"}, "overrides": []},
	 "targets": [{"refId": "A", "expr": "sum(rate(shop%[1]d_errors_total{job=~\"$job\"}[5m])) / sum(rate(shop%[1]d_orders_total{job=~\"$job\"}[5m])) or vector(0)"}]`,
	`"title": "Latency of shop %[1]d", "type": "timeseries", "fieldConfig": {"defaults": {"unit": "s"}, "overrides": []},
	 "targets": [{"refId": "A", "expr": "histogram_quantile(0.99, sum by (le, path) (rate(shop%[1]d_latency_seconds_bucket{job=~\"$job\"}[$__rate_interval])))", "legendFormat": "{{path}}"}]`,
	`"title": "Heap of shop %[1]d", "type": "table", "fieldConfig": {"defaults": {"unit": "bytes"}, "overrides": []}, "transformations": [{"id": "organize", "options": {"renameByName": {"instance": "Instance"}}}],
	 "targets": [{"refId": "A", "expr": "max by (instance) (shop%[1]d_heap_bytes{job=~\"$job\"} / 1024 / 1024)", "format": "table", "instant": true}]`,
	`"title": "Versions of shop %[1]d", "type": "graph", "yaxes": [{"format": "short"}, {"format": "short"}], "seriesOverrides": [{"alias": "/v[0-9]+/", "yaxis": 2}],
	 "targets": [{"refId": "A", "expr": "topk(5, shop%[1]d_heap_bytes{instance=~\"shop.*\"} * on (job, instance) group_left (version) shop%[1]d_build_info{job=~\"$job\"}) unless on (instance) shop%[1]d_down == 1", "legendFormat": "v{{version}}"}]`,
	`"title": "Notes on shop %[1]d", "type": "text", "options": {"mode": "markdown", "content": "# Shop %[1]d\nAsk the team of ${job:text}."}`,
	`"title": "Busy time of shop %[1]d", "type": "gauge", "fieldConfig": {"defaults": {"unit": "bytes", "thresholds": {"mode": "absolute", "steps": [{"color": "red", "value": 80}, {"color": "green", "value": 20}]}}, "overrides": []},
	 "targets": [{"refId": "A", "expr": "avg(increase(shop%[1]d_busy_seconds_total{job=~\"$jop\"}[$__interval]))"}]`,
	`"title": "Sessions of shop %[1]d", "type": "timeseries", "fieldConfig": {"defaults": {"unit": "sessions"}, "overrides": [{"matcher": {"id": "byName", "options": "all"}, "properties": []}]},
	 "targets": [{"refId": "A", "expr": "rate(sum by (path) (shop%[1]d_sessions_total)[5m:])", "legendFormat": "{{instance}}"}]`,
}

func benchBoards(count int) []Source {
	all := make([]Source, count)
	for n := range all {
		var panels []string
		for i := range panelsOfBench {
			panels = append(panels, fmt.Sprintf(`{"id": %d, "description": "What it shows.", "datasource": {"type": "prometheus", "uid": "${source}"}, `+
				`"gridPos": {"x": %d, "y": %d, "w": 12, "h": 8}, `, i+1, i%2*12, i/2*8)+fmt.Sprintf(kindsOfPanels[i%len(kindsOfPanels)], n*panelsOfBench+i)+"}")
		}
		text := fmt.Sprintf(`{"uid": "b%d", "title": "Board %d", "schemaVersion": 41, "templating": {"list": [{"type": "datasource", "name": "source", "query": "prometheus"}, `+
			`{"type": "query", "name": "job", "query": "label_values(up, job)", "multi": true, "includeAll": true, "refresh": 2, "datasource": {"type": "prometheus", "uid": "${source}"}}]}, "panels": [%s]}`,
			n, n, strings.Join(panels, ",\n"))
		all[n] = Source{Path: fmt.Sprintf("boards/b%d.json", n), Data: []byte(text)}
	}
	return all
}

// BenchmarkLint reads and lints boards of thirty panels. The time grows with their number.
func BenchmarkLint(b *testing.B) {
	for _, count := range []int{10, 100, 1000} {
		sources := benchBoards(count)
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := Lint(Read(sources), NewMetrics())
				if r.Boards != count || len(r.Findings) < count {
					b.Fatal(r.Boards, " boards, ", len(r.Findings), " findings")
				}
			}
		})
	}
}
