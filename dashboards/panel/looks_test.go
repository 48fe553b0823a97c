package panel_test

import (
	"encoding/json"
	"strings"
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
		if end := style(t, panel.TimeSeries("Title", "What it shows.", c.shown)).AxisSoftMax; end == nil || *end != c.end {
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
		{panel.TimeSeries("Title", "What it shows.", scope.Value(heap)), 0},
		{panel.Logarithmic("Title", "What it shows.", scope.Value(heap)), 0},
		{panel.Stacked("Title", "What it shows.", scope.Value(heap).Max()), 50},
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
		"stat":          {panel.Stat("Title", "What it shows.", ratio), 2},
		"bars":          {panel.Bars("Title", "What it shows.", ratio), 2},
		"gauge":         {panel.Gauge("Title", "What it shows.", ratio), 0},
		"stat in bytes": {panel.Stat("Title", "What it shows.", scope.Value(heap).Max()), -1},
	} {
		digits := build(t, c.panel).FieldConfig.Defaults.Decimals
		if (digits == nil) != (c.digits < 0) || digits != nil && *digits != c.digits {
			t.Errorf("%s: not %v digits", name, c.digits)
		}
	}
}

// The bars of one path stand together, in the order of the queries, and keep their colours, which go by name: joined, they are
// no query's any more.
func TestGroupedBars(t *testing.T) {
	all := scope.Rate(requests).Sum("path")
	p := build(t, panel.Grouped("Title", "What it shows.", "path",
		panel.Named("ok", all).Colored("green"), panel.Named("failed (5xx)", all).Colored("red")))
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"transformations":[{"id":"joinByField","options":{"byField":"Time","mode":"outer"}},` +
			`{"id":"organize","options":{"orderBy":[{"desc":false,"name":"path","type":"label"}],"orderByMode":"auto"}}]`,
		`{"id":"byRegexp","options":"/ok$/"},"properties":[{"id":"color","value":{"fixedColor":"green","mode":"fixed"}}]`,
		`{"id":"byRegexp","options":"/failed \\(5xx\\)$/"},"properties":[{"id":"color","value":{"fixedColor":"red","mode":"fixed"}}]`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if strings.Contains(string(text), "byFrameRefID") {
		t.Error("an override goes by a query, which finds no bar")
	}
}

// In a table, a colour is a warning: what is well has none.
func TestTablesColourOnlyWhatIsNotWell(t *testing.T) {
	p := build(t, panel.Table("Title", "What it shows.", panel.Col("Heap", panel.Of(scope.Value(heap)).Steps(1, 2)),
		panel.Col("State", scope.Value(gogc)).Words("down", "up")))
	text, err := json.Marshal(p.FieldConfig.Overrides)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "green") || !strings.Contains(string(text), "red") {
		t.Errorf("the colours of %s", text)
	}
}

// What is compared line by line with the query before it is dashed and has no place in the legend; alone it is drawn as any.
func TestBeside(t *testing.T) {
	held, goal := panel.Named("held", scope.Value(heap)), panel.Named("goal", scope.Value(heap)).Beside()
	for name, c := range map[string]struct {
		queries []panel.Shown
		want    bool
	}{"beside another": {[]panel.Shown{held, goal}, true}, "alone": {[]panel.Shown{goal}, false}} {
		text, err := json.Marshal(build(t, panel.TimeSeries("Heap", about, c.queries...)).FieldConfig.Overrides)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(text), `"custom.hideFrom"`) && strings.Contains(string(text), `"fill":"dash"`); got != c.want {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// What lines are compared with is grey: a colour of the palette would look like one more process.
func TestWhatIsComparedWithIsGrey(t *testing.T) {
	used := panel.Named("used", scope.Value(heap))
	for name, c := range map[string]struct {
		query panel.Query
		want  string
	}{
		"beside":            {panel.Named("goal", scope.Value(heap)).Beside(), `"fixedColor":"#8e8e8e"`},
		"dashed":            {panel.Named("goal", scope.Value(heap).Max()).Dashed(), `"fixedColor":"#8e8e8e"`},
		"with its own":      {panel.Named("goal", scope.Value(heap).Max()).Colored("red").Dashed(), `"fixedColor":"red"`},
		"an ordinary query": {panel.Named("goal", scope.Value(heap).Max()), ""},
	} {
		text, err := json.Marshal(build(t, panel.TimeSeries("Heap", about, used, c.query)).FieldConfig.Overrides)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), c.want) || strings.Contains(string(text), "fixedColor") != (c.want != "") {
			t.Errorf("%s: want %s in %s", name, c.want, text)
		}
	}
}

// In a table only the name of a row is a link: a page of links hides the values, and their colours.
func TestOnlyTheRowsNameIsALink(t *testing.T) {
	p := build(t, panel.Linked(panel.Table("Title", "What it shows.", panel.Col("Heap", scope.Value(heap))), "instance",
		panel.Link("Open", `/d/x?var-instance=${__data.fields["instance"]}`)))
	if len(p.FieldConfig.Defaults.Links) > 0 {
		t.Errorf("every cell is a link: %v", p.FieldConfig.Defaults.Links)
	}
	text, err := json.Marshal(p.FieldConfig.Overrides)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"matcher":{"id":"byName","options":"instance"},"properties":[{"id":"links","value":[{"targetBlank":true,"title":"Open",` +
		`"url":"/d/x?var-instance=${__data.fields[\"instance\"]}"}]}]}`
	if !strings.Contains(string(text), want) {
		t.Errorf("no %s in %s", want, text)
	}
}

// Grafana puts a space before the suffix: one of ours would be a second.
func TestUnitsHaveOneSpace(t *testing.T) {
	unit := build(t, panel.Stat("Title", "What it shows.", panel.Cores.Of(scope.Value(heap).Count()))).FieldConfig.Defaults.Unit
	if unit == nil || *unit != "suffix:cores" {
		t.Errorf("cores have another unit than suffix:cores")
	}
}
