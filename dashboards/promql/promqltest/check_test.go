package promqltest_test

import (
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
	"gaugewright/dashboards/promql/promqltest"
)

var (
	catalogue = metric.Catalogue{
		{Name: "jobs_waiting", Labels: []metric.Label{"queue"}},
		{Name: "jobs_done_total", Labels: []metric.Label{"queue"}},
		{Name: "heap_bytes", Unit: metric.Bytes},
		{Name: "took_seconds", Unit: metric.Seconds, Labels: []metric.Label{"queue"}},
		{Name: "pause_seconds", Unit: metric.Seconds},
	}
	target = []metric.Label{"job", "instance"}
)

// What is right passes: texts with variables and macros, of histograms, summaries, and Prometheus's own metrics.
func TestRight(t *testing.T) {
	promqltest.Check(t, catalogue, target, func() {
		promql.Text(`sum by (queue) (jobs_waiting{job=~"$job"})`, promql.Plain, "queue")
		promql.Text(`rate(jobs_done_total{queue="mail"}[$__rate_interval])`, promql.PerSecond, "queue", "job", "instance")
		promql.Text(`histogram_quantile(0.9, sum by (le, queue) (rate(took_seconds_bucket[5m])))`, promql.Seconds, "queue")
		promql.Text(`rate(took_seconds_sum[5m]) / rate(took_seconds_count[5m])`, promql.Seconds, "queue", "job", "instance")
		promql.Text(`pause_seconds{quantile="0.5"}`, promql.Seconds, "quantile", "job", "instance")
		promql.Text(`heap_bytes / 1024`, promql.Bytes, "job", "instance")
		promql.Text(`max(pause_seconds) * 1000 * 60`, promql.Seconds)
		promql.Text(`count(up == 0)`, promql.Plain)
		promql.Text(`$metric`, promql.Seconds, "whatever")
		promql.Text(`sum by ($by) (heap_bytes)`, promql.Bytes)
	})
}

// Each mistake names the file and line of the call, and what is the matter.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		name, query string
		dimension   promql.Dimension
		labels      []metric.Label
		want        []string
	}{
		{"does not parse", `sum(heap_bytes`, promql.Bytes, nil, []string{"`sum(heap_bytes` does not parse: 1:15: unclosed left parenthesis"}},
		{"ends in a comment", "count(up) # all", promql.Plain, nil, []string{"ends in a comment"}},
		{"unknown metric", `max(jobs_waitin)`, promql.Plain, nil, []string{"jobs_waitin is not in the catalogue: did you mean jobs_waiting?"}},
		{"unknown metric, of a label", `jobs_waitin{queue="a"}`, promql.Plain, nil,
			[]string{"jobs_waitin is not in the catalogue"}},
		{"nothing near", `max(cats)`, promql.Plain, nil, []string{"cats is not in the catalogue"}},
		{"unknown label", `max(jobs_waiting{queeu="a"})`, promql.Plain, nil, []string{"jobs_waiting has no label queeu: did you mean queue?"}},
		{"aggregated by what is not there", `max by (pod) (jobs_waiting)`, promql.Plain, nil,
			[]string{`by: the aggregated series have no label "pod"`}},
		{"a label of the result that is not there", `max(jobs_waiting)`, promql.Plain, []metric.Label{"queue"},
			[]string{"the result has no label queue"}},
		{"a label of the result that is not told", `max by (queue) (jobs_waiting)`, promql.Plain, nil,
			[]string{"the result has the label queue too: give it to Text"}},
		{"another dimension", `max(heap_bytes)`, promql.Seconds, nil, []string{"`max(heap_bytes)` is bytes, but Text got seconds"}},
		{"another scale", `max(pause_seconds * 1000)`, promql.Seconds, nil, []string{"is milliseconds, but Text got seconds"}},
		{"sides that do not fit", `max(heap_bytes) + max(pause_seconds)`, promql.Bytes, nil,
			[]string{"bytes + seconds: the sides do not measure the same"}},
		{"several", `max(heap_bytez) + max(jobs_waiting{pod="a"})`, promql.Plain, []metric.Label{"pod"},
			[]string{"heap_bytez is not in the catalogue: did you mean heap_bytes?", "jobs_waiting has no label pod", "the result has no label pod"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, file, line, _ := runtime.Caller(0)
			mistakes := promqltest.Mistakes(catalogue, target, func() {
				promql.Text(c.query, c.dimension, c.labels...) // two lines after
			})
			if len(mistakes) != len(c.want) {
				t.Fatalf("got %v, want %q", mistakes, c.want)
			}
			for i, err := range mistakes {
				var mistake *promql.Error
				if !errors.As(err, &mistake) || !strings.Contains(mistake.Reason, c.want[i]) {
					t.Errorf("got %v, want %q", err, c.want[i])
				}
				if filepath.Base(mistake.File) != filepath.Base(file) || mistake.Line != line+2 {
					t.Errorf("got %s:%d, want %s:%d", mistake.File, mistake.Line, file, line+2)
				}
			}
		})
	}
}

// failed counts what a test would have failed for.
type failed struct {
	testing.TB
	errors int
}

func (f *failed) Error(...any) { f.errors++ }
func (f *failed) Helper()      {}

func TestCheckFailsTheTest(t *testing.T) {
	f := &failed{TB: t}
	promqltest.Check(f, catalogue, target, func() { promql.Text(`cats`, promql.Plain) })
	if f.errors != 1 {
		t.Errorf("failed for %d mistakes, want 1", f.errors)
	}
}
