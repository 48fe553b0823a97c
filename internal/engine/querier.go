package engine

import (
	"cmp"
	"context"
	"slices"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/util/annotations"
)

// Querier makes the store Prometheus's storage.Queryable. It returns all samples, whatever the times; the engine
// takes those it needs.
func (s *store) Querier(_, _ int64) (storage.Querier, error) { return querier{store: s}, nil }

// querier has no LabelQuerier: the engine asks only for series.
type querier struct {
	storage.LabelQuerier
	store *store
}

func (querier) Close() error { return nil }

func (q querier) Select(
	_ context.Context, _ bool, _ *storage.SelectHints, matchers ...*labels.Matcher,
) storage.SeriesSet {
	return &seriesSet{series: q.store.inOrder(matchers), at: -1}
}

// inOrder returns the matching series in the order they were added, as Prometheus does. topk and limitk choose among
// equal values by this order.
func (s *store) inOrder(matchers []*labels.Matcher) []*series {
	var found []*series
	metrics := 0
	var last *metric
	s.find(matchers, func(m *metric, one *series) {
		if m != last {
			last = m
			metrics++
		}
		found = append(found, one)
	})
	if metrics > 1 {
		slices.SortFunc(found, func(a, b *series) int { return cmp.Compare(a.number, b.number) })
	}
	return found
}

// Labels and Iterator make series a storage.Series. The engine changes the histograms that it reads, so it gets
// copies.
func (s *series) Labels() labels.Labels { return s.labels }

func (s *series) Iterator(chunkenc.Iterator) chunkenc.Iterator {
	return storage.NewListSeriesIteratorWithCopy(s.samples)
}

type seriesSet struct {
	series []*series
	at     int
}

func (s *seriesSet) Next() bool                      { s.at++; return s.at < len(s.series) }
func (s *seriesSet) At() storage.Series              { return s.series[s.at] }
func (*seriesSet) Err() error                        { return nil }
func (*seriesSet) Warnings() annotations.Annotations { return nil }
