package dashboards_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// exposed is the content of a scrape, for a target with the given identity.
type exposed struct {
	catalogued
	recorded map[string]query.Series // what our own rules make of it
}

func expose(families []scrape.Family, target dashboards.Target) exposed {
	identity := []string{"job"}
	for _, label := range target.Identity {
		identity = append(identity, string(label))
	}
	e := exposed{catalogued: catalogue(families, identity...)}
	e.recorded = map[string]query.Series{}
	for _, gauge := range recorded(target) {
		s := query.Series{Unit: gauge.Unit}
		if slices.Contains(gauge.Labels, metric.BucketLabel) {
			s.Observed = target.HTTP.Duration.Unit
		}
		for _, label := range gauge.Labels {
			s.Labels = append(s.Labels, string(label))
		}
		e.recorded[gauge.Name] = s
	}
	return e
}

// recorded are the metrics that the target's recording rules make.
func recorded(target dashboards.Target) []metric.Gauge {
	var gauges []metric.Gauge
	for _, file := range dashboards.Rules {
		for _, group := range file.Groups(target) {
			for _, record := range group.Records {
				gauges = append(gauges, record.Metric)
			}
		}
	}
	return gauges
}

// series returns what is known about the series of a name: it is a query.Catalogue.
func (e exposed) series(name string) (query.Series, bool) {
	if s, ok := e.recorded[name]; ok {
		return s, true
	}
	return e.Series(name)
}

// Prometheus's own parser prints every query unchanged.
func TestQueriesAreCanonical(t *testing.T) {
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			for _, a := range queries(t, target) {
				if canonical := parse(t, a).Canonical(); canonical != a.query.Expr {
					t.Errorf("%s\nis printed as\n%s", a, canonical)
				}
			}
		})
	}
}

// Every metric and label in a query is on the app's page, except up and what Prometheus adds to the target.
func TestQueriesNameWhatIsExposed(t *testing.T) {
	families := page(t)
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			e := expose(families, target)
			for _, a := range queries(t, target) {
				q := parse(t, a)
				for _, selector := range q.Selectors() {
					series, ok := e.series(selector.Metric)
					if !ok {
						t.Errorf("%s: %s is not exposed", a, selector.Metric)
					}
					for _, m := range selector.Matchers {
						if !slices.Contains(series.Labels, m.Label) {
							t.Errorf("%s: %s has no label %s", a, selector.Metric, m.Label)
						}
					}
				}
				if _, problems := q.Labels(e.series); len(problems) > 0 {
					t.Errorf("%s: %v", a, problems)
				}
			}
		})
	}
}

// Legends show labels that the result really has.
func TestLegendsResolve(t *testing.T) {
	families := page(t)
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			e := expose(families, target)
			for _, a := range queries(t, target) {
				if a.query.LegendFormat == nil {
					continue
				}
				labels, _ := parse(t, a).Labels(e.series)
				for _, part := range strings.Split(*a.query.LegendFormat, "{{")[1:] {
					if label, _, _ := strings.Cut(part, "}}"); labels.Open || !labels.Has(label) {
						t.Errorf("%s: the legend's {{%s}} is not among %v", a, label, labels.Names)
					}
				}
			}
		})
	}
}

// What those units measure that are not Grafana's own.
var units = map[string]query.Dimension{
	"short": {}, "suffix:cores": {}, "count:/s": {Seconds: -1}, "count:/min": {Seconds: -1, Scaled: true}, // * 60
}

// measuredBy is what a unit measures.
func measuredBy(unit string) (query.Dimension, bool) {
	if u, ok := query.UnitOf(unit); ok {
		return query.Dimension{Bytes: u.Bytes, Seconds: u.Seconds, Ten: int(math.Round(math.Log10(u.Factor)))}, true
	}
	d, ok := units[unit]
	return d, ok
}

// The panel's unit has the dimension of the query's text, computed from the units that are really exposed. Other code
// computes it than the code that chose the unit.
func TestUnitsAgreeWithTheText(t *testing.T) {
	e := expose(page(t), dashboards.App)
	for _, a := range queries(t, dashboards.App) {
		if a.panel.FieldConfig == nil {
			continue
		}
		unit := unitOf(t, a)
		if unit == "" {
			continue // a column that shows a label
		}
		if strings.Contains(a.query.Expr, "[$__range]) * 10)") {
			continue // the seconds between two records, which the text does not say are seconds
		}
		got, problems := parse(t, a).Dimension(e.series)
		if len(problems) > 0 {
			t.Errorf("%s: %v", a, problems)
		}
		if what, counts := strings.CutPrefix(unit, "count:"); counts { // of something: "count:objects/s"
			unit = "count:" + what[strings.LastIndex(what, "/"):]
		}
		want, known := measuredBy(unit)
		want.Known = true
		if unit == "short" {
			got.Ten = 0 // a number may be counted in thousands
		}
		if !known || got != want {
			t.Errorf("%s: unit %s over %s", a, unit, got)
		}
	}
}

// unitOf is the unit of a query's values: the panel's, or the table column's.
func unitOf(t *testing.T, a asked) string {
	t.Helper()
	if a.panel.Type != "table" {
		return *a.panel.FieldConfig.Defaults.Unit
	}
	organize := a.panel.Transformations[1].Options.(map[string]any)
	column := organize["renameByName"].(map[string]string)["Value #"+*a.query.RefId]
	for _, override := range a.panel.FieldConfig.Overrides {
		text, err := json.Marshal(override.Matcher.Options)
		if err != nil || string(text) != strconv.Quote(column) {
			continue
		}
		for _, property := range override.Properties {
			if property.Id == "unit" {
				return property.Value.(string)
			}
		}
	}
	return ""
}

// mustBeShown are metrics that people look for, besides those that they ask for by name.
var mustBeShown = strings.Fields(`
	go_memstats_alloc_bytes_total go_memstats_mallocs_total go_memstats_frees_total go_memstats_next_gc_bytes
	go_memstats_last_gc_time_seconds go_memstats_stack_inuse_bytes
	go_goroutine_count go_memory_used_bytes go_memory_gc_goal_bytes go_memory_allocated_bytes_total go_memory_allocations_total
	go_processor_limit go_config_gogc_percent go_schedule_duration_seconds_bucket`)

// askedFor are the real names of the metrics that people ask for in many spellings.
func askedFor(t *testing.T) []string {
	t.Helper()
	list, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(list)) {
		if _, real, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			names = append(names, strings.Split(real, ",")...)
		}
	}
	if len(names) < 30 {
		t.Fatalf("the list has %d names", len(names))
	}
	return names
}

// The known metrics of Go services that people look for are on the page of the service with everything, and on a
// board. Pauses by OpenTelemetry's names are shown as a mean: all of them are in the last bucket.
func TestEveryNamedMetricIsShown(t *testing.T) {
	all := services()["everything"]
	onBoards := map[string]bool{}
	for _, a := range queries(t, all.target) {
		for _, selector := range parse(t, a).Selectors() {
			onBoards[selector.Metric] = true
		}
	}
	e := expose(pageOf(t, all.handler(t)), all.target)
	for _, name := range append(askedFor(t), mustBeShown...) {
		if _, ok := e.series(name); !ok {
			t.Errorf("%s is not exposed", name)
		}
		if pauses, ok := strings.CutSuffix(name, "_bucket"); ok && strings.Contains(name, "gc_pause_ns") {
			name = pauses + "_sum"
		}
		if !onBoards[name] {
			t.Errorf("%s is on no board", name)
		}
	}
}
