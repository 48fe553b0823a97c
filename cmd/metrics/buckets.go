package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/scrape"
)

// bucketsOf returns the upper edges of a histogram's classic buckets, ascending, without +Inf. It returns none if the
// series have different edges, or if an edge is not a number that Go can write.
func bucketsOf(family scrape.Family) []float64 {
	if family.Kind != scrape.Histogram {
		return nil
	}
	series := map[string][]float64{} // by the labels other than le
	for _, sample := range family.Samples {
		if sample.Name != family.Name+"_bucket" {
			continue
		}
		edge, others := splitEdge(sample.Labels)
		value, err := strconv.ParseFloat(edge, 64)
		switch {
		case err != nil || math.IsNaN(value) || math.IsInf(value, -1):
			return nil
		case math.IsInf(value, 1):
			series[others] = append(series[others], nil...) // A series with no other edge counts too.
		default:
			series[others] = append(series[others], value)
		}
	}
	return agreed(series)
}

// splitEdge returns the value of le, and a key for all other labels.
func splitEdge(labels scrape.Labels) (edge, others string) {
	for _, label := range labels {
		if label.Name == string(metric.BucketLabel) {
			edge = label.Value
			continue
		}
		others += fmt.Sprintf("%q=%q,", label.Name, label.Value)
	}
	return edge, others
}

// agreed returns the edges that all series have, or nil.
func agreed(series map[string][]float64) []float64 {
	var all []float64
	first := true
	for _, edges := range series {
		slices.Sort(edges)
		edges = slices.Compact(edges)
		if !first && !slices.Equal(all, edges) {
			return nil
		}
		all, first = edges, false
	}
	return all
}
