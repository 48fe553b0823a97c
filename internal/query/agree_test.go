package query_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/query"
)

// exposed are the metrics of TestLabelsAgreeWithPrometheus and their labels.
var exposed = map[string][]string{
	"requests_total":      {"instance", "job", "method", "path", "status"},
	"errors_total":        {"instance", "job", "method", "path", "status"},
	"took_seconds_bucket": {"instance", "job", "le", "path"},
	"up":                  {"instance", "job"},
	"build_info":          {"instance", "job", "version"},
	"gone":                {}, // known, but without series
}

// evaluated are queries with at least one series in the result when each metric has one.
var evaluated = []string{
	`up`, `up > 0`, `5 > up`, `up > bool 0`, `up + 1`, `-up`, `up == up`, `up / up`, `1 + 1`, `vector(1)`, `time() - up`,
	`rate(requests_total[5m])`, `last_over_time(up[5m])`, `first_over_time(up[5m])`, `max_over_time(up[5m])`,
	`max_over_time(sum by (job) (up)[5m:1m])`, `timestamp(up)`, `sort(up)`, `clamp_max(up, 1)`,
	`sum(up)`, `sum by (path, job) (requests_total)`, `sum by (nothing) (up)`, `sum without (path) (requests_total)`,
	`topk(1, up)`, `topk by (job) (1, up)`, `count_values("n", up)`, `count_values by (job) ("n", up)`, `group(up)`,
	`sum by (__name__) (up)`, `quantile(0.5, up)`,
	`histogram_quantile(0.9, rate(took_seconds_bucket[5m]))`, `histogram_quantile(0.9, took_seconds_bucket)`,
	`label_replace(up, "pod", "$1", "instance", "(.*)")`, `label_join(up, "pod", "-", "job")`,
	`label_replace(up, "pod", "x", "", "")`,
	`errors_total / requests_total`, `errors_total / ignoring (status) requests_total`,
	`sum by (path) (errors_total) / on (path) sum by (path, job) (requests_total)`,
	`up * on (job, instance) group_left (version) build_info`, `build_info * on (job) group_right (path) requests_total`,
	`up * on (job, instance) group_right () build_info`, `build_info * ignoring (version) group_left () up`,
	`build_info == on (job) up`, `build_info == ignoring (version) up`,
	`build_info > on (job) group_left () sum by (job) (up) - 1`,
	`build_info and on (job) up`, `up unless on (job) gone`, `gone or build_info`, `up or vector(1)`,
	`absent(gone{job="a",path=~"x"})`, `absent_over_time(gone{job="a",instance="b"}[5m])`, `absent(sum(gone))`,
	`scalar(up)`,
}

// TestLabelsAgreeWithPrometheus evaluates queries over one series of each metric. The result must have exactly the
// labels that Labels predicts, the metric's name included.
func TestLabelsAgreeWithPrometheus(t *testing.T) {
	now := time.UnixMilli(1_700_000_000_000)
	e := oneOfEach(t, now)
	for _, text := range evaluated {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		answer, err := e.Instant(context.Background(), text, now)
		if err != nil || len(answer.Series) == 0 {
			t.Errorf("%s: %d series, %v", text, len(answer.Series), err)
			continue
		}
		seen := map[string]bool{}
		for _, series := range answer.Series {
			for name := range series.Labels {
				seen[name] = true
			}
		}
		set, _ := q.Labels(func(series string) (query.Series, bool) {
			labels, ok := exposed[series]
			return query.Series{Labels: labels}, ok
		})
		said := map[string]bool{}
		for _, name := range append(set.Names, "__name__") {
			if set.Has(name) {
				said[name] = true
			}
		}
		if set.Open || !maps.Equal(seen, said) {
			t.Errorf("%s\n Prometheus answers %v\n Labels says %v", text, sorted(seen), sorted(said))
		}
	}
}

func oneOfEach(t *testing.T, now time.Time) *engine.Engine {
	t.Helper()
	var all []engine.Series
	for name, labels := range exposed {
		set := map[string]string{"__name__": name}
		for _, label := range labels {
			set[label] = label + "1"
		}
		switch {
		case name == "gone":
		case slices.Contains(labels, "le"):
			for _, le := range []string{"1.0", "+Inf"} {
				bucket := maps.Clone(set)
				bucket["le"] = le
				all = append(all, constant(bucket, now))
			}
		default:
			all = append(all, constant(set, now))
		}
	}
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func constant(labels map[string]string, now time.Time) engine.Series {
	s := engine.Series{Labels: labels}
	for _, ago := range []time.Duration{2 * time.Minute, time.Minute, 0} {
		s.Samples = append(s.Samples, engine.Sample{T: now.Add(-ago), V: 1})
	}
	return s
}

func sorted(names map[string]bool) []string { return slices.Sorted(maps.Keys(names)) }
