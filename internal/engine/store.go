package engine

import (
	"context"
	"fmt"
	"slices"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"
)

// store is Prometheus's storage.Queryable over series in memory, sorted by labels.
type store []storage.Series

func newStore(series []Series) (store, error) {
	s := make(store, 0, len(series))
	for _, one := range series {
		set := labels.FromMap(one.Labels)
		samples := make([]chunks.Sample, len(one.Samples))
		for i, sample := range one.Samples {
			samples[i] = float{sample.T.UnixMilli(), sample.V}
			if i > 0 && samples[i].T() <= samples[i-1].T() {
				return nil, fmt.Errorf("series %s: sample %d, at %s, is not later than the one before it",
					set, i, sample.T)
			}
		}
		s = append(s, storage.NewListSeries(set, samples))
	}
	slices.SortFunc(s, func(a, b storage.Series) int { return labels.Compare(a.Labels(), b.Labels()) })
	for i := 1; i < len(s); i++ {
		if labels.Equal(s[i-1].Labels(), s[i].Labels()) {
			return nil, fmt.Errorf("series %s: there are two with these labels", s[i].Labels())
		}
	}
	return s, nil
}

// float is a chunks.Sample with a plain value.
type float struct {
	t int64
	v float64
}

func (s float) T() int64                    { return s.t }
func (float) ST() int64                     { return 0 }
func (s float) F() float64                  { return s.v }
func (float) H() *histogram.Histogram       { return nil }
func (float) FH() *histogram.FloatHistogram { return nil }
func (float) Type() chunkenc.ValueType      { return chunkenc.ValFloat }
func (s float) Copy() chunks.Sample         { return s }

// Querier gives all samples, whatever the times: the engine takes those it needs.
func (s store) Querier(_, _ int64) (storage.Querier, error) { return querier{store: s}, nil }

// querier has no LabelQuerier: the engine asks for series only.
type querier struct {
	storage.LabelQuerier
	store store
}

func (querier) Close() error { return nil }

func (q querier) Select(
	_ context.Context, _ bool, _ *storage.SelectHints, matchers ...*labels.Matcher,
) storage.SeriesSet {
	found := &seriesSet{at: -1}
	for _, series := range q.store {
		if matches(series.Labels(), matchers) {
			found.series = append(found.series, series)
		}
	}
	return found
}

func matches(set labels.Labels, matchers []*labels.Matcher) bool {
	for _, m := range matchers {
		if !m.Matches(set.Get(m.Name)) {
			return false
		}
	}
	return true
}

type seriesSet struct {
	series []storage.Series
	at     int
}

func (s *seriesSet) Next() bool                      { s.at++; return s.at < len(s.series) }
func (s *seriesSet) At() storage.Series              { return s.series[s.at] }
func (*seriesSet) Err() error                        { return nil }
func (*seriesSet) Warnings() annotations.Annotations { return nil }
