package main

import (
	"maps"
	"slices"
	"strings"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/scrape"
)

// entry is a metric of a catalogue, read from a page or from the Go file.
type entry struct {
	name, help, unit string
	kind             string    // the type in package metric: Counter, Gauge, Histogram, Summary, Untyped
	labels           []string  // sorted
	buckets          []float64 // of a histogram: the classic edges, ascending, without +Inf
	noSeries         bool      // the page declares the metric but has no series of it, so no labels
	ident            string    // the variable's name in the file that the entry was read from
	shared           string    // its variable in package golang, if the catalogue has none of its own
}

// kinds maps a page's kinds to types. A histogram that is a gauge has buckets that shrink: no operation of package
// metric applies to it unconverted, so it is Untyped like a metric without a type.
var kinds = map[scrape.Kind]string{
	scrape.Counter:        "Counter",
	scrape.Gauge:          "Gauge",
	scrape.Info:           "Gauge",
	scrape.Stateset:       "Gauge",
	scrape.Histogram:      "Histogram",
	scrape.Summary:        "Summary",
	scrape.GaugeHistogram: "Untyped",
	scrape.Unknown:        "Untyped",
}

// catalogueOf keeps the order of the families, which is by name.
func catalogueOf(families []scrape.Family) []entry {
	entries := make([]entry, 0, len(families))
	for _, family := range families {
		entries = append(entries, entry{
			name:     family.Name,
			help:     firstLine(family.Help),
			unit:     unitOf(family),
			kind:     kinds[family.Kind],
			labels:   labelsOf(family),
			buckets:  bucketsOf(family),
			noSeries: len(family.Samples) == 0,
		})
	}
	return entries
}

// unitOf returns the unit of package metric at the end of # UNIT, since Go's cpu_seconds are seconds; else the unit
// at the end of the name. A count (# UNIT calls) has no unit, so that the catalogue is the same from the text format,
// which has no # UNIT.
func unitOf(family scrape.Family) string {
	if unit := metric.UnitFromName("_" + family.Unit); unit != metric.None {
		return string(unit)
	}
	return string(metric.UnitFromName(family.Name))
}

// labelsOf returns the labels of all series together, without the label that the format itself adds for the kind. A
// label that is empty everywhere counts.
func labelsOf(family scrape.Family) []string {
	union := map[string]bool{}
	for _, sample := range family.Samples {
		for _, label := range sample.Labels {
			union[label.Name] = true
		}
	}
	switch family.Kind {
	case scrape.Histogram, scrape.GaugeHistogram:
		delete(union, string(metric.BucketLabel))
	case scrape.Summary:
		delete(union, string(metric.QuantileLabel))
	}
	return slices.Sorted(maps.Keys(union))
}

// maxHelp is in runes. The longest help text of the Go runtime's metrics has about 450.
const maxHelp = 1000

func firstLine(help string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(help), "\n")
	if runes := []rune(line); len(runes) > maxHelp {
		line = string(runes[:maxHelp]) + "..."
	}
	return strings.TrimSpace(line)
}
