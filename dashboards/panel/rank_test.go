package panel_test

import (
	"strings"
	"testing"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
)

// Each graph by process has a rank of its own, its first query: over the processes that the reader chose, and over a window
// that variables know. Grafana's query variables know $__range and no $__rate_interval.
func TestRanks(t *testing.T) {
	up := scope.Over("$__range").MaxOverTime(metric.Up)
	built, err := board().Processes("instance", up).Row("Now").
		Line(8, panel.TimeSeries("Heap by process", about, scope.Value(heap)),
			panel.TimeSeries("Requests of the process", about, panel.PerMinute.Of(scope.Rate(requests).Sum("instance"))),
			panel.TimeSeries("All together", about, scope.Value(heap).Sum())).Build()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"show": "10 worst : 10,25 worst : 25,all : 1000000",
		"worst_heap": `query_result(topk($show, heap_bytes{instance=~"$instance",job=~"$job"} or ` +
			`max_over_time(up{instance=~"$instance",job=~"$job"}[$__range]) * 0))`,
		"worst_requests": `query_result(topk($show, sum by (instance) (rate(requests_total{instance=~"$instance",job=~"$job"}[5m])) * 60 or ` +
			`max_over_time(up{instance=~"$instance",job=~"$job"}[$__range]) * 0))`,
	}
	for _, v := range built.Templating.List {
		if query, ok := want[v.Name]; ok && *v.Query.String != query {
			t.Errorf("%s is\n%s, want\n%s", v.Name, *v.Query.String, query)
		}
		delete(want, v.Name)
	}
	for name := range want {
		t.Errorf("there is no variable %s", name)
	}
}

// Two graphs whose titles begin alike would share a variable.
func TestRanksWithOneName(t *testing.T) {
	_, err := board().Processes("instance", scope.Value(metric.Up)).Row("Now").
		Line(8, panel.TimeSeries("Heap in use now", about, scope.Value(heap)),
			panel.TimeSeries("Heap in use now, too", about, scope.Value(heap))).Build()
	if err == nil || !strings.Contains(err.Error(), `have the same first words, which name the variable worst_heap_use_now`) {
		t.Errorf("got %v", err)
	}
}

// Titles in another script have no words that a variable's name can be made of, and variables of their own all the same.
func TestRanksOfTitlesInAnotherScript(t *testing.T) {
	_, err := board().Processes("instance", scope.Value(metric.Up)).Row("Now").
		Line(8, panel.TimeSeries("Память", about, scope.Value(heap)), panel.TimeSeries("Куча", about, scope.Value(heap))).Build()
	if err != nil {
		t.Error(err)
	}
}
