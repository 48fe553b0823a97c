package frame

import (
	"math"
	"slices"
)

func lastOf(v []float64) (float64, bool) {
	if len(v) == 0 {
		return 0, false
	}
	return v[len(v)-1], true
}

func firstOf(v []float64) (float64, bool) {
	if len(v) == 0 {
		return 0, false
	}
	return v[0], true
}

func least(values []float64) (float64, bool) {
	v := present(values)
	if len(v) == 0 {
		return 0, false
	}
	return slices.Min(v), true
}

func most(values []float64) (float64, bool) {
	v := present(values)
	if len(v) == 0 {
		return 0, false
	}
	return slices.Max(v), true
}

func sum(values []float64) (total float64) {
	for _, v := range present(values) {
		total += v
	}
	return total
}

func mean(values []float64) (float64, bool) {
	n := len(present(values))
	if n == 0 {
		return 0, false
	}
	return sum(values) / float64(n), true
}

func spread(values []float64) (float64, bool) {
	low, ok := least(values)
	high, _ := most(values)
	return high - low, ok
}

// delta adds up the growth of a counter: what it falls by, and the step after a fall, do not count.
func delta(v []float64) (total float64) {
	isUp := true
	for i := 1; i < len(v); i++ {
		switch {
		case v[i-1] > v[i]:
			isUp = false
		case isUp:
			total += v[i] - v[i-1]
		default:
			isUp = true
		}
	}
	return total
}

func step(values []float64) (float64, bool) {
	v := present(values)
	smallest := math.Inf(1)
	for i := 1; i < len(v); i++ {
		smallest = math.Min(smallest, v[i]-v[i-1])
	}
	return smallest, len(v) > 1
}

func difference(values []float64) (float64, bool) {
	v := present(values)
	if len(v) == 0 {
		return 0, false
	}
	return v[len(v)-1] - v[0], true
}

func differencePercent(values []float64) (float64, bool) {
	d, ok := difference(values)
	if !ok {
		return 0, true
	}
	return d / present(values)[0] * 100, true
}

func leastAboveZero(values []float64) (float64, bool) {
	smallest := math.MaxFloat64
	for _, v := range present(values) {
		if v > 0 {
			smallest = math.Min(smallest, v)
		}
	}
	return smallest, true
}

func allZero(values []float64) (float64, bool) {
	v := present(values)
	isOther := func(v float64) bool { return v != 0 }
	return truth(len(v) > 0 && !slices.ContainsFunc(v, isOther)), true
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func variance(values []float64) (float64, bool) {
	mean, squares, n := 0.0, 0.0, 0.0
	for _, v := range notNull(values) {
		n++
		before := mean
		mean += float64(v-before) / n
		squares += float64((v - before) * (v - mean))
	}
	if n == 0 {
		return 0, true
	}
	return squares / n, true
}

func changed(values []float64) (float64, bool) {
	v, n := notNull(values), 0
	for i := 1; i < len(v); i++ {
		if v[i] != v[i-1] {
			n++
		}
	}
	return float64(n), true
}

func distinct(values []float64) (float64, bool) {
	seen := map[float64]bool{}
	hasNaN := 0
	for _, v := range notNull(values) {
		if v != v {
			hasNaN = 1
			continue
		}
		seen[v] = true
	}
	return float64(len(seen) + hasNaN), true
}

// percentile is the value nearest to a part of the sorted ones. NaN is equal to every other when they are sorted, as in
// JavaScript.
func percentile(values []float64, part float64) (float64, bool) {
	v := notNull(values)
	if len(v) == 0 {
		return 0, false
	}
	slices.SortStableFunc(v, compareNumbers)
	return v[int(math.Floor(float64(len(v)-1)*part+0.5))], true
}

func median(values []float64) (float64, bool) {
	v := notNull(values)
	if len(v) == 0 {
		return math.NaN(), true
	}
	slices.SortStableFunc(v, compareNumbers)
	if half := len(v) / 2; len(v)%2 == 0 {
		return (v[half-1] + v[half]) / 2, true
	}
	return v[len(v)/2], true
}
