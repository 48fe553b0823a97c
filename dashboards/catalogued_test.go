package dashboards_test

import (
	"slices"
	"strings"

	"gaugewright/dashboards/metric"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// catalogued is what pages of metrics say about series, by name as Prometheus stores them.
type catalogued struct {
	families map[string]scrape.Family
	target   []string // the labels that Prometheus adds for the target
}

// catalogue reads the families of pages.
func catalogue(families []scrape.Family, target ...string) catalogued {
	e := catalogued{families: map[string]scrape.Family{"up": {Name: "up", Kind: scrape.Gauge}}, target: target}
	for _, family := range families {
		for _, sample := range family.Samples {
			e.families[sample.Name] = family
		}
	}
	return e
}

// Family returns the family of a series. It has no name if there is none.
func (e catalogued) Family(series string) scrape.Family { return e.families[series] }

// Series returns what is known about the series of a name: it is a query.Catalogue.
func (e catalogued) Series(name string) (query.Series, bool) {
	family, ok := e.families[name]
	if !ok {
		return query.Series{}, false
	}
	s := query.Series{Unit: unitOfFamily(family), Labels: slices.Clone(e.target)}
	if strings.HasSuffix(name, "_count") {
		s.Unit = metric.None
	}
	for _, sample := range family.Samples {
		if sample.Name != name {
			continue
		}
		for _, label := range sample.Labels {
			s.Labels = append(s.Labels, label.Name)
		}
	}
	slices.Sort(s.Labels)
	s.Labels = slices.Compact(s.Labels)
	return s, true
}

// unitOfFamily reads the unit from the name. If an exporter of OpenTelemetry's leaves it out there, the help text still has
// it.
func unitOfFamily(family scrape.Family) metric.Unit {
	if unit := metric.UnitFromName(family.Name); unit != metric.None || !strings.HasPrefix(family.Name, "process_runtime_go_") {
		return unit
	}
	switch {
	case strings.HasPrefix(family.Help, "Bytes "):
		return metric.Bytes
	case strings.HasPrefix(family.Help, "Amount of nanoseconds "):
		return metric.Nanoseconds
	}
	return metric.None
}
