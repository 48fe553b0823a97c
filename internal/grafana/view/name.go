package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// seriesNames returns the possible names of a series. With the legend Auto, Grafana shows the labels that differ, with or
// without the metric's name among them.
func seriesNames(t grafana.Target, labels map[string]string) []string {
	if !isAuto(t.Legend) {
		name, _ := Legend(t.Legend, labels)
		return []string{name}
	}
	metric := labels["__name__"]
	names := []string{SeriesText(labels), t.Expr, metric}
	var pairs, sorted []string
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		names = append(names, labels[label])
		pair := fmt.Sprintf(`%s="%s"`, label, labels[label])
		sorted = append(sorted, pair)
		if label != "__name__" {
			pairs = append(pairs, pair)
		}
	}
	inner := strings.Join(pairs, ", ")
	names = append(names, "{"+inner+"}", metric+"{"+inner+"}", "{"+strings.Join(sorted, ", ")+"}")
	if metric != "" && len(pairs) > 0 { // a label in capitals sorts before __name__
		names = append(names, fmt.Sprintf(`{__name__="%s", %s}`, metric, inner))
	}
	return names
}
