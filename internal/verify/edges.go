package verify

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gaugewright/internal/query"
)

// edges judges alerts that compare a quantile of a classic histogram with a number. Between two bucket edges a
// quantile is an estimate, and it never exceeds the highest edge. So a limit off the edges fires early or late, and
// one at the end never fires.
func (j *judge) edges(ctx context.Context, r *result, text string) error {
	q, err := query.Parse(text)
	if err != nil {
		return nil // broken, and reported already
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

// behind returns the quantiles of an expression: itself, or the expressions recorded under its name.
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

// edgesOf returns the bucket edges of a selector's series, sorted, without +Inf. It returns none if they are not
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

// offEdge returns what is wrong with a limit for a quantile, or an empty text.
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
	return fmt.Sprintf("is compared with %v, which is not a bucket edge: the nearest are %v and %v", c.Number, edges[at-1], edges[at])
}

// sameEdge reports whether two numbers are the same edge: some instrumentations print it as 0.01048576, others as
// 0.010485759999999998.
func sameEdge(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }
