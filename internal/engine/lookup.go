package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/query"
)

// LabelValues returns the values of a label in the matching series, sorted. This is what Grafana's label_values asks
// for; with __name__ it returns metrics. An empty selector means all series. As in Series, they need a sample in the
// time range.
func (e *Engine) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	values := map[string]bool{}
	err := e.lookUp(ctx, selector, from, to, func(_ *metric, s *series) {
		if value := s.labels.Get(label); value != "" {
			values[value] = true
		}
	})
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(values)), nil
}

// LabelNames returns the names of all labels, sorted, of the series that have a sample in the time range.
func (e *Engine) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	names := map[string]bool{}
	err := e.lookUp(ctx, "", from, to, func(_ *metric, s *series) {
		s.labels.Range(func(l labels.Label) {
			if !names[l.Name] {
				names[l.Name] = true
			}
		})
	})
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(names)), nil
}

// Series returns the labels, with the name, of the matching series that have a sample from the time from up to and
// including to, sorted by name and then by labels. Staleness markers do not count. An empty selector means all series. A
// real Prometheus rounds the times to its blocks, so it may also return series that ended some hours before.
func (e *Engine) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	var found, metrics = []*series{}, []*metric{}
	err := e.lookUp(ctx, selector, from, to, func(m *metric, s *series) {
		if len(metrics) == 0 || metrics[len(metrics)-1] != m {
			metrics = append(metrics, m)
		}
		found = append(found, s)
	})
	if err != nil {
		return nil, err
	}
	return sorted(found, metrics), nil
}

// sorted returns the labels of series of the metrics, which have the metrics' order, each in the order of labels.
func sorted(found []*series, metrics []*metric) []map[string]string {
	all := make([]map[string]string, 0, len(found))
	for _, m := range metrics {
		m.rank()
		n := 0
		for n < len(found) && found[n].labels.Get(model.MetricNameLabel) == m.name {
			n++
		}
		slices.SortFunc(found[:n], func(a, b *series) int { return cmp.Compare(a.rank, b.rank) })
		for _, s := range found[:n] {
			all = append(all, s.labels.Map())
		}
		found = found[n:]
	}
	return all
}

func (e *Engine) lookUp(ctx context.Context, selector string, from, to time.Time, yield func(*metric, *series)) error {
	matchers, err := e.matchers(selector)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("selector %s: %w", begin(selector), err)
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	e.store.find(matchers, func(m *metric, s *series) {
		if s.alive(from.UnixMilli(), to.UnixMilli()) {
			yield(m, s)
		}
	})
	return nil
}

// matchers parses a selector. Like the HTTP API, it refuses one that matches the empty series.
func (e *Engine) matchers(selector string) ([]*labels.Matcher, error) {
	if selector == "" {
		return nil, nil
	}
	if err := query.CheckInterpolated(selector); err != nil {
		return nil, &TooMuch{err.Error()}
	}
	matchers, err := e.parser.ParseMetricSelector(selector)
	if err != nil {
		return nil, err
	}
	for _, m := range matchers {
		if !m.Matches("") {
			return matchers, nil
		}
	}
	return nil, errors.New("it matches series without any label: at least one matcher must not match the empty value")
}

// alive reports whether there is a sample from first to last, both included. Staleness markers do not count.
func (s *series) alive(first, last int64) bool {
	at, _ := slices.BinarySearchFunc(s.samples, first, func(one sample, t int64) int { return cmp.Compare(one.t, t) })
	for _, one := range s.samples[at:] {
		if one.t > last {
			return false
		}
		if !one.isStale() {
			return true
		}
	}
	return false
}
