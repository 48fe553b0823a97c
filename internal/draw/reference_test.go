package draw

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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

func (canned) Parallel() int { return 2 }

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

// texts returns what is written within a panel, in the order of drawing.
func texts(pic Picture, title string) (all []string) {
	for _, p := range pic.Panels {
		for _, box := range pic.Texts {
			if p.Title == title && box.Intersect(p.Frame).W > 0 && box.Intersect(p.Frame).H > 0 {
				all = append(all, box.Text)
			}
		}
	}
	return all
}

// TestReference holds the drawing against what one sees in the picture that Grafana's own code has drawn of the board:
// texts, places in pixels, colors.
func TestReference(t *testing.T) {
	pic := Board(reference(t), Options{})
	keep(t, "reference", pic)
	checkWhole(t, "reference", pic)
	if pic.Size != (Size{1600, 968}) {
		t.Errorf("the picture has %v pixels, Grafana's 1600 x 968", pic.Size)
	}
	const times = "14:10|14:15|14:20|14:25|14:30|14:35|14:40|14:45|14:50|14:55|15:00|15:05"
	for i, want := range []struct {
		title, place, texts string
		colors              []string
	}{
		{"Heap memory of api", "16,48 1059,382", "16 MiB|32 MiB|48 MiB|64 MiB|" + times +
			"|Name|Last *|Max|api:8000 in use|55.3 MiB|68.0 MiB|api:8000 idle|21.0 MiB|21.0 MiB|Heap memory of api",
			[]string{"#73bf69", "#f2cc0c"}},
		{"Goroutines", "1067,48 1321,382", "112|Goroutines", []string{"#73bf69"}},
		{"Heap in use", "1329,48 1584,382", "70|%|Heap in use", []string{"#fade2a"}},
		{"HTTP requests by path", "16,390 796,724", "/api/orders ok|1.84|K|/api/users ok|1.21|K|/health ok|96|" +
			"/api/orders errors|412|/api/users errors|37|HTTP requests by path", []string{"#73bf69", "#f2495c"}},
		{"Request duration", "804,390 1584,724", "Request duration", nil}, // the oracle's own cells, not Grafana's
		{"Targets", "16,732 796,952", "__name__|instance|job|version|up|go_info|api:8000|api|go1.26.8|UP|" +
			"go_info|worker:8000|api|go1.26.8|DOWN|Targets", nil},
		{"Notes", "804,732 1584,952", "Runbook|•|memory|creep|:|heap|in|use|rises|and|never|falls|" +
			"•|goroutine|leak|:|goroutines|rise|without|load|Job:|api|Notes", nil},
	} {
		p := pic.Panels[i]
		f := p.Frame
		if place := fmt.Sprintf("%.0f,%.0f %.0f,%.0f", f.X, f.Y, f.X+f.W, f.Y+f.H); p.Title != want.title || place != want.place {
			t.Errorf("%q stands at %s, want %q at %s", p.Title, place, want.title, want.place)
		}
		got := strings.Join(texts(pic, want.title), "|")
		if i == 4 {
			for _, text := range append(strings.Split(times, "|"), "5 ms", "10 ms", "25 ms", "50 ms", "100 ms", "250 ms", "500 ms", "1 s", "+Inf") {
				if !strings.Contains("|"+got+"|", "|"+text+"|") {
					t.Errorf("%s lacks %q: %s", want.title, text, got)
				}
			}
		} else if got != want.texts {
			t.Errorf("%s has\n%s\nwant\n%s", want.title, got, want.texts)
		}
		for _, color := range want.colors {
			if !bytes.Contains(pic.SVG, []byte(color)) {
				t.Errorf("%s has no %s", want.title, color)
			}
		}
	}
}
