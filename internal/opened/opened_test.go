package opened

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/source"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// requests are two jobs with two instances each, a request a second, over an hour.
func requests(t *testing.T) source.Source {
	t.Helper()
	var all []engine.Series
	for _, job := range []string{"api", "web"} {
		for _, instance := range []string{"a", "b"} {
			s := engine.Series{Labels: map[string]string{"__name__": "requests_total", "job": job, "instance": instance}}
			for i := range 361 {
				s.Samples = append(s.Samples, engine.Sample{T: noon.Add(time.Duration(i-360) * 10 * time.Second), V: float64(i * 10)})
			}
			all = append(all, s)
		}
	}
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	return source.Memory{Engine: e}
}

const board = `{"title": "Requests", "schemaVersion": 42,
 "templating": {"list": [
  {"name": "job", "type": "query", "query": "label_values(requests_total, job)", "multi": true, "includeAll": true,
   "current": {"value": ["$__all"], "text": ["All"]}},
  {"name": "instance", "type": "query", "query": "label_values(requests_total{job=~\"$job\"}, instance)"}]},
 "panels": [
  {"id": 1, "title": "Of $job", "type": "timeseries", "repeat": "job",
   "targets": [{"refId": "A", "expr": "sum by (job) (rate(requests_total{job=~\"$job\"}[$__rate_interval]))", "legendFormat": "$job"},
               {"refId": "H", "expr": "up", "hide": true}]},
  {"id": 2, "title": "One", "type": "stat", "timeFrom": "5m",
   "targets": [{"refId": "A", "expr": "requests_total{instance=\"$instance\"}", "instant": true, "range": true}]},
  {"id": 3, "title": "Broken", "type": "stat", "targets": [{"refId": "A", "expr": "sum(", "range": true}, {"refId": "B", "expr": "$nothing"}]}]}`

// TestOpen: variables, copies, ranges and answers are those that Grafana would show.
func TestOpen(t *testing.T) {
	b, err := grafana.Read([]byte(board))
	if err != nil {
		t.Fatal(err)
	}
	open, err := Open(t.Context(), b, requests(t), Options{From: noon.Add(-time.Hour), To: noon, Scrape: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range open.Shown {
		fmt.Fprintf(&got, "%s (%d of %d), %s\n", p.Put(p.Title), p.Copy+1, p.Copies, p.To.Sub(p.From))
		for _, q := range p.Queries {
			fmt.Fprintf(&got, "  %s %s: %s %s\n", q.RefID, q.Legend, q.Text, q.Why)
			for _, a := range q.Answers {
				all, _ := a.Samples()
				last := a.Series[0].Samples[len(a.Series[0].Samples)-1]
				fmt.Fprintf(&got, "    instant %v: %d series, %d samples, the last %g at %s\n", a.Instant, len(a.Series), all, last.V, last.T.Format("15:04:05"))
			}
		}
	}
	want := `Of api (1 of 2), 1h0m0s
  A api: sum by (job) (rate(requests_total{job=~"api"}[40s])) 
    instant false: 1 series, 360 samples, the last 2 at 12:00:00
Of web (2 of 2), 1h0m0s
  A web: sum by (job) (rate(requests_total{job=~"web"}[40s])) 
    instant false: 1 series, 360 samples, the last 2 at 12:00:00
One (1 of 1), 5m0s
  A : requests_total{instance="a"} 
    instant false: 2 series, 62 samples, the last 3600 at 12:00:00
    instant true: 2 series, 2 samples, the last 3600 at 12:00:00
Broken (1 of 1), 1h0m0s
  A : sum( query sum(: 1:5: parse error: unclosed left parenthesis
  B :  1:1: $nothing: there is no variable of this name
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &got, want)
	}
}
