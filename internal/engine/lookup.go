package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/prometheus/model/labels"
)

// LabelValues returns the values of a label in the matching series, sorted. This is what Grafana's label_values asks
// for; with __name__ it returns metrics. An empty selector means all series. As in Series, they need a sample in the
// time range.
func (e *Engine) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	found, err := e.lookUp(ctx, selector, from, to)
	if err != nil {
		return nil, err
	}
	values := map[string]bool{}
	for _, set := range found {
		if value := set.Get(label); value != "" {
			values[value] = true
		}
	}
	return slices.Sorted(maps.Keys(values)), nil
}

// Series returns the labels, with the name, of the matching series that have a sample from the time from up to and
// including to, sorted. Staleness markers do not count. An empty selector means all series. A real Prometheus rounds
// the times to its blocks, so it may also return series that ended some hours before.
func (e *Engine) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	found, err := e.lookUp(ctx, selector, from, to)
	if err != nil {
		return nil, err
	}
	all := make([]map[string]string, len(found))
	for i, set := range found {
		all[i] = set.Map()
	}
	return all, nil
}

func (e *Engine) lookUp(ctx context.Context, selector string, from, to time.Time) ([]labels.Labels, error) {
	matchers, err := e.matchers(selector)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("selector %s: %w", selector, err)
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	var found []labels.Labels
	for _, series := range e.store.find(matchers) {
		if series.alive(from.UnixMilli(), to.UnixMilli()) {
			found = append(found, series.labels)
		}
	}
	slices.SortFunc(found, labels.Compare)
	return found, nil
}

// matchers parses a selector. Like the HTTP API, it refuses one that matches the empty series.
func (e *Engine) matchers(selector string) ([]*labels.Matcher, error) {
	if selector == "" {
		return nil, nil
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
