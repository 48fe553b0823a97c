package draw

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

// canned is a source that gives the answers of a file, by panel and query, as Prometheus's API writes them.
type canned struct {
	source.Source // nil: nothing else is asked
	answers       map[string]json.RawMessage
}

// asked are the queries of the reference board, with the keys of their answers.
var asked = map[string]string{
	`go_memstats_heap_inuse_bytes{job="api"}`:                                  "1/A",
	`go_memstats_heap_idle_bytes{job="api"}`:                                   "1/B",
	`go_goroutines{job="api"}`:                                                 "2/A",
	`go_memstats_heap_inuse_bytes{job="api"} / go_memstats_heap_sys_bytes`:     "3/A",
	`sum by (path) (increase(api_http_request_total{job="api"}[3600s]))`:       "4/A",
	`sum by (path) (increase(api_http_request_error_total{job="api"}[3600s]))`: "4/B",
	`sum by (le) (rate(api_http_request_duration_seconds_bucket[60s]))`:        "5/A",
	`go_info`: "6/A",
}

func (c canned) LabelValues(context.Context, string, string, time.Time, time.Time) ([]string, error) {
	return []string{"api"}, nil
}

func (c canned) Instant(_ context.Context, query string, _ time.Time) (source.Answer, error) {
	return c.answer(query)
}

func (c canned) Range(_ context.Context, query string, _, _ time.Time, _ time.Duration) (source.Answer, error) {
	return c.answer(query)
}

func (c canned) answer(query string) (a source.Answer, err error) {
	key, ok := asked[query]
	if !ok {
		return a, &source.Refused{Reason: "no answer to " + query}
	}
	var data struct {
		Result []struct {
			Metric map[string]string
			Value  []any
			Values [][]any
		}
	}
	if err := json.Unmarshal(c.answers[key], &data); err != nil {
		return a, err
	}
	for _, r := range data.Result {
		s := source.Series{Labels: r.Metric}
		if r.Value != nil {
			r.Values = append(r.Values, r.Value)
		}
		for _, pair := range r.Values {
			v, err := strconv.ParseFloat(pair[1].(string), 64)
			if err != nil {
				return a, err
			}
			s.Samples = append(s.Samples, source.Sample{T: time.Unix(int64(pair[0].(float64)), 0), V: v})
		}
		a.Series = append(a.Series, s)
	}
	return a, nil
}

// reference opens the board of testdata/reference, of which Grafana's own code has drawn a picture.
func reference(t testing.TB) *opened.Board {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("testdata", "reference", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	board, err := grafana.Read(read("dashboard.json"))
	if err != nil {
		t.Fatal(err)
	}
	c := canned{}
	if err := json.Unmarshal(read("data.json"), &c.answers); err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1750000000, 0)
	b, err := opened.Open(context.Background(), board, c, opened.Options{From: now.Add(-time.Hour), To: now, Scrape: 15 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range b.Shown {
		for _, q := range p.Queries {
			if q.Why != "" {
				t.Fatalf("panel %s: %s", p.Title, q.Why)
			}
		}
	}
	return b
}

func TestReference(t *testing.T) {
	pic := Board(reference(t), Options{})
	if dir := os.Getenv("DRAW"); dir != "" {
		os.WriteFile(filepath.Join(dir, "reference.svg"), pic.SVG, 0o644)
	}
	var texts []string
	for _, box := range pic.Texts {
		texts = append(texts, box.Text)
	}
	t.Log(strings.Join(texts, "|"))
	t.Log(pic.Gaps, len(pic.SVG))
}
