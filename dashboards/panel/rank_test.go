package panel_test

import (
	"strings"
	"testing"

	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// Grafana's query variables know $__range and no $__rate_interval: a rank over it would find no process at all.
func TestRankIsOverAWindowThatVariablesKnow(t *testing.T) {
	ranked := func(rank promql.Expr) error {
		_, err := board().Processes("instance", scope.Value(heap)).WorstBy(rank).
			Row("Now").Line(8, panel.TimeSeries("Heap", "What it shows.", scope.Value(heap))).Build()
		return err
	}
	if err := ranked(scope.Rate(requests).Sum("instance")); err == nil || !strings.Contains(err.Error(), "$__rate_interval") {
		t.Errorf("a rank over $__rate_interval: %v", err)
	}
	for _, rank := range []promql.Expr{scope.Value(heap), scope.Over("5m").Rate(requests).Sum("instance")} {
		if err := ranked(rank); err != nil {
			t.Error(err)
		}
	}
}
