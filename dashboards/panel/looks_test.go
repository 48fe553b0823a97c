package panel_test

import (
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/panel"
)

func style(t *testing.T, b builder) *timeseries.FieldConfig {
	t.Helper()
	return build(t, b).FieldConfig.Defaults.Custom.(*timeseries.FieldConfig)
}

// An axis of zeros ends where a value begins to matter: Grafana alone ends it at 100, which is 10000%.
func TestAnAxisOfZerosEndsSensibly(t *testing.T) {
	for name, c := range map[string]struct {
		shown panel.Shown
		end   float64
	}{
		"share":      {panel.Share.Of(scope.Value(heap).Div(scope.Value(heap)).Max()), 0.01},
		"number":     {scope.Value(heap).Count(), 1},
		"bytes":      {scope.Value(heap).Max(), 1024},
		"seconds":    {scope.Since(started).Max(), 0.0001},
		"per second": {panel.PerSecondOf("requests").Of(scope.Rate(requests).Sum()), 1},
		"per minute": {panel.PerMinuteOf("requests").Of(scope.Rate(requests).Sum()), 1},
	} {
		if end := style(t, panel.TimeSeries("Title", "", c.shown)).AxisSoftMax; end == nil || *end != c.end {
			t.Errorf("%s: the axis has another end than %v", name, c.end)
		}
	}
}

// Only what adds up is filled: fills that overlap hide what is below them.
func TestOnlyStacksAreFilled(t *testing.T) {
	for _, c := range []struct {
		panel builder
		fill  float64
	}{
		{panel.TimeSeries("Title", "", scope.Value(heap)), 0},
		{panel.Logarithmic("Title", "", scope.Value(heap)), 0},
		{panel.Stacked("Title", "", scope.Value(heap).Max()), 50},
	} {
		if fill := style(t, c.panel).FillOpacity; fill == nil || *fill != c.fill {
			t.Errorf("the fill is not %v", c.fill)
		}
	}
}

// Two digits of a percent are all that a single value needs; what Grafana rounds well is left to it.
func TestSingleValuesHaveFewDigits(t *testing.T) {
	ratio := panel.Share.Of(scope.Value(heap).Div(scope.Value(heap)).Max())
	for name, c := range map[string]struct {
		panel  builder
		digits float64 // -1 for Grafana's own
	}{
		"stat":          {panel.Stat("Title", "", ratio), 2},
		"bars":          {panel.Bars("Title", "", ratio), 2},
		"gauge":         {panel.Gauge("Title", "", ratio), 0},
		"stat in bytes": {panel.Stat("Title", "", scope.Value(heap).Max()), -1},
	} {
		digits := build(t, c.panel).FieldConfig.Defaults.Decimals
		if (digits == nil) != (c.digits < 0) || digits != nil && *digits != c.digits {
			t.Errorf("%s: not %v digits", name, c.digits)
		}
	}
}
