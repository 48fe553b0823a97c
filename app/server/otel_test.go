package server

import (
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
)

// TestMain removes OpenTelemetry's settings and a memory limit of the developer's shell: both would change the page.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "OTEL_") {
			_ = os.Unsetenv(name)
		}
	}
	debug.SetMemoryLimit(math.MaxInt64)
	m.Run()
}

// otelFamilies returns OpenTelemetry's families on the page.
func otelFamilies(t *testing.T, s *Server) map[string]string {
	t.Helper()
	found := families(scrape(t, s, ""))
	maps.DeleteFunc(found, func(family, is string) bool {
		return family != "target_info" && !strings.Contains(is, "otel_scope_")
	})
	return found
}

func TestExpositionOfOpenTelemetry(t *testing.T) {
	s, _ := start(t, Options{})
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

func TestWithoutOpenTelemetry(t *testing.T) {
	s, _ := start(t, Options{WithoutOTel: true})
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

// TestManyServersWithOpenTelemetry: many servers are made and scraped at the same time. Nothing is exposed twice or
// missing, and -race finds nothing.
func TestManyServersWithOpenTelemetry(t *testing.T) {
	want := len(listed(t, "testdata/otel.txt"))
	var servers sync.WaitGroup
	for range 8 {
		servers.Go(func() {
			s, err := New(prometheus.NewRegistry(), Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			var scrapes sync.WaitGroup
			defer scrapes.Wait()
			for range 4 {
				scrapes.Go(func() {
					if found := otelFamilies(t, s); len(found) != want {
						t.Errorf("%d families, want %d: %v", len(found), want, found)
					}
				})
			}
		})
	}
	servers.Wait()
}

func TestCloseEndsOpenTelemetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, registry := start(t, Options{})
		if found := otelFamilies(t, s); len(found) == 0 {
			t.Fatal("nothing is exposed before Close")
		}
		s.Close() // synctest fails the test if a goroutine stays.
		s.Close()
		if _, err := registry.Gather(); err != nil {
			t.Error(err)
		}
		if found := otelFamilies(t, s); len(found) > 0 {
			t.Errorf("closed, and there is %v", found)
		}
	})
}

// TestOpenTelemetryIsFresh: each scrape reads the runtime, even right after another.
func TestOpenTelemetryIsFresh(t *testing.T) {
	s, registry := start(t, Options{})
	scrape(t, s, "")
	before := sum(t, registry, "go_memory_allocated_bytes_total")
	runtime.GC()
	if after := sum(t, registry, "go_memory_allocated_bytes_total"); after <= before {
		t.Errorf("%v bytes allocated, and later %v", before, after)
	}
}
