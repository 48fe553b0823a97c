package server

import (
	"bufio"
	"maps"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// scrape returns the page for a scraper with this Accept header.
func scrape(t *testing.T, s *Server, accept string) string {
	t.Helper()
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if w.Code != 200 {
		t.Fatalf("/metrics answers %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// families reads a text page into its families: type and label names, as in testdata/families.txt.
func families(page string) map[string]string {
	types, labels := map[string]string{}, map[string]map[string]bool{}
	var family string
	lines := bufio.NewScanner(strings.NewReader(page))
	for lines.Scan() {
		line := lines.Text()
		if rest, ok := strings.CutPrefix(line, "# TYPE "); ok {
			var kind string
			family, kind, _ = strings.Cut(rest, " ")
			types[family], labels[family] = kind, map[string]bool{}
			continue
		}
		if from, to := strings.Index(line, "{"), strings.LastIndex(line, "}"); line[0] != '#' && from >= 0 {
			for _, label := range strings.Split(line[from+1:to], `",`) {
				name, _, _ := strings.Cut(label, "=")
				labels[family][name] = true
			}
		}
	}
	for family, kind := range types {
		names := "-"
		if len(labels[family]) > 0 {
			names = strings.Join(slices.Sorted(maps.Keys(labels[family])), ",")
		}
		types[family] = kind + "\t" + names
	}
	return types
}

func TestExposition(t *testing.T) {
	s, _ := start(t, Options{Wait: instant})
	runtime.GC()     // The summary of pauses has its quantiles after the first collection.
	scrape(t, s, "") // The handler's own counter appears with the first scrape.
	got := families(scrape(t, s, ""))
	for family, want := range listed(t, "testdata/families.txt") {
		if strings.HasPrefix(family, "process_") && runtime.GOOS != "linux" {
			continue
		}
		if got[family] != want {
			t.Errorf("%s: exposed as %q, want %q", family, got[family], want)
		}
	}
}

// listed reads a list of families in the form that families returns.
func listed(t *testing.T, path string) map[string]string {
	t.Helper()
	list, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(list)) {
		if family, is, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && family[0] != '#' {
			all[family] = sortedLabels(is)
		}
	}
	return all
}

func sortedLabels(typeAndLabels string) string {
	kind, names, _ := strings.Cut(typeAndLabels, "\t")
	labels := strings.Split(names, ",")
	slices.Sort(labels)
	return kind + "\t" + strings.Join(labels, ",")
}

func TestOpenMetricsIsOffered(t *testing.T) {
	s, _ := start(t, Options{Wait: instant})
	page := scrape(t, s, "application/openmetrics-text; version=1.0.0")
	if !strings.HasSuffix(page, "# EOF\n") {
		t.Errorf("an OpenMetrics page ends in # EOF; this one in %q", page[max(0, len(page)-40):])
	}
}

func TestSeriesBeforeTheFirstRequest(t *testing.T) {
	s, registry := start(t, Options{Wait: instant})
	if n := sum(t, registry, "api_http_request_total"); n != 0 {
		t.Fatalf("%v requests are counted before the first", n)
	}
	have := map[string]bool{}
	for _, family := range []string{
		"api_http_request_total", "api_http_request_error_total", "api_http_request_duration_seconds",
	} {
		for _, x := range samples(t, registry, family) {
			have[family+" "+x.labels["method"]+" "+x.labels["path"]+" "+x.labels["status"]] = true
		}
	}
	var want []string
	for _, r := range routes(newShop(), nil, s.leaks, nil) {
		want = append(want,
			"api_http_request_total "+r.pattern()+" 200",
			"api_http_request_total "+r.pattern()+" 500",
			"api_http_request_error_total "+r.pattern()+" 500",
			"api_http_request_duration_seconds "+r.pattern()+" ")
		if have["api_http_request_error_total "+r.pattern()+" 200"] {
			t.Errorf("%s has an error series for status 200", r.pattern())
		}
	}
	for _, series := range want {
		if !have[series] {
			t.Errorf("missing: %s", series)
		}
	}
}

func TestDurationHasClassicAndNativeBuckets(t *testing.T) {
	s, registry := start(t, Options{Wait: instant})
	ask(s.Handler(), "GET", "/products", "")
	all, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.GetName() != "api_http_request_duration_seconds" {
			continue
		}
		for _, m := range f.GetMetric() {
			var edges []float64
			for _, b := range m.GetHistogram().GetBucket() {
				edges = append(edges, b.GetUpperBound())
			}
			if want := []float64{.005, .01, .025, .05, .1, .25, .3, .5, 1, 2.5, 5, 10}; !slices.Equal(edges, want) {
				t.Errorf("classic buckets %v, want %v", edges, want)
			}
			if m.GetHistogram().Schema == nil {
				t.Errorf("%v has no native buckets", m.GetLabel())
			}
		}
		return
	}
	t.Error("no api_http_request_duration_seconds")
}
