package verify

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"gaugewright/internal/query"
	"gaugewright/internal/report"
)

// Coverage compares the target's metrics with those that boards and rules use. A histogram or summary counts as one
// metric.
type Coverage struct {
	Metrics int      `json:"metrics"`          // that the target has
	Unused  []string `json:"unused"`           // those of the target that no panel or rule uses
	Lacking []string `json:"lacking"`          // used, but missing on the target
	IsPart  bool     `json:"isPart,omitempty"` // a target was not read, so what is missing is not known
}

// cover compares the metrics. Without an answer of the source there is no comparison.
func (r *Report) cover(ctx context.Context, j *judge) error {
	covered, err := j.coverage(ctx)
	if reason, isRefusal := reasonOf(err); reason != "" && !isRefusal {
		r.Errors = append(r.Errors, unanswered(report.Place{}, "the metrics were not compared: "+reason))
		return nil
	}
	r.Coverage = &covered
	return err
}

// coverage is complete once everything has been judged.
func (j *judge) coverage(ctx context.Context) (Coverage, error) {
	names, err := j.source.LabelValues(ctx, "", "__name__", j.End.Add(-lookback), j.End)
	if err != nil {
		return Coverage{}, err
	}
	has := map[string]bool{}
	for _, name := range names {
		has[name] = true
	}
	used, lacking := map[string]bool{}, map[string]bool{}
	for _, s := range j.used.selectors {
		if err := j.using(ctx, s, has, used, lacking); err != nil {
			return Coverage{}, err
		}
	}
	unused := map[string]bool{}
	metrics := map[string]bool{}
	for _, name := range names {
		if base := metricOf(name, has); j.records[name] == nil && !prometheusOwn(name) {
			metrics[base] = true
			unused[base] = !used[base]
		}
	}
	maps.DeleteFunc(unused, func(_ string, is bool) bool { return !is })
	return Coverage{
		Metrics: len(metrics),
		Unused:  slices.Sorted(maps.Keys(unused)),
		Lacking: slices.Sorted(maps.Keys(lacking)),
	}, nil
}

// used are the selectors of all queries: those of a metric are one.
type used struct {
	mu        sync.Mutex
	selectors map[string]query.Selector // by the metric, or by the matchers where they select it
}

func (u *used) add(selectors []query.Selector) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.selectors == nil {
		u.selectors = map[string]query.Selector{}
	}
	for _, s := range selectors {
		key, kept := s.Metric, query.Selector{Metric: s.Metric}
		if s.Metric == "" {
			key, kept = selectorText(s), query.Selector{Matchers: s.Matchers}
		}
		u.selectors[key] = kept
	}
}

// using notes the metrics that a selector uses.
func (j *judge) using(ctx context.Context, s query.Selector, has, used, lacking map[string]bool) error {
	if s.Metric != "" {
		used[metricOf(s.Metric, has)] = true
		if !has[s.Metric] && j.records[s.Metric] == nil && !prometheusOwn(s.Metric) {
			lacking[s.Metric] = true
		}
		return nil
	}
	found, err := j.find(ctx, "", s.Matchers)
	for _, labels := range found {
		used[metricOf(labels["__name__"], has)] = true
	}
	return err
}

// metricOf returns the histogram or summary of a series, or else the series' own name.
func metricOf(name string, has map[string]bool) string {
	for _, suffix := range []string{"_bucket", "_sum", "_count"} {
		if base, ok := strings.CutSuffix(name, suffix); ok && has[base+"_count"] && has[base+"_sum"] {
			return base
		}
	}
	return name
}

// prometheusOwn reports whether Prometheus makes the series, not the target.
// https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series
func prometheusOwn(name string) bool {
	return name == "up" || name == "ALERTS" || name == "ALERTS_FOR_STATE" || strings.HasPrefix(name, "scrape_")
}
