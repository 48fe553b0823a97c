package panel_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// every is one panel of each kind, by Grafana's name for it.
func every() map[string]builder {
	byPath, byInstance := scope.Rate(requests).Sum("path"), scope.Value(heap)
	return map[string]builder{
		"stat":           panel.Stat("stat", about, byPath.Max()),
		"gauge":          panel.Gauge("gauge", about, byPath.Div(byPath).Max()),
		"bargauge":       panel.Bars("bargauge", about, byPath),
		"timeseries":     panel.TimeSeries("timeseries", about, byInstance),
		"table":          panel.Table("table", about, panel.Col("Heap", byInstance.Max("instance"))),
		"heatmap":        panel.Heatmap("heatmap", about, scope.Buckets(sizes)),
		"histogram":      panel.Histogram("histogram", about, byInstance),
		"barchart":       panel.BarChart("barchart", about, byPath),
		"piechart":       panel.Pie("piechart", about, byPath),
		"state-timeline": panel.StateTimeline("state-timeline", about, scope.Value(metric.Up)),
		"status-history": panel.StatusHistory("status-history", about, scope.Value(metric.Up)),
		"text":           panel.Text("text", "# Hello"),
		"alertlist":      panel.Alerts("alertlist", about, `{job="shop"}`),
	}
}

// Every kind of panel is what Grafana expects: no field is misspelt, no choice left empty.
func TestEveryKindIsStrictlyValid(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	for kind, b := range every() {
		t.Run(kind, func(t *testing.T) {
			p := build(t, b)
			if p.Type != kind {
				t.Errorf("type %s", p.Type)
			}
			text, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			if err := strict(new(dashboard.Panel).UnmarshalJSONStrict(text)); err != nil {
				t.Errorf("%v\n%s", err, text)
			}
		})
	}
}

// strict is the error, if it holds any: the SDK returns an empty list of errors as one that is not nil.
func strict(err error) error {
	var list cog.BuildErrors
	if errors.As(err, &list) && len(list) == 0 {
		return nil
	}
	return err
}

// A bar chart's columns are the label along its axis and one for each query; other labels would be read as names too.
func TestBarChartColumns(t *testing.T) {
	ok, failed := scope.Rate(requests).Sum("path", "job"), scope.Rate(requests).Sum("path", "job")
	p := build(t, panel.BarChart("Requests", about, panel.Named("ok", ok), panel.Named("failed", failed).Colored("red")))
	text, _ := json.Marshal(p.Transformations[1].Options)
	want := `{"excludeByName":{"Time":true,"job":true},"indexByName":{"Value #A":1,"Value #B":2,"path":0},` +
		`"renameByName":{"Value #A":"ok","Value #B":"failed"}}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	overrides, _ := json.Marshal(p.FieldConfig.Overrides)
	want = `[{"matcher":{"id":"byName","options":"failed"},"properties":[{"id":"color","value":{"fixedColor":"red","mode":"fixed"}}]}]`
	if string(overrides) != want {
		t.Errorf("got  %s\nwant %s", overrides, want)
	}
}

// A variable is filled in before Grafana has run its query: files are read with what is chosen in them.
func TestVariablesOpenWithAChoice(t *testing.T) {
	for want, b := range map[string]cog.Builder[dashboard.VariableModel]{
		`"query":"label_values(up{job=~\"$job\"}, instance)","datasource":{"type":"prometheus","uid":"${datasource}"},` +
			`"current":{"selected":true,"text":"All","value":"$__all"}`: panel.LabelValues(metric.Family(metric.Up), "instance", promql.Selected("job")),
		`"query":"a\\,b,c","current":{"selected":true,"text":"a,b","value":"a,b"}`: panel.Custom("env", "a,b", "c"),
		`"query":"5m,1h","current":{"selected":true,"text":"5m","value":"5m"}`:     panel.Interval("window", "5m", "1h"),
		`"query":"shop","current":{"selected":true,"text":"shop","value":"shop"}`:  panel.TextBox("name", "shop"),
	} {
		built, err := b.Build()
		text, _ := json.Marshal(built)
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%v\ngot  %s\nwant %s", err, text, want)
		}
	}
}
