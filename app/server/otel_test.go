package server

import (
	"errors"
	"maps"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// What a developer's shell says to OpenTelemetry, and a memory limit, would add to the page and take from it.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "OTEL_") {
			_ = os.Unsetenv(name)
		}
	}
	debug.SetMemoryLimit(math.MaxInt64)
	m.Run()
}

// otelFamilies are the families on the page that are OpenTelemetry's.
func otelFamilies(t *testing.T, s *Server) map[string]string {
	t.Helper()
	found := families(scrape(t, s, ""))
	maps.DeleteFunc(found, func(family, is string) bool {
		return family != "target_info" && !strings.Contains(is, "otel_scope_")
	})
	return found
}

func older(family string) bool {
	return strings.HasPrefix(family, "process_runtime_go_") || family == "runtime_uptime_milliseconds_total"
}

func TestExpositionOfOpenTelemetry(t *testing.T) {
	s, _ := start(t, Options{})
	runtime.GC() // The histogram of pauses has a series after the first collection.
	got, want := otelFamilies(t, s), listed(t, "testdata/otel.txt")
	for _, family := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[family]; !ok {
			t.Errorf("%s: exposed as %q, want nothing", family, got[family])
		}
	}
	for family := range want {
		if got[family] != want[family] {
			t.Errorf("%s: exposed as %q, want %q", family, got[family], want[family])
		}
	}
}

// Every name by which people ask for Go's metrics is there.
func TestNamesPeopleAskFor(t *testing.T) {
	s, _ := start(t, Options{})
	runtime.GC()
	series := map[string]bool{}
	for line := range strings.Lines(scrape(t, s, "")) {
		if line[0] != '#' {
			series[line[:strings.IndexAny(line, "{ ")]] = true
		}
	}
	list, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for line := range strings.Lines(string(list)) {
		spelling, real, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		asked++
		for _, name := range strings.Split(real, ",") {
			if !series[name] {
				t.Errorf("%s: there is no %s", spelling, name)
			}
		}
	}
	if asked != 30 {
		t.Errorf("the list has %d spellings, want 30", asked)
	}
}

func TestWithoutOpenTelemetry(t *testing.T) {
	s, _ := start(t, Options{WithoutOTel: true})
	runtime.GC()
	if found := otelFamilies(t, s); len(found) > 0 {
		t.Errorf("switched off, and there is %v", found)
	}
	page := families(scrape(t, s, ""))
	for family := range listed(t, "testdata/otel.txt") {
		if is, ok := page[family]; ok {
			t.Errorf("switched off, and there is %s %s", family, is)
		}
	}
}

// The environment's word on the older family holds, and New leaves the environment as it was.
func TestEnvironmentSwitchesTheOlderFamily(t *testing.T) {
	tests := []struct {
		set   bool
		value string
		older bool
	}{
		{set: false, older: true},
		{set: true, value: "true", older: true},
		{set: true, value: "false", older: false},
		{set: true, value: "", older: false},
	}
	for _, test := range tests {
		if test.set {
			t.Setenv(olderFamily, test.value)
		}
		s, _ := start(t, Options{})
		if value, set := os.LookupEnv(olderFamily); set != test.set || value != test.value {
			t.Errorf("%+v: New left the variable at %q, set: %v", test, value, set)
		}
		runtime.GC()
		found := slices.Collect(maps.Keys(otelFamilies(t, s)))
		if slices.ContainsFunc(found, older) != test.older {
			t.Errorf("%+v: found %q", test, found)
		}
		if !slices.Contains(found, "go_goroutine_count") {
			t.Errorf("%+v: the current family is gone: %q", test, found)
		}
	}
}

// Servers are made and scraped all at once: nothing is exposed twice, nothing is missing, and with -race nothing races.
func TestManyServersWithOpenTelemetry(t *testing.T) {
	runtime.GC()
	want := len(listed(t, "testdata/otel.txt"))
	var servers sync.WaitGroup
	for range 8 {
		servers.Go(func() {
			registry := prometheus.NewRegistry()
			s, err := New(registry, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			var scrapes sync.WaitGroup
			defer scrapes.Wait()
			for range 4 {
				scrapes.Go(func() {
					if _, err := registry.Gather(); err != nil {
						t.Error(err)
					}
					if found := otelFamilies(t, s); len(found) != want {
						t.Errorf("%d families, want %d: %v", len(found), want, found)
					}
				})
			}
		})
	}
	servers.Wait()
	if value, set := os.LookupEnv(olderFamily); set {
		t.Errorf("the variable was left at %q", value)
	}
}

// No server's start takes the variable away from another's.
func TestStartsDoNotDisturbEachOther(t *testing.T) {
	var starts sync.WaitGroup
	for range 8 {
		starts.Go(func() {
			for range 100 {
				reader := metric.NewManualReader()
				provider := metric.NewMeterProvider(metric.WithReader(reader))
				var found metricdata.ResourceMetrics
				if err := errors.Join(startRuntime(provider), reader.Collect(t.Context(), &found)); err != nil {
					t.Error(err)
				}
				if n := len(found.ScopeMetrics[0].Metrics); n < 16 {
					t.Errorf("%d metrics: the older family is missing", n)
				}
			}
		})
	}
	starts.Wait()
}

func TestCloseEndsOpenTelemetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, registry := start(t, Options{})
		if found := otelFamilies(t, s); len(found) == 0 {
			t.Fatal("nothing is exposed before Close")
		}
		s.Close() // The bubble fails the test if a goroutine stays.
		s.Close()
		if _, err := registry.Gather(); err != nil {
			t.Error(err)
		}
		if found := otelFamilies(t, s); len(found) > 0 {
			t.Errorf("closed, and there is %v", found)
		}
	})
}

// Each scrape reads the runtime, though the last was a moment ago.
func TestOpenTelemetryIsFresh(t *testing.T) {
	s, registry := start(t, Options{})
	scrape(t, s, "")
	before := sum(t, registry, "process_runtime_go_gc_count_total")
	allocated := sum(t, registry, "go_memory_allocated_bytes_total")
	runtime.GC()
	if after := sum(t, registry, "process_runtime_go_gc_count_total"); after <= before {
		t.Errorf("%v collections, and after one more %v", before, after)
	}
	if after := sum(t, registry, "go_memory_allocated_bytes_total"); after <= allocated {
		t.Errorf("%v bytes allocated, and later %v", allocated, after)
	}
}
