package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gaugewright/internal/query"
)

// edges judges where an alert compares a quantile of a classic histogram with a number. Between two edges a quantile is a
// guess, and it is never above the highest: a limit that is no edge fires early or late, and one at the end never.
func (j *judge) edges(ctx context.Context, r *result, text string) error {
	q, err := query.Parse(text)
	if err != nil {
		return nil // it is broken, which has been said
	}
	for _, c := range q.Comparisons() {
		for _, of := range j.behind(c.Of) {
			for _, s := range of.Selectors() {
				edges, err := j.edgesOf(ctx, s)
				if err != nil {
					return err
				}
				if problem := offEdge(c, edges); problem != "" {
					r.blame(bucketEdge, "the quantile of %s %s", s.Metric, problem)
				}
			}
		}
	}
	return nil
}

// behind are the quantiles that an expression is: itself, or those that are recorded under its name.
func (j *judge) behind(text string) []*query.Query {
	var all []*query.Query
	q, err := query.Parse(text)
	if err != nil {
		return nil
	}
	if q.IsQuantile() {
		return []*query.Query{q}
	}
	if selectors := q.Selectors(); len(selectors) == 1 && selectors[0].Within == nil {
		for _, recorded := range j.records[selectors[0].Metric] {
			if q, err := query.Parse(recorded); err == nil && q.IsQuantile() {
				all = append(all, q)
			}
		}
	}
	return all
}

// edgesOf are the bucket edges of the series that a selector is about, sorted, without +Inf; none where they are no
// buckets.
func (j *judge) edgesOf(ctx context.Context, s query.Selector) ([]float64, error) {
	matchers := slices.DeleteFunc(slices.Clone(s.Matchers), func(m query.Matcher) bool { return m.Label == "le" })
	found, err := j.find(ctx, s.Metric, matchers)
	var edges []float64
	for _, labels := range found {
		if edge, err := strconv.ParseFloat(labels["le"], 64); err == nil && !math.IsInf(edge, 0) {
			edges = append(edges, edge)
		}
	}
	slices.Sort(edges)
	return slices.Compact(edges), err
}

// offEdge says what is wrong with a limit for a quantile; empty where nothing is.
func offEdge(c query.Comparison, edges []float64) string {
	if len(edges) == 0 {
		return ""
	}
	at, _ := slices.BinarySearch(edges, c.Number)
	isEdge := slices.ContainsFunc(edges, func(edge float64) bool { return sameEdge(edge, c.Number) })
	highest := edges[len(edges)-1]
	switch {
	case c.Op == ">" && c.Number >= highest, c.Op == ">=" && c.Number > highest && !isEdge:
		return fmt.Sprintf("is never %s %v: its highest bucket edge is %v", c.Op, c.Number, highest)
	case isEdge || c.Number == 0:
		return ""
	case at == 0:
		return fmt.Sprintf("is compared with %v, below its lowest bucket edge %v", c.Number, edges[0])
	case at == len(edges):
		return fmt.Sprintf("is compared with %v, above its highest bucket edge %v", c.Number, highest)
	}
	return fmt.Sprintf("is compared with %v, which is no bucket edge: the nearest are %v and %v", c.Number, edges[at-1], edges[at])
}

// sameEdge reports whether two numbers are one edge: instrumentations print the same one as 0.01048576 and as
// 0.010485759999999998.
func sameEdge(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }
