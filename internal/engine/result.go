package engine

import (
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
)

// Result is the result of a query.
type Result struct {
	// Series are in the engine's order: the order of sort and topk in an instant query, by labels in a range query. A
	// scalar is one series without labels.
	Series []Series
	// Warnings and Infos are PromQL's own remarks, sorted: for example, that a metric under rate might not be a
	// counter.
	Warnings, Infos []string
	// Read is the number of samples that the engine read, counted each time it read one.
	Read int64
}

// newResult copies the result, since the engine reuses its memory for the next query.
func newResult(answer *promql.Result, text string) (Result, error) {
	var result Result
	result.Warnings, result.Infos = answer.Warnings.AsStrings(text, 0, 0)
	slices.Sort(result.Warnings)
	slices.Sort(result.Infos)
	switch value := answer.Value.(type) {
	case promql.Scalar:
		result.Series = []Series{one(labels.EmptyLabels(), newSample(value.T, value.V, nil))}
	case promql.Vector:
		for _, sample := range value {
			result.Series = append(result.Series, one(sample.Metric, newSample(sample.T, sample.F, sample.H)))
		}
	case promql.Matrix:
		for _, series := range value {
			result.Series = append(result.Series, Series{Labels: series.Metric.Map(), Samples: points(series)})
		}
	default:
		return Result{}, fmt.Errorf("the answer is a %s, not series", answer.Value.Type())
	}
	return result, nil
}

func one(set labels.Labels, sample Sample) Series {
	return Series{Labels: set.Map(), Samples: []Sample{sample}}
}

// points merges a series' plain values and histograms, which the engine keeps separate, in order of time.
func points(series promql.Series) []Sample {
	all := make([]Sample, 0, len(series.Floats)+len(series.Histograms))
	for _, point := range series.Floats {
		all = append(all, newSample(point.T, point.F, nil))
	}
	for _, point := range series.Histograms {
		all = append(all, newSample(point.T, 0, point.H))
	}
	if len(series.Histograms) > 0 {
		slices.SortStableFunc(all, func(a, b Sample) int { return a.T.Compare(b.T) })
	}
	return all
}

func newSample(t int64, v float64, h *histogram.FloatHistogram) Sample {
	if h != nil {
		h = h.Copy()
	}
	return Sample{T: time.UnixMilli(t), V: v, H: h}
}
