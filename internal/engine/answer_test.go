package engine

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/model/histogram"
)

// answer is the result of a query: numbers by series and time. A plain value is one number. A native histogram is its
// count, its sum and, for each bucket that is not empty, the bounds and the count.
type answer map[string]map[int64][]float64

func (a answer) add(series map[string]string, at int64, numbers ...float64) {
	key := fmt.Sprint(series) // fmt sorts maps
	if a[key] == nil {
		a[key] = map[int64][]float64{}
	}
	a[key][at] = numbers
}

func (r Result) answer() answer {
	all := answer{}
	for _, series := range r.Series {
		for _, s := range series.Samples {
			numbers := []float64{s.V}
			if s.H != nil {
				numbers = numbersOf(s.H)
			}
			all.add(series.Labels, s.T.UnixMilli(), numbers...)
		}
	}
	return all
}

func numbersOf(h *histogram.FloatHistogram) []float64 {
	numbers := []float64{h.Count, h.Sum}
	for buckets := h.AllBucketIterator(); buckets.Next(); {
		if b := buckets.At(); b.Count != 0 {
			numbers = append(numbers, b.Lower, b.Upper, b.Count)
		}
	}
	return numbers
}

// rawAnswer is a result as Prometheus's HTTP API writes it.
// https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats
type rawAnswer struct {
	ResultType string
	Result     json.RawMessage
}

type rawSeries struct {
	Metric             map[string]string
	Value, Histogram   json.RawMessage
	Values, Histograms []json.RawMessage
}

func (r rawAnswer) read(t *testing.T) answer {
	t.Helper()
	var list []rawSeries
	if r.ResultType == "scalar" {
		list = []rawSeries{{Value: r.Result}}
	} else if err := json.Unmarshal(r.Result, &list); err != nil {
		t.Fatal(err)
	}
	all := answer{}
	for _, series := range list {
		for _, point := range append(series.Values, series.Value) {
			var text string
			if point != nil {
				all.add(series.Metric, readPoint(t, point, &text), number(t, text))
			}
		}
		for _, point := range append(series.Histograms, series.Histogram) {
			var h struct {
				Count, Sum string
				Buckets    [][4]any
			}
			if point == nil {
				continue
			}
			at := readPoint(t, point, &h)
			numbers := []float64{number(t, h.Count), number(t, h.Sum)}
			for _, bucket := range h.Buckets {
				for _, text := range bucket[1:] {
					numbers = append(numbers, number(t, text.(string)))
				}
			}
			all.add(series.Metric, at, numbers...)
		}
	}
	return all
}

// readPoint reads [time, value] and returns the time in milliseconds.
func readPoint(t *testing.T, point json.RawMessage, value any) int64 {
	t.Helper()
	var at float64
	if err := json.Unmarshal(point, &[2]any{&at, value}); err != nil {
		t.Fatalf("%s: %v", point, err)
	}
	return int64(math.Round(at * 1000))
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// tolerance is relative.
const tolerance = 1e-9

// difference lists in a few lines where Prometheus's result and remarks differ; it is empty where they agree.
func (r Result) difference(theirs answer, remarks []string) string {
	var lines []string
	ours := r.answer()
	for _, series := range union(ours, theirs) {
		for _, at := range union(ours[series], theirs[series]) {
			if !near(ours[series][at], theirs[series][at]) {
				lines = append(lines, fmt.Sprintf("%s at %s: ours %v, Prometheus's %v",
					series, instant(at), ours[series][at], theirs[series][at]))
			}
		}
	}
	if len(lines) > 5 {
		lines = append(lines[:5], fmt.Sprintf("and %d more", len(lines)-5))
	}
	if own := slices.Sorted(slices.Values(slices.Concat(r.Warnings, r.Infos))); !slices.Equal(own, remarks) {
		lines = append(lines, fmt.Sprintf("remarks: ours %q, Prometheus's %q", own, remarks))
	}
	return strings.Join(lines, "\n")
}

func union[K ~string | ~int64, V any](a, b map[K]V) []K {
	all := maps.Clone(a)
	if all == nil {
		all = map[K]V{}
	}
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

func near(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool {
		return x == y || math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= tolerance*max(math.Abs(x), math.Abs(y))
	})
}
