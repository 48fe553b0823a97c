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
