package values

import (
	"cmp"
	"math"
	"slices"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/source"
)

// series is a series of an answer. A native histogram counts as the number of its observations.
type series struct {
	labels map[string]string
	name   string // the labels as a text
	points []point
}

type point struct {
	at    int64 // milliseconds
	value float64
}

func newSeries(s source.Series) series {
	made := series{labels: s.Labels, name: view.SeriesText(s.Labels)}
	for _, sample := range s.Samples {
		v := sample.V
		if sample.H != nil {
			v = sample.H.Count
		}
		made.points = append(made.points, point{sample.T.UnixMilli(), v})
	}
	return made
}

// withData returns the series that have numbers, without points that are none.
func withData(all []series) []series {
	var kept []series
	for _, s := range all {
		s.points = slices.DeleteFunc(slices.Clone(s.points), func(p point) bool { return math.IsNaN(p.value) || math.IsInf(p.value, 0) })
		if len(s.points) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// match pairs the series of two answers that have the same number: by their labels, or one by one where each side has
// one. isNamed reports whether all have the same labels.
func match(old, new []series) (pairs [][2]series, isNamed bool) {
	old, new = slices.Clone(old), slices.Clone(new)
	byName := func(a, b series) int { return cmp.Compare(a.name, b.name) }
	slices.SortStableFunc(old, byName)
	slices.SortStableFunc(new, byName)
	isNamed = slices.EqualFunc(old, new, func(a, b series) bool { return a.name == b.name })
	if !isNamed && len(old) > 1 && !pairUp(old, new) {
		return nil, false
	}
	for i := range old {
		pairs = append(pairs, [2]series{old[i], new[i]})
	}
	return pairs, isNamed
}

// pairUp orders both lists by the labels that both sides have. It reports whether these identify the series.
func pairUp(old, new []series) bool {
	in := func(all []series) map[string]bool {
		has := map[string]bool{}
		for _, s := range all {
			for label := range s.labels {
				has[label] = true
			}
		}
		return has
	}
	olds, news := in(old), in(new)
	key := func(s series) string {
		common := map[string]string{}
		for label, value := range s.labels {
			if olds[label] && news[label] {
				common[label] = value
			}
		}
		return view.SeriesText(common)
	}
	seen := map[string]bool{}
	for i, all := range [][]series{old, new} {
		slices.SortStableFunc(all, func(a, b series) int { return cmp.Compare(key(a), key(b)) })
		for j, s := range all {
			if j > 0 && key(all[j-1]) == key(s) || i == 1 && !seen[key(s)] {
				return false
			}
			seen[key(s)] = true
		}
	}
	return true
}

// common returns the values of both at the times that both have, and whether these are all.
func common(pairs [][2]series) (old, new []float64, isAll bool) {
	isAll = true
	for _, p := range pairs {
		a, b := p[0].points, p[1].points
		for len(a) > 0 && len(b) > 0 {
			switch {
			case a[0].at < b[0].at:
				a, isAll = a[1:], false
			case a[0].at > b[0].at:
				b, isAll = b[1:], false
			default:
				old, new = append(old, a[0].value), append(new, b[0].value)
				a, b = a[1:], b[1:]
			}
		}
		isAll = isAll && len(a)+len(b) == 0
	}
	return old, new, isAll
}

// all returns the values of all series.
func all(list []series) []float64 {
	var values []float64
	for _, s := range list {
		for _, p := range s.points {
			values = append(values, p.value)
		}
	}
	return values
}
