package values

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaugewright/internal/diff"
	"gaugewright/internal/engine"
	"gaugewright/internal/source"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// hour is an hour of: a counter of two instances, one and three a second; a gauge that is 4, and 8 in the last ten
// minutes; another that is there only in the first half.
func hour(t testing.TB) Data {
	t.Helper()
	counter := func(instance string, rate float64) engine.Series {
		s := engine.Series{Labels: map[string]string{"__name__": "requests_total", "instance": instance}}
		for i := range 361 {
			s.Samples = append(s.Samples, engine.Sample{T: noon.Add(time.Duration(i-360) * 10 * time.Second), V: rate * float64(10*i)})
		}
		return s
	}
	queue := engine.Series{Labels: map[string]string{"__name__": "queue", "instance": "a"}}
	early := engine.Series{Labels: map[string]string{"__name__": "early", "instance": "a"}}
	for i := range 361 {
		sample := engine.Sample{T: noon.Add(time.Duration(i-360) * 10 * time.Second), V: 4}
		if i < 180 {
			early.Samples = append(early.Samples, sample)
		}
		if i > 300 {
			sample.V = 8
		}
		queue.Samples = append(queue.Samples, sample)
	}
	e, err := engine.New([]engine.Series{counter("a", 1), counter("b", 3), queue, early})
	if err != nil {
		t.Fatal(err)
	}
	return Data{Source: source.Memory{Engine: e}, From: noon.Add(-time.Hour), To: noon, Scrape: 10 * time.Second}
}

// board has panels of a type, each with a query; more is put into each panel.
func board(kind, more string, exprs ...string) []diff.File {
	var panels []string
	for i, expr := range exprs {
		panels = append(panels, fmt.Sprintf(`{"id": %d, "title": "Panel %d", "type": %q, %s "targets": [{"refId": "A", "expr": %q, "instant": %v}]}`,
			i+1, i+1, kind, more, expr, kind == "stat"))
	}
	return []diff.File{{Path: "board.json", Data: []byte(`{"uid": "b", "title": "B", "templating": {"list": [{"name": "instance", "type": "query",
		"query": "label_values(requests_total, instance)", "multi": true, "includeAll": true, "current": {"value": ["$__all"]}}]},
		"panels": [` + strings.Join(panels, ",") + `]}`)}}
}

func rule(text string) []diff.File {
	return []diff.File{{Path: "rules.yml", Data: []byte("groups: [{name: g, rules: [{" + text + "}]}]")}}
}

// told returns what the changes say about values, and the verdict's end.
func told(t *testing.T, data Data, old, new []diff.File) string {
	t.Helper()
	r := diff.Compare(old, new)
	if err := Annotate(t.Context(), r, data); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			if c.Values != nil {
				all = append(all, c.Values.Text.String())
			}
		}
	}
	_, sum, _ := strings.Cut(r.Verdict(), "cosmetic")
	return strings.Join(all, " | ") + sum
}

// TestQueries: what a changed query shows besides.
func TestQueries(t *testing.T) {
	t.Parallel()
	data := hour(t)
	const other, unknown = "; 1 panel shows other values", "; 1 changed query could not be evaluated"
	for _, test := range []struct{ kind, more, old, new, want string }{
		{"stat", `"fieldConfig": {"defaults": {"unit": "s"}},`, "queue", "queue / 2 + 1", "×0.63 (8 s → 5 s)" + other},
		{"timeseries", "", "queue", "queue + (queue > bool 5)", "on average ×1.04 (4.66 → 4.83)" + other},
		{"timeseries", "", "queue", "queue + 0.01", "typically nearly the same: 4 → 4.01" + other},
		{"timeseries", "", "queue", "queue - 4", "typically 4 → 0" + other},
		{"timeseries", "", "queue", "-queue", "×-1 at every point (typically 4 → -4)" + other},
		{"timeseries", "", "queue", "queue > 5", "same values, at other times: 361 points → 60" + other},
		{"timeseries", "", "queue", "queue > 10", "no longer has data: nothing passes > 10 now" + other},
		{"timeseries", "", "queue", "queue * on (path) early", "×4 at every point (typically 4 → 16); 361 points → 209" + other},
		{"timeseries", "", "queue > 10", "queue > 11", unknown},
		{"timeseries", "", "queue", "queue)", unknown},
		{"timeseries", "", "queue", "$queue", unknown},
		{"timeseries", "", "requests_total / requests_total", "requests_total / requests_total * 0 / 0", "no longer has numbers: only NaN or Inf" + other},
		{"timeseries", "", "requests_total", `requests_total{instance=~"$instance"}`, "same values"},
		{"timeseries", "", "requests_total", `topk(1, requests_total > 0)`, "2 series → 1" + other},
		{"timeseries", "", "sum by (instance) (requests_total)", `label_replace(sum by (instance) (requests_total), "i", "$1", "instance", "(.)")`, "same values, with other labels"},
		{"timeseries", `"repeat": "instance",`, `requests_total{instance=~"$instance"}`, `requests_total{instance=~"$instance"} * 3`,
			"×3 at every point (typically 2700 → 8100)" + other},
	} {
		if got := told(t, data, board(test.kind, test.more, test.old), board(test.kind, test.more, test.new)); got != test.want {
			t.Errorf("%s → %s:\n got %s\nwant %s", test.old, test.new, got, test.want)
		}
	}
}

// TestAlerts: when a changed alert would have fired.
func TestAlerts(t *testing.T) {
	t.Parallel()
	data := hour(t)
	const other = "; 1 rule gives other values"
	for _, test := range []struct{ old, new, want string }{
		{"expr: queue > 8", "expr: queue > 5", "the alert would have fired for 10 minutes; before: never" + other},
		{"expr: queue > 5", "expr: queue > 8", "the alert would never have fired; before: for 10 minutes" + other},
		{"expr: queue > 5", "expr: queue > 6", "the alert would have fired for 10 minutes, as before"},
		{"expr: queue > 5, for: 8m", "expr: queue > 5, for: 9m30s", "the alert would have fired for 30 seconds; before: for 2 minutes" + other},
		{"expr: queue > 5, for: 20m", "expr: queue > 5, for: 15m", "the alert would never have fired, as before"},
		{"expr: early > 3", "expr: 'early > 3', keep_firing_for: 5m", "the alert would have fired for 40 minutes; before: for 35 minutes" + other},
		{"expr: queue > 8, for: 1m", "expr: queue > 5, for: 5m", "the alert would have fired for 5 minutes; before: never" + other},
		{"expr: queue > 10", "expr: queues > 10", "the alert can no longer fire: there is no series queues" + other},
		{"expr: queues > 10", "expr: queue > 10", "the alert has its series now; it would never have fired" + other},
		{"expr: queues > 10", "expr: queues > 5", "; 1 changed query could not be evaluated"},
		{"expr: absent(queue)", "expr: absent(early)", "the alert would have fired for 25 minutes; before: never" + other},
		{"expr: queue > 5", "expr: queue / 0 > 5", "the alert would have fired for 60 minutes; before: for 10 minutes" + other},
	} {
		if got := told(t, data, rule("alert: Queue, "+test.old), rule("alert: Queue, "+test.new)); got != test.want {
			t.Errorf("%s → %s:\n got %s\nwant %s", test.old, test.new, got, test.want)
		}
	}
	if got := told(t, data, rule("alert: A, expr: up"), rule("alert: A, expr: up}, {alert: B, expr: queue > 5")); got != "the alert would have fired for 10 minutes" {
		t.Errorf("a new alert: %s", got)
	}
}

// TestAlone: the query of an annotation, and of a rule of Grafana, is evaluated by itself, if it is for Prometheus.
func TestAlone(t *testing.T) {
	t.Parallel()
	data := hour(t)
	annotation := func(expr, more string) []diff.File {
		text := fmt.Sprintf(`{"uid": "b", "title": "B", "panels": [], "annotations": {"list": [{"name": "Full", "expr": %q, %s "enable": true}]}}`, expr, more)
		return []diff.File{{Path: "board.json", Data: []byte(text)}}
	}
	alert := func(expr, more string) []diff.File {
		return rule(fmt.Sprintf("uid: u, title: Full, condition: A, data: [{refId: A, datasourceUid: p, model: {expr: '%s', %s}}]", expr, more))
	}
	loki := map[bool]string{true: `"datasource": {"type": "loki"},`, false: "datasource: {type: loki}"}
	for _, test := range []struct {
		of       func(expr, more string) []diff.File
		more     string
		old, new string
		want     string
	}{
		{annotation, "", "queue > 5", "queue > 3", "same values, at other times: 60 points → 361; 1 annotation shows other values"},
		{annotation, "", "queue > $most", "queue > 3", "; 1 changed query could not be evaluated"},
		{annotation, loki[true], "queue > 5", "queue > 3", ""},
		{alert, "", "queue", "queue * 2", "×2 at every point (typically 4 → 8); 1 rule gives other values"},
		{alert, loki[false], "queue", "queue * 2", ""},
	} {
		if got := told(t, data, test.of(test.old, test.more), test.of(test.new, test.more)); got != test.want {
			t.Errorf("%s → %s:\n got %s\nwant %s", test.old, test.new, got, test.want)
		}
	}
}

// TestTogether: the same change of many panels is evaluated in each, and said once where it comes to the same.
func TestTogether(t *testing.T) {
	t.Parallel()
	repeated := func(expr string) []string { return []string{expr, expr, expr, expr} }
	if got, want := told(t, hour(t), board("timeseries", "", repeated("queue")...), board("timeseries", "", repeated("queue * 2")...)),
		"×2 at every point (typically 4 → 8); 4 panels show other values"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	one, other := say("1 series → {}", "2"), say("has data now")
	other.panel = "CPU"
	if got, want := together([]finding{one, one, other}).Text.String(), "1 series → 2; in CPU has data now"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// asked is a source that must not be asked.
type asked struct {
	source.Source
	t *testing.T
}

func (a asked) LabelValues(context.Context, string, string, time.Time, time.Time) ([]string, error) {
	a.t.Error("asked for the values of a label")
	return nil, nil
}

func (a asked) Range(context.Context, string, time.Time, time.Time, time.Duration) (source.Answer, error) {
	a.t.Error("a query was evaluated")
	return source.Answer{}, nil
}

// TestNothingChanged: where no query changed, nothing is asked.
func TestNothingChanged(t *testing.T) {
	t.Parallel()
	data := Data{Source: asked{t: t}, From: noon, To: noon.Add(time.Hour), Scrape: time.Second}
	both := append(board("timeseries", "", "queue", "requests_total"), rule("alert: A, expr: up")...)
	told(t, data, both, both)
	told(t, data, board("timeseries", "", "queue"), board("stat", `"description": "d",`, "queue"))
}

// counting is a source that counts its queries.
type counting struct {
	source.Source
	queries *atomic.Int64
}

func (c counting) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (source.Answer, error) {
	c.queries.Add(1)
	return c.Source.Range(ctx, query, start, end, step)
}

// TestOnlyChanged: of a board, only the changed query is evaluated, in both versions; one that nobody sees is not.
func TestOnlyChanged(t *testing.T) {
	t.Parallel()
	data := hour(t)
	var queries atomic.Int64
	data.Source = counting{data.Source, &queries}
	told(t, data, board("timeseries", "", "queue", "early", "up"), board("timeseries", "", "queue", "early * 2", "up"))
	if queries.Load() != 2 {
		t.Errorf("%d queries were evaluated", queries.Load())
	}
	hidden := func(expr string) []diff.File {
		return []diff.File{{Path: "b.json", Data: []byte(`{"uid": "b", "panels": [{"id": 1, "title": "P", "type": "stat",
			"targets": [{"refId": "A", "hide": true, "expr": "` + expr + `"}]}]}`)}}
	}
	if got := told(t, data, hidden("queue"), hidden("early")); got != "" || queries.Load() != 2 {
		t.Errorf("a hidden query: %s, %d queries", got, queries.Load())
	}
}

// broken is a source whose server is gone.
type broken struct{ source.Source }

var errGone = errors.New("gone")

func (broken) Range(context.Context, string, time.Time, time.Time, time.Duration) (source.Answer, error) {
	return source.Answer{}, errGone
}

// busy is a source that answers no query in time.
type busy struct{ source.Source }

func (busy) Range(context.Context, string, time.Time, time.Time, time.Duration) (source.Answer, error) {
	return source.Answer{}, &source.Unanswered{Reason: "busy"}
}

// TestFailingSource: an error of the source ends the work; a question without an answer is counted.
func TestFailingSource(t *testing.T) {
	t.Parallel()
	data := hour(t)
	whole := data.Source
	for _, sides := range [][2][]diff.File{
		{board("timeseries", "", "queue"), board("timeseries", "", "queue * 2")},
		{rule("alert: A, expr: queue > 1"), rule("alert: A, expr: queue > 2")},
		{rule("record: a, expr: queue"), rule("record: a, expr: queue * 2")},
	} {
		data.Source = broken{whole}
		if err := Annotate(t.Context(), diff.Compare(sides[0], sides[1]), data); !errors.Is(err, errGone) {
			t.Errorf("%v", err)
		}
		data.Source = busy{whole}
		var unanswered *source.Unanswered
		r := diff.Compare(sides[0], sides[1])
		if err := Annotate(t.Context(), r, data); !errors.As(err, &unanswered) || r.Unevaluated != 1 || len(r.Sections) != 1 {
			t.Errorf("%v, %s", err, r.Verdict())
		}
	}
}

// TestName: a quantile and a single legend name what is compared.
func TestName(t *testing.T) {
	t.Parallel()
	of := func(expr, legend string, n int) version {
		return version{answer: answer{texts: []string{expr}, legend: legend, series: make([]series, n)}}
	}
	const p95, p99 = "histogram_quantile(.95, x)", "histogram_quantile(0.99, x)"
	for _, test := range []struct {
		old, new version
		want     string
	}{
		{of(p95, "", 2), of(p95, "", 2), "p95"},
		{of(p95, "", 1), of(p99, "all", 1), "p95 → p99"},
		{of("up", "", 1), of("histogram_quantile(0.999, x)", "", 1), "p99.9"},
		{of("up", "", 1), of("up", "all", 1), "all"},
		{of("up", "", 1), of("up", "all", 2), ""},
		{of("up", "", 1), of("up", "{{job}}", 1), ""},
		{of("up", "", 1), of("up", "__auto", 1), ""},
		{of("up", "", 1), of("histogram_quantile($q, x)", "", 1), ""},
	} {
		if got := name(test.old, test.new); got != test.want {
			t.Errorf("%s, %s: %q, want %q", test.old.texts, test.new.texts, got, test.want)
		}
	}
}

// TestUnits: values are written with the unit of their panel.
func TestUnits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		unit  string
		value float64
		want  string
	}{
		{"s", 0.21, "0.21 s"}, {"s", 0.0213456, "21.3 ms"}, {"s", 12e-6, "12 µs"}, {"s", 3e-9, "3 ns"}, {"s", 0, "0 s"}, {"s", -90, "-90 s"},
		{"s", 3600, "60 min"}, {"s", 86400, "24 h"}, {"s", 864000, "10 d"}, {"ms", 250, "0.25 s"},
		{"bytes", 3 << 20, "3 MiB"}, {"bytes", 1023, "1023 B"}, {"decbytes", 1500, "1.5 kB"}, {"Bps", 2e6, "2 MB/s"}, {"binBps", 2048, "2 KiB/s"},
		{"mbytes", 2048, "2 GiB"}, {"percentunit", 0.0123, "1.23 %"}, {"percent", 12.34, "12.3 %"}, {"reqps", 7493.4, "7493 req/s"},
		{"short", 1e9, "1000000000"}, {"", 1.5e-9, "1.5e-09"}, {"none", 1e300, "1e+300"}, {"", 123.456, "123"},
	} {
		if got := shownIn(test.unit)(test.value); got != test.want {
			t.Errorf("%v in %q is %s, want %s", test.value, test.unit, got, test.want)
		}
	}
}
