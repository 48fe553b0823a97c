package frame

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/histogram"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

var update = flag.Bool("update", false, "write the golden file")

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// shop is a source of a few series, ten minutes long: a counter, a histogram in both kinds, and a gauge with a gap.
func shop(t testing.TB) source.Source {
	t.Helper()
	var all []engine.Series
	add := func(value func(i int) engine.Sample, pairs ...string) {
		s := engine.Series{Labels: map[string]string{}}
		for i := 0; i < len(pairs); i += 2 {
			s.Labels[pairs[i]] = pairs[i+1]
		}
		for i := range 21 {
			if sample := value(i); sample.H != nil || sample.V >= 0 {
				sample.T = noon.Add(time.Duration(i-20) * 30 * time.Second)
				s.Samples = append(s.Samples, sample)
			}
		}
		all = append(all, s)
	}
	for i, path := range []string{"/a", "/b"} {
		add(func(n int) engine.Sample { return engine.Sample{V: float64(n * 30 * (i + 1))} },
			"__name__", "requests_total", "path", path, "status", "200")
	}
	for i, le := range []string{"0.1", "1", "+Inf"} {
		add(func(n int) engine.Sample { return engine.Sample{V: float64(n * 3 * (i + 1))} },
			"__name__", "seconds_bucket", "le", le)
	}
	add(func(n int) engine.Sample { return engine.Sample{V: float64(n%7 - 1)} }, "__name__", "queue_length")
	add(func(n int) engine.Sample {
		return engine.Sample{H: &histogram.FloatHistogram{
			Count: float64(4 * n), Sum: float64(n), PositiveSpans: []histogram.Span{{Offset: 0, Length: 2}},
			PositiveBuckets: []float64{float64(3 * n), float64(n)},
		}}
	}, "__name__", "native_seconds")
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	return source.Memory{Engine: e}
}

// open opens a board over a source, for the last two minutes.
func open(t testing.TB, src source.Source, board string) *opened.Board {
	t.Helper()
	b, err := grafana.Read([]byte(board))
	if err != nil {
		t.Skip(err)
	}
	o, err := opened.Open(t.Context(), b, src, opened.Options{From: noon.Add(-2 * time.Minute), To: noon, Scrape: 30 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestFrames: the frames of a board's panels, from queries to values. See testdata/board.json and frames.txt.
func TestFrames(t *testing.T) {
	board, err := os.ReadFile("testdata/board.json")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range open(t, shop(t), string(board)).Shown {
		frames, gaps := Of(p, Look{})
		fmt.Fprintf(&got, "# %s\n", p.Title)
		for _, f := range frames {
			print(&got, f, "")
		}
		for _, g := range gaps {
			fmt.Fprintf(&got, "gap %s: %s\n", g.Code, g.Text)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/frames.txt", []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/frames.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s", got.String())
	}
}

func print(out *strings.Builder, f Frame, indent string) {
	fmt.Fprintf(out, "%sframe %s %s\n", indent, f.RefID, f.Name)
	for _, field := range f.Fields {
		var labels, shown []string
		for _, name := range slices.Sorted(maps.Keys(field.Labels)) {
			labels = append(labels, name+"="+field.Labels[name])
		}
		for row := range field.Len() {
			if field.Kind != Nested {
				shown = append(shown, field.ShowAt(row).Text.String())
			}
		}
		fmt.Fprintf(out, "%s  %s (%s %s) %s: %s\n", indent, field.Display, field.Name, kindNames[field.Kind],
			strings.Join(labels, " "), strings.Join(shown, " | "))
		for _, nested := range field.Nested {
			print(out, nested, indent+"    ")
		}
	}
}

// FuzzFrames: no panel makes the work panic, whatever is in it. Each value can be shown, and so can each calculation.
func FuzzFrames(f *testing.F) {
	var cases []testCase
	read(f, "testdata/frames.json", &cases)
	for _, c := range cases {
		f.Add(c.Type, "table", string(c.Transformations), string(c.FieldConfig))
	}
	f.Add("heatmap", "heatmap", `[{"id":"timeSeriesTable","options":{}}]`, `{"defaults":{"decimals":1e9}}`)
	for _, id := range []string{"partitionByValues", "prepareTimeSeries", "ensureColumns", "filterFields", "order"} {
		f.Add("stat", "", `[{"id":"`+id+`","options":{"fields":["path"],"format":"wide","include":{"id":"first"}}}]`, `{}`)
	}
	src := shop(f)
	f.Fuzz(func(t *testing.T, kind, format, transformations, config string) {
		if transformations == "" {
			transformations = "[]"
		}
		if config == "" {
			config = "{}"
		}
		board := fmt.Sprintf(`{"schemaVersion": 42, "panels": [{"id": 1, "type": %q, "transformations": %s, "fieldConfig": %s,
 "targets": [{"refId": "A", "expr": "requests_total", "format": %q}, {"refId": "B", "expr": "{__name__=~\"native.*|seconds.*\"}"}]}]}`,
			kind, transformations, config, format)
		for _, p := range open(t, src, board).Shown {
			frames, _ := Of(p, Look{})
			Range(frames)
			for _, frame := range frames {
				for _, field := range frame.Fields {
					for row := range min(field.Len(), 3) {
						field.ShowAt(row)
					}
					field.Color()
					for id := range calcs {
						field.ShowCalc(id)
					}
				}
			}
		}
	})
}

// BenchmarkOf is a panel of a hundred series over six hours, with overrides and a transformation.
func BenchmarkOf(b *testing.B) {
	board, err := grafana.Read([]byte(`{"schemaVersion": 42, "panels": [{"id": 1, "type": "timeseries",
 "transformations": [{"id": "renameByRegex", "options": {"regex": "/api (.*)/", "renamePattern": "$1"}}],
 "fieldConfig": {"defaults": {"unit": "bytes"}, "overrides": [
  {"matcher": {"id": "byName", "options": "7"}, "properties": [{"id": "unit", "value": "short"}]},
  {"matcher": {"id": "byRegexp", "options": "/9$/"}, "properties": [{"id": "custom.lineWidth", "value": 3}]}]}}]}`))
	if err != nil {
		b.Fatal(err)
	}
	q := opened.Query{Target: grafana.Target{RefID: "A", Legend: "api {{pod}}"}, Answers: []opened.Answer{{}}}
	for i := range 100 {
		s := source.Series{Labels: map[string]string{"pod": fmt.Sprint(i)}}
		for j := range 360 {
			s.Samples = append(s.Samples, source.Sample{T: noon.Add(time.Duration(j) * time.Minute), V: float64(i * j)})
		}
		q.Answers[0].Series = append(q.Answers[0].Series, s)
	}
	p := opened.Panel{Panel: board.Panels[0], Queries: []opened.Query{q}}
	for b.Loop() {
		frames, _ := Of(p, Look{})
		for _, f := range frames {
			f.Fields[1].ShowCalc("mean")
		}
	}
}
