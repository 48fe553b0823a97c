package main

import (
	"strings"
	"testing"
)

func TestIdentifiers(t *testing.T) {
	tests := map[string]string{
		"api_http_request_total":           "APIHTTPRequestTotal",
		"go_cgo_go_to_c_calls_calls_total": "GoCGOGoToCCallsCallsTotal",
		"go_gc_cycles_total_gc_cycles":     "GoGCCyclesTotalGCCycles",
		"process_open_fds":                 "ProcessOpenFDs",
		"process_cpu_seconds_total":        "ProcessCPUSecondsTotal",
		"job:errors:rate5m":                "JobErrorsRate5m",
		"http.server.requestCount":         "HTTPServerRequestCount",
		"_leading__and_trailing_":          "LeadingAndTrailing",
		"a_1_2":                            "A1_2",
		"a_12":                             "A12",
		"a1_b":                             "A1B",
		"type":                             "Type",
		"9lives":                           "X9lives",
		"größe":                            "Größe",
		"温度":                               "X温度",
		"---":                              "X",
	}
	for name, want := range tests {
		if got := exported(camelCase(name)); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// TestMeetingNames: metrics and labels with the same identifier all lose it, whatever else there is.
func TestMeetingNames(t *testing.T) {
	chosen, err := namesFor([]entry{
		{name: "foo.bar", labels: []string{"x"}}, {name: "foo_bar"}, {name: "label_x"}, {name: "free"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, ident := range []string{chosen.metrics["foo.bar"], chosen.metrics["foo_bar"]} {
		if !strings.HasPrefix(ident, "FooBar_") {
			t.Errorf("got %s", ident)
		}
	}
	if chosen.metrics["label_x"] == chosen.labels["x"] || chosen.labels["x"] == "LabelX" {
		t.Errorf("metric %s, label %s", chosen.metrics["label_x"], chosen.labels["x"])
	}
	if chosen.metrics["free"] != "Free" {
		t.Errorf("got %s", chosen.metrics["free"])
	}
	alone, err := namesFor([]entry{{name: "foo_bar"}})
	if err != nil || alone.metrics["foo_bar"] != "FooBar" {
		t.Errorf("alone: %v, %v", alone, err)
	}
}

// TestNameOfTheListIsTaken: a metric with the list's name gets another identifier.
func TestNameOfTheListIsTaken(t *testing.T) {
	chosen, err := namesFor([]entry{{name: "all"}})
	if err != nil || !strings.HasPrefix(chosen.metrics["all"], "All_") {
		t.Errorf("got %v, %v", chosen, err)
	}
}

// TestMeetingChecksums: a page can choose names that become the same identifier and have the same short checksum. Each
// still gets its own identifier, the same in every run.
func TestMeetingChecksums(t *testing.T) {
	one, other := sameChecksum(t)
	chosen, err := namesFor([]entry{{name: one}, {name: other}, {name: "free"}})
	if err != nil {
		t.Fatal(err)
	}
	a, b := chosen.metrics[one], chosen.metrics[other]
	if a == b || len(a) != len(b) || !strings.HasPrefix(a, "AAAA") {
		t.Errorf("got %s and %s", a, b)
	}
	again, err := namesFor([]entry{{name: other}, {name: one}})
	if err != nil || again.metrics[one] != a || again.metrics[other] != b {
		t.Errorf("in another order: %v, %v", again, err)
	}
}

// sameChecksum returns two names that differ only in the characters between the words.
func sameChecksum(t *testing.T) (one, other string) {
	t.Helper()
	seen := map[string]string{}
	for n := range 1 << 20 {
		name := "a"
		for bit := range 20 {
			name += string("._"[n>>bit&1]) + "a"
		}
		sum := checksum(symbol{what: "metric", name: name})
		if other := seen[sum]; other != "" {
			return name, other
		}
		seen[sum] = name
	}
	t.Fatal("no two names have the same checksum")
	return "", ""
}
