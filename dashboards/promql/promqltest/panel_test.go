package promqltest_test

import (
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// A panel takes its unit and its legend from what Text is told.
func TestPanelOfText(t *testing.T) {
	text := promql.Text(`sum by (queue) (queue_size_bytes)`, promql.Bytes, "queue")
	built, err := panel.TimeSeries("Waiting", "What waits.", text).Build()
	if err != nil {
		t.Fatal(err)
	}
	if unit := built.FieldConfig.Defaults.Unit; unit == nil || *unit != "bytes" {
		t.Errorf("the unit is %v", unit)
	}
	query, ok := built.Targets[0].(prometheus.Dataquery)
	if !ok || query.LegendFormat == nil || *query.LegendFormat != "{{queue}}" || query.Expr != text.String() {
		t.Errorf("the query is %+v", built.Targets[0])
	}
}
