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

// LabelValues are the values that a label has on the series that match, sorted: what Grafana's label_values asks for,
// and with __name__ its metrics. An empty selector is all series. As with Series, they must have a sample in the time.
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

// Series are the labels, the name among them, of the series that match and have a sample, staleness markers aside, at
// from, at to or in between; sorted. An empty selector is all series. A real Prometheus rounds the times to its blocks,
// so that it may answer with series that ended up to some hours before.
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

// matchers reads a selector and refuses one that says nothing, as the HTTP API does.
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
	return nil, errors.New("it matches series without any label: it must ask for something that is not empty")
}

// alive tells whether there is a sample, and no mere staleness marker, in the time from first to last, both included.
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
