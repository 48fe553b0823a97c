package frame

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// buckets returns the frames of a heatmap: a field for each bucket of a classic histogram, by its upper edge, with the
// count of the bucket alone. Histograms that differ in another label are frames of their own.
func buckets(frames []Frame) []Frame {
	var all []Frame
	groups := map[string]int{}
	for _, f := range frames {
		value := &f.Fields[1]
		if len(f.Fields) > 2 { // buckets of a native histogram
			all = append(all, f)
			continue
		}
		if le := value.Labels["le"]; le != "" {
			value.legend = le
		}
		value.Name = value.legend
		key := f.RefID + "\xff" + without(value.Labels, "le")
		at, isThere := groups[key]
		if !isThere {
			groups[key] = len(all)
			all = append(all, Frame{RefID: f.RefID, Fields: []Field{f.Fields[0]}})
			at = groups[key]
		}
		all[at].Fields = append(all[at].Fields, *value)
	}
	for i, f := range all {
		if f.Fields[0].Name != "xMax" {
			f.separate()
			all[i].Name = f.Fields[1].Labels["le"]
		}
	}
	return all
}

func without(labels map[string]string, name string) string {
	var parts []string
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		if label != name {
			parts = append(parts, fmt.Sprintf("%q=%q", label, labels[label]))
		}
	}
	return strings.Join(parts, ",")
}

// separate takes from each bucket what is in the one below it.
func (f Frame) separate() {
	counts := f.Fields[1:]
	slices.SortStableFunc(counts, func(a, b Field) int { return compareNumbers(edge(a), edge(b)) })
	for i := len(counts) - 1; i > 0; i-- {
		own := slices.Clone(counts[i].Numbers)
		for j := range own {
			if j < len(counts[i-1].Numbers) {
				own[j] -= counts[i-1].Numbers[j]
			}
			if own[j] < 1e-9 {
				own[j] = 0
			}
		}
		counts[i].Numbers = own
	}
}

func edge(f Field) float64 {
	v, err := strconv.ParseFloat(f.Name, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// compareNumbers compares as JavaScript does: NaN is neither less nor greater.
func compareNumbers(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
