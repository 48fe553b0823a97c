package source

import (
	"slices"
	"strings"
	"time"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/histogram"
)

// answered converts a server's answer.
func answered(value model.Value, warnings v1.Warnings, infos v1.Infos) Answer {
	var a Answer
	for _, text := range slices.Concat([]string(warnings), []string(infos)) {
		if strings.HasPrefix(text, "PromQL ") { // the prefix of Prometheus's own annotations (util/annotations)
			a.Remarks = append(a.Remarks, text)
		} else {
			a.Server = append(a.Server, text)
		}
	}
	switch value := value.(type) {
	case model.Matrix:
		for _, s := range value {
			a.Series = append(a.Series, Series{Labels: texts(s.Metric), Samples: points(s)})
		}
	case model.Vector:
		for _, s := range value {
			one := Sample{T: s.Timestamp.Time(), V: float64(s.Value)}
			if s.Histogram != nil {
				one.V, one.H = 0, histogramOf(s.Histogram)
			}
			a.Series = append(a.Series, Series{Labels: texts(s.Metric), Samples: []Sample{one}})
		}
	case *model.Scalar:
		one := Sample{T: value.Timestamp.Time(), V: float64(value.Value)}
		a.Series = []Series{{Labels: map[string]string{}, Samples: []Sample{one}}}
	}
	return a
}

// points merges plain values and histograms in order of time.
func points(s *model.SampleStream) []Sample {
	all := make([]Sample, 0, len(s.Values)+len(s.Histograms))
	for _, point := range s.Values {
		all = append(all, Sample{T: point.Timestamp.Time(), V: float64(point.Value)})
	}
	for _, point := range s.Histograms {
		all = append(all, Sample{T: point.Timestamp.Time(), H: histogramOf(point.Histogram)})
	}
	if len(s.Histograms) > 0 {
		slices.SortStableFunc(all, func(a, b Sample) int { return time.Time.Compare(a.T, b.T) })
	}
	return all
}

// histogramOf returns a histogram with the buckets of an answer as custom buckets: the API gives edges, not a schema.
// Which edges belong to a bucket is lost.
func histogramOf(h *model.SampleHistogram) *histogram.FloatHistogram {
	made := &histogram.FloatHistogram{
		Schema: histogram.CustomBucketsSchema, Count: float64(h.Count), Sum: float64(h.Sum),
	}
	add := func(upper, count float64) {
		made.CustomValues = append(made.CustomValues, upper)
		made.PositiveBuckets = append(made.PositiveBuckets, count)
	}
	for _, b := range h.Buckets {
		if n := len(made.CustomValues); n == 0 || made.CustomValues[n-1] != float64(b.Lower) {
			add(float64(b.Lower), 0) // what is below, or between two buckets: nothing
		}
		add(float64(b.Upper), float64(b.Count))
	}
	made.PositiveSpans = []histogram.Span{{Length: uint32(len(made.PositiveBuckets))}}
	return made
}

func texts[L ~map[model.LabelName]model.LabelValue](set L) map[string]string {
	labels := make(map[string]string, len(set))
	for name, value := range set {
		labels[string(name)] = string(value)
	}
	return labels
}
