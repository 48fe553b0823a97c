package dashboards_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards"
	"gaugewright/internal/engine"
	"gaugewright/internal/query"
)

const mib = 1 << 20

// world is a service whose numbers are known: instance a is well known, b and c are down. A counter is given by its rate a
// second, a gauge by its value; gauges named in course have a history.
var world = struct {
	rates, gauges map[string]float64
	course        map[string]func(age time.Duration) float64
}{
	rates: map[string]float64{
		`api_http_request_total{method="GET",path="/p",status="200"}`:       9,
		`api_http_request_total{method="GET",path="/p",status="404"}`:       0.75,
		`api_http_request_total{method="GET",path="/p",status="500"}`:       0.25,
		`api_http_request_total{method="GET",path="/idle",status="200"}`:    0,
		`api_http_request_total{method="GET",path="/health",status="200"}`:  100,
		`api_http_request_error_total{method="GET",path="/p",status="404"}`: 0.75,
		`api_http_request_error_total{method="GET",path="/p",status="500"}`: 0.25,
		`go_cpu_classes_total_cpu_seconds_total`:                            4,
		`go_cpu_classes_gc_total_cpu_seconds_total`:                         1,
		`go_cpu_classes_gc_mark_idle_cpu_seconds_total`:                     0.6,
		`go_cpu_classes_gc_mark_dedicated_cpu_seconds_total`:                0.3,
		`go_gc_duration_seconds_count`:                                      0.5,
		`go_gc_duration_seconds_sum`:                                        0.001,
		`process_cpu_seconds_total`:                                         1.5,
	},
	gauges: map[string]float64{
		`go_memory_classes_heap_objects_bytes`: 1, `go_memory_classes_heap_unused_bytes`: 2,
		`go_memory_classes_heap_free_bytes`: 4, `go_memory_classes_heap_stacks_bytes`: 8,
		`go_memory_classes_os_stacks_bytes`: 16, `go_memory_classes_metadata_mcache_free_bytes`: 32,
		`go_memory_classes_metadata_mcache_inuse_bytes`: 64, `go_memory_classes_metadata_mspan_free_bytes`: 128,
		`go_memory_classes_metadata_mspan_inuse_bytes`: 256, `go_memory_classes_metadata_other_bytes`: 512,
		`go_memory_classes_profiling_buckets_bytes`: 1024, `go_memory_classes_other_bytes`: 2048,
		`go_sched_goroutines_running_goroutines`: 1, `go_sched_goroutines_runnable_goroutines`: 2,
		`go_sched_goroutines_waiting_goroutines`: 4, `go_sched_goroutines_not_in_go_goroutines`: 8,
		`go_gc_gomemlimit_bytes`: 400 * mib, `go_sched_gomaxprocs_threads`: 3, `process_start_time_seconds`: 1.7e9,
		`process_open_fds`: 20, `process_max_fds`: 80, `go_gc_limiter_last_enabled_gc_cycle`: 0,
		`go_gc_gogc_percent`: 100, `go_memstats_sys_bytes`: 500, `go_memstats_heap_released_bytes`: 100,
	},
	course: map[string]func(age time.Duration) float64{
		`go_gc_heap_live_bytes`: func(age time.Duration) float64 { // a tooth above a floor that grew by a tenth
			if age > 40*time.Minute {
				return mib * (200 + math.Mod(age.Minutes(), 2)*10)
			}
			return mib * (220 + math.Mod(age.Minutes(), 2)*10)
		},
		`go_goroutines`: func(age time.Duration) float64 {
			if age > 20*time.Minute {
				return 200
			}
			return 300
		},
	},
}

// known is an engine over the world.
func known(t *testing.T) *engine.Engine {
	t.Helper()
	var all []engine.Series
	add := func(name, instance string, at func(age time.Duration) float64) {
		series := engine.Series{Labels: labelsOf(name, instance)}
		for age := 2 * time.Hour; age >= 0; age -= madeStep {
			series.Samples = append(series.Samples, engine.Sample{T: madeEnd.Add(-age), V: at(age)})
		}
		all = append(all, series)
	}
	add("up", "a", func(time.Duration) float64 { return 1 })
	add("up", "b", func(time.Duration) float64 { return 0 })
	add("up", "c", func(time.Duration) float64 { return 0 })
	for name, rate := range world.rates {
		add(name, "a", func(age time.Duration) float64 { return rate * (2*time.Hour - age).Seconds() })
	}
	for name, value := range world.gauges {
		add(name, "a", func(time.Duration) float64 { return value })
	}
	for name, course := range world.course {
		add(name, "a", course)
	}
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	record(t, e, dashboards.App, dashboards.App.ScrapeInterval)
	return e
}

// labelsOf reads name{a="b",c="d"}.
func labelsOf(series, instance string) map[string]string {
	name, rest, _ := strings.Cut(strings.TrimSuffix(series, "}"), "{")
	labels := map[string]string{"__name__": name, "job": "myapp", "instance": instance}
	for _, pair := range strings.Split(rest, ",") {
		if label, value, ok := strings.Cut(pair, "="); ok {
			labels[label] = strings.Trim(value, `"`)
		}
	}
	return labels
}

// What the panels say about the world. A key is a panel and its query, a value what its series are now, by their labels
// less job and instance.
var meanings = map[string]map[string]float64{
	"go-overview Down A":                              {"": 2},
	"go-overview Instances down A":                    {"": 2.0 / 3},
	"go-overview Instances A":                         {"a": 1, "b": 0, "c": 0},
	"go-overview Request rate A":                      {"": 10},
	"go-overview Server errors (5xx) A":               {"": 0.025},
	"go-overview CPU A":                               {"a": 1.5},
	"go-overview GC CPU A":                            {"": 0.1},
	"go-overview Memory limit in use A":               {"": 0.55},
	"go-overview Requests by status class A":          {"": 9},
	"go-overview Requests by status class B":          {"": 0.75},
	"go-overview Requests by status class C":          {"": 0.25},
	"go-overview annotation Process start ":           {"a": 1.7e12},
	"go-memory Memory by class (runtime) A":           {"": 1},
	"go-memory Memory by class (runtime) B":           {"": 2},
	"go-memory Memory by class (runtime) C":           {"": 4},
	"go-memory Memory by class (runtime) D":           {"": 8 + 16},
	"go-memory Memory by class (runtime) E":           {"": 128 + 256},
	"go-memory Memory by class (runtime) F":           {"": 32 + 64},
	"go-memory Memory by class (runtime) G":           {"": 512},
	"go-memory Memory by class (runtime) H":           {"": 1024},
	"go-memory Memory by class (runtime) I":           {"": 2048},
	"go-memory Heap floor growth A":                   {"": 0.1},
	"go-memory Memory creep: the live heap's floor A": {"a": 220 * mib},
	"go-memory Memory creep: the live heap's floor B": {"a": 200 * mib},
	"go-memory Process against Go-managed memory B":   {"a": 400},
	"go-goroutines Goroutine growth A":                {"": 0.5},
	"go-goroutines Goroutines by state A":             {"": 1},
	"go-goroutines Goroutines by state B":             {"": 2},
	"go-goroutines Goroutines by state C":             {"": 4},
	"go-goroutines Goroutines by state D":             {"": 8},
	"go-goroutines CPU saturation A":                  {"a": 0.5},
	"go-goroutines File descriptors in use A":         {"": 0.25},
	"go-gc GC cycles A":                               {"": 30},
	"go-gc GC pause A":                                {"a": 0.002},
	"go-gc GC CPU by kind A":                          {"": 0.075},
	"go-gc GOGC A":                                    {"": 100},
	"go-gc GC limiter active A":                       {"": 0},
	"go-http Requests by path and outcome A":          {"/p": 9 * 3600, "/idle": 0},
	"go-http Requests by path and outcome B":          {"/p": 3600},
	"go-http Server errors by path A":                 {"/p": 0.025},
	"go-http Error ratio A":                           {"": 0.025},
	"go-http Error ratio B":                           {"": 0.075},
	"go-http Paths A":                                 {"/p": 10, "/idle": 0},
	"go-http Paths B":                                 {"/p": 0.025},
}

func TestMeaning(t *testing.T) {
	e, wanted := known(t), maps.Clone(meanings)
	all := query.Value{Multi: true, All: true, AllValue: ".+"}
	values := map[string]query.Value{"job": {Values: []string{"myapp"}, Multi: true}, "instance": all, "path": all, "show": {Values: []string{"10"}}}
	for _, a := range queries(t, dashboards.App) {
		place := fmt.Sprintf("%s %s %s", *a.board.Uid, *a.panel.Title, deref(a.query.RefId))
		want, ok := wanted[place]
		if !ok {
			continue
		}
		delete(wanted, place)
		got := map[string]float64{}
		for _, series := range answer(t, e, a, values).Series {
			got[series.Labels["instance"]+series.Labels["path"]] = series.Samples[len(series.Samples)-1].V
		}
		if !near(got, want) {
			t.Errorf("%s: %s\nis  %v\nnot %v", place, a.query.Expr, got, want)
		}
	}
	for place := range wanted {
		t.Errorf("there is no query %s", place)
	}
}

// Requests that began to fail within the shown range have failed only since then: they are not taken for the range's mean.
func TestFailuresThatJustBegan(t *testing.T) {
	began := engine.Series{Labels: map[string]string{
		"__name__": "path:http_errors:rate5m", "job": "myapp", "path": "/p", "method": "GET", "status": "503",
	}}
	went := engine.Series{Labels: map[string]string{
		"__name__": "path:http_requests:rate5m", "job": "myapp", "path": "/p", "method": "GET", "status": "200",
	}}
	for ago := time.Hour; ago > 0; ago -= 10 * time.Second {
		went.Samples = append(went.Samples, engine.Sample{T: madeEnd.Add(-ago), V: 10})
		if ago <= 5*time.Minute {
			began.Samples = append(began.Samples, engine.Sample{T: madeEnd.Add(-ago), V: 10})
		}
	}
	e, err := engine.New([]engine.Series{began, went})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"Requests by path and outcome B": 3000, "Server errors by path A": 1.0 / 12}
	for _, a := range queries(t, dashboards.App) {
		place := *a.panel.Title + " " + deref(a.query.RefId)
		if value, ok := want[place]; ok && *a.board.Uid == "go-http" {
			got := map[string]float64{}
			for _, series := range answer(t, e, a, map[string]query.Value{"job": {Values: []string{"myapp"}}, "path": {All: true, AllValue: ".*"}}).Series {
				got[series.Labels["path"]] = series.Samples[0].V
			}
			if math.Abs(got["/p"]-value) > value/100 {
				t.Errorf("%s is %v, want %v", place, got, value)
			}
			delete(want, place)
		}
	}
	if len(want) > 0 {
		t.Errorf("there are no queries %v", want)
	}
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// near allows for what rate() extrapolates.
func near(got, want map[string]float64) bool {
	return maps.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(b)) })
}

// The classes of memory add up to all that the runtime holds less what it has returned, on a real page.
func TestMemoryClassesAddUp(t *testing.T) {
	value := map[string]float64{}
	for _, family := range page(t) {
		for _, sample := range family.Samples {
			value[sample.Name] += sample.Value
		}
	}
	shown := map[string]float64{}
	for _, a := range queries(t, dashboards.App) {
		for _, s := range parse(t, a).Selectors() {
			shown[*a.panel.Title] += value[s.Metric]
		}
	}
	want := value["go_memory_classes_total_bytes"] - value["go_memory_classes_heap_released_bytes"]
	if got := shown["Memory by class (runtime)"]; got != want {
		t.Errorf("the classes add up to %v, want %v", got, want)
	}
	memstats := shown["Memory by owner (memstats)"] - 2*value["go_memstats_heap_released_bytes"] // added, and to be taken away
	if want := value["go_memstats_sys_bytes"] - value["go_memstats_heap_released_bytes"]; memstats != want {
		t.Errorf("the owners add up to %v, want %v", memstats, want)
	}
}

// Colours and forms that carry meaning.
func TestForms(t *testing.T) {
	for place, wants := range map[string][]string{
		"go-http Requests by path and outcome": {
			`"matcher":{"id":"byRegexp","options":"/ok$/"},"properties":[{"id":"color","value":{"fixedColor":"green"`,
			`"properties":[{"id":"color","value":{"fixedColor":"red"`, `"orderBy":[{"desc":false,"name":"path","type":"label"}]`,
			`"orientation":"horizontal"`, `"calcs":["lastNotNull"]`, `"legendFormat":"{{path}} ok"`,
			`"legendFormat":"{{path}} failed"`,
		},
		"go-memory Memory by class (runtime)": {`"stacking":{"mode":"normal"`},
		"go-overview Down":                    {`"calcs":["lastNotNull"]`, `"instant":true`, `{"value":null,"color":"text"}`},
		"go-overview Instances": {
			`{"id":"merge"`, `"custom.cellOptions","value":{"type":"color-background"}`, `"0":{"text":"down","color":"red"`,
		},
	} {
		uid, title, _ := strings.Cut(place, " ")
		p, ok := find(build(t, dashboards.App), uid, title)
		if !ok {
			t.Errorf("there is no panel %s", place)
			continue
		}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s lacks %s", place, want)
			}
		}
	}
}

func find(boards []dashboard.Dashboard, uid, title string) (dashboard.Panel, bool) {
	for _, board := range boards {
		for _, p := range panels(board) {
			if *board.Uid == uid && *p.Title == title {
				return p, true
			}
		}
	}
	return dashboard.Panel{}, false
}
