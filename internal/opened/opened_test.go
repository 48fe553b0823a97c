package opened

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
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

// waiting is a source whose answers wait until enough questions are asked at once.
type waiting struct {
	source.Source
	most    int
	running chan struct{}
	all     chan struct{} // closed when so many questions wait
	once    *sync.Once
}

func (w waiting) Parallel() int { return w.most }

func (w waiting) Instant(ctx context.Context, query string, at time.Time) (source.Answer, error) {
	select {
	case w.running <- struct{}{}:
	default:
		return source.Answer{}, errors.New("more questions at once than the source allows")
	}
	if len(w.running) == w.most {
		w.once.Do(func() { close(w.all) })
	}
	select {
	case <-w.all:
	case <-ctx.Done():
		return source.Answer{}, ctx.Err()
	}
	<-w.running
	return source.Answer{Series: []source.Series{{Labels: map[string]string{"query": query}}}}, nil
}

// TestAtOnce: as many queries as the source allows are asked at once, and no more; each has its own answer.
func TestAtOnce(t *testing.T) {
	var panels []string
	for i := range 6 {
		panels = append(panels, fmt.Sprintf(`{"type": "stat", "title": "P%d", "targets": [{"refId": "A", "expr": "a%d", "instant": true},
			{"refId": "B", "expr": "b%d", "instant": true}]}`, i, i, i))
	}
	b, err := grafana.Read([]byte(`{"title": "B", "panels": [` + strings.Join(panels, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	src := waiting{most: 8, running: make(chan struct{}, 8), all: make(chan struct{}), once: &sync.Once{}}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // for a program that asks fewer
	defer cancel()
	open, err := Open(ctx, b, src, Options{From: noon.Add(-time.Hour), To: noon, Scrape: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range open.Shown {
		for j, q := range p.Queries {
			if want := fmt.Sprint([]string{"a", "b"}[j], i); q.Answers[0].Series[0].Labels["query"] != want {
				t.Errorf("%s %s has the answer to %s", p.Title, q.RefID, q.Answers[0].Series[0].Labels["query"])
			}
		}
	}
}

// TestLimits: long texts are bounded, and the queries that come with too much are not asked.
func TestLimits(t *testing.T) {
	var panels []string
	for i := range 70 {
		panels = append(panels, fmt.Sprintf(`{"id": %d, "type": "timeseries", "title": "$long", "targets": [{"refId": "A", "expr": "requests_total{job=~\"$long\"}"}]}`, i+1))
	}
	b, err := grafana.Read([]byte(`{"title": "A", "templating": {"list": [{"name": "long", "type": "custom", "query": "` +
		strings.Repeat("é", 500_000) + `"}]}, "panels": [` + strings.Join(panels, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	open, err := Open(t.Context(), b, requests(t), Options{From: noon.Add(-time.Hour), To: noon, Scrape: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, p := range open.Shown {
		if why := p.Queries[0].Why; why == "" {
			asked++
		} else if why != "with it, the board's queries and legends would have more than 64 MiB, the limit" {
			t.Error(why)
		}
	}
	if asked != 67 { // of a million bytes each
		t.Errorf("%d of 70 queries were asked", asked)
	}
	if title := open.Shown[0].PutTitle("a$long"); title != "a"+strings.Repeat("é", 2047)+"…" {
		t.Errorf("a title of %d bytes, ending in %q", len(title), title[len(title)-10:])
	}
}
