package panel_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

var (
	heap     = metric.Gauge{Name: "heap_bytes", Unit: metric.Bytes}
	started  = metric.Gauge{Name: "start_time_seconds", Unit: metric.Seconds}
	gogc     = metric.Gauge{Name: "gogc_percent", Unit: metric.Percent}
	pause    = metric.Gauge{Name: "pause_ns_nanoseconds", Unit: metric.Nanoseconds}
	requests = metric.Counter{Name: "requests_total", Labels: []metric.Label{"path"}}
	written  = metric.Counter{Name: "written_bytes_total", Unit: metric.Bytes}
	sizes    = metric.Histogram{Name: "size_bytes", Unit: metric.Bytes}

	scope = promql.NewScope(promql.RateInterval, []metric.Label{"job", "instance"},
		promql.Selected("job"), promql.Selected("instance"))
)

// about is a description, where it does not matter.
const about = "What it shows."

type builder = cog.Builder[dashboard.Panel]

func build(t *testing.T, b builder) dashboard.Panel {
	t.Helper()
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUnitFromDimension(t *testing.T) {
	for _, c := range []struct {
		expr    promql.Expr
		display panel.Display
		unit    string
		scale   string
	}{
		{scope.Value(heap).Max(), panel.Auto, "bytes", ""},
		{scope.Rate(written).Max(), panel.Auto, "binBps", ""},
		{scope.Since(started).Max(), panel.Auto, "s", ""},
		{scope.Since(started).Max(), panel.Duration, "dtdurations", ""},
		{scope.Value(pause).Max(), panel.Auto, "ns", ""},
		{scope.Value(gogc).Max(), panel.Auto, "percent", ""},
		{scope.Rate(requests).Sum(), panel.Auto, "count:/s", ""},
		{scope.Rate(requests).Sum(), panel.Requests, "reqps", ""},
		{scope.Rate(requests).Sum(), panel.PerSecondOf("requests"), "count:requests/s", ""},
		{scope.Rate(requests).Sum(), panel.PerMinute, "count:/min", " * 60"},
		{scope.Rate(requests).Sum(), panel.PerMinuteOf("requests"), "count:requests/min", " * 60"},
		{scope.Rate(requests).Sum(), panel.PerHour, "short", " * 3600"},
		{scope.Value(heap).Div(scope.Value(heap)).Max(), panel.Share, "percentunit", ""},
		{scope.Value(heap).Count(), panel.Auto, "short", ""},
	} {
		p := build(t, panel.Stat("Title", about, c.display.Of(c.expr)))
		if got := *p.FieldConfig.Defaults.Unit; got != c.unit {
			t.Errorf("%s: unit %s, want %s", c.expr, got, c.unit)
		}
		if got := expr(p, 0); got != c.expr.String()+c.scale {
			t.Errorf("got %s, want %s%s", got, c.expr, c.scale)
		}
	}
}

func expr(p dashboard.Panel, query int) string { return p.Targets[query].(prometheus.Dataquery).Expr }

func legend(q variants.Dataquery) string { return *q.(prometheus.Dataquery).LegendFormat }

func TestDisplayThatDoesNotFit(t *testing.T) {
	for name, c := range map[string]struct {
		panel  builder
		reason string
	}{
		"bytes as a share": {panel.Stat("Heap", about, panel.Share.Of(scope.Value(heap).Max())),
			`a display in share does not fit: the expression is bytes`},
		"a percentage as a share": {panel.Gauge("GOGC", about, scope.Value(gogc).Max()),
			`a display in share does not fit: the expression is percent`},
		"nanoseconds as seconds": {panel.Stat("Pause", about, panel.Seconds.Of(scope.Value(pause).Max())),
			`a display in seconds does not fit: the expression is nanoseconds`},
		"two dimensions on one axis": {panel.TimeSeries("Both", about, panel.Named("heap", scope.Value(heap).Max()), panel.Named("age", scope.Since(started).Max())),
			`a display in bytes does not fit: the expression is seconds`},
		"no display": {panel.Stat("Odd", about, scope.Value(heap).Mul(scope.Value(heap)).Max()),
			`no display for bytes^2`},
		"no buckets": {panel.Heatmap("Sizes", about, scope.Value(heap)), "a heatmap needs a histogram's buckets"},
		"no query":   {panel.TimeSeries("Empty", about), "no query"},
		"no column":  {panel.Table("Empty", about), "no column"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.panel.Build()
			if err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("got %v, want %q", err, c.reason)
			}
		})
	}
}

func TestLegend(t *testing.T) {
	pods := promql.NewScope(promql.RateInterval, []metric.Label{"cluster", "namespace", "pod"})
	for _, c := range []struct {
		query panel.Shown
		want  string
	}{
		{scope.Value(heap), "{{instance}}"},
		{panel.Named("in use", scope.Value(heap)), "{{instance}} in use"},
		{panel.Named("in use", scope.Value(heap).Max()), "in use"},
		{scope.Value(heap).Max(), "Heap"},
		{pods.Value(heap), "{{cluster}} {{namespace}} {{pod}}"},
	} {
		p := build(t, panel.TimeSeries("Heap", about, c.query))
		if got := legend(p.Targets[0]); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// Thresholds are given in the quantity itself; a display that is scaled scales them.
func TestSteps(t *testing.T) {
	rate := scope.Rate(requests).Sum()
	for name, c := range map[string]struct {
		query panel.Query
		want  string
	}{
		"high is bad":       {panel.Of(rate).Steps(0.3, 1), "green, yellow from 0.3, red from 1"},
		"low is bad":        {panel.Requests.Of(rate).Steps(0.5, 0.1), "red, yellow from 0.1, green from 0.5"},
		"scaled":            {panel.PerMinute.Of(rate).Steps(1, 10), "green, yellow from 60, red from 600"},
		"none is not green": {panel.Of(rate).ZeroIsGood(), "text, green from 0, red from 1"},
	} {
		t.Run(name, func(t *testing.T) {
			p := build(t, panel.Stat("Requests", about, c.query))
			var words []string
			for _, step := range p.FieldConfig.Defaults.Thresholds.Steps {
				word := step.Color
				if step.Value != nil {
					word += fmt.Sprintf(" from %v", *step.Value)
				}
				words = append(words, word)
			}
			if got := strings.Join(words, ", "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestNoJudgementUnlessAsked(t *testing.T) {
	p := build(t, panel.Stat("Heap", about, scope.Value(heap).Max()))
	steps := p.FieldConfig.Defaults.Thresholds.Steps
	if len(steps) != 1 || steps[0].Color != "text" {
		t.Errorf("steps %v: Grafana's own default would colour 80 bytes red", steps)
	}
}

func TestQueryStyles(t *testing.T) {
	p := build(t, panel.TimeSeries("Heap", about, panel.Named("a", scope.Value(heap).Max()),
		panel.Named("b", scope.Value(heap).Min()).Colored("red").Dashed()))
	text, _ := json.Marshal(p.FieldConfig.Overrides)
	for _, want := range []string{`[{"matcher":{"id":"byFrameRefID","options":"B"}`, `"fixedColor":"red"`, `"fill":"dash"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s lacks %s", text, want)
		}
	}
}

func TestHeatmapAxisFromTheHistogram(t *testing.T) {
	p := build(t, panel.Heatmap("Sizes", about, scope.Buckets(sizes)))
	text, _ := json.Marshal(p.Options)
	if !strings.Contains(string(text), `"yAxis":{"unit":"bytes"`) {
		t.Errorf("options %s", text)
	}
}

func TestTable(t *testing.T) {
	info := metric.Gauge{Name: "info", Labels: []metric.Label{"version"}}
	id := scope.Identity()
	p := build(t, panel.Table("Processes", about,
		panel.Col("Heap", panel.Of(scope.Value(heap).Max(id...)).Steps(1, 2)),
		panel.Info("Version", "version", scope.Value(info).Max(append(id, "version")...)),
		panel.Col("State", panel.Number.Of(scope.Value(metric.Up).Max(id...))).Words("down", "up")))
	text, _ := json.Marshal(p.Transformations[1].Options)
	want := `{"excludeByName":{"Time":true,"Value #B":true},` +
		`"indexByName":{"Value #A":2,"Value #C":4,"instance":0,"job":1,"version":3},` +
		`"renameByName":{"Value #A":"Heap","Value #C":"State","version":"Version"}}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

// An error names the board, the row, the panel, the query, and the line of Go.
func TestErrorNamesThePlace(t *testing.T) {
	_, file, line, _ := runtime.Caller(0)
	wrong := map[string]builder{
		"sum by path: the series have instance, job": heapStat(scope.Value(heap).Sum("path")),
		"bytes + seconds": heapStat(scope.Value(heap).Add(scope.Value(started))),
		"the two sides of / share too few labels to meet":          heapStat(scope.Rate(requests).Sum("path").Div(scope.Rate(requests).Sum("instance"))),
		"a display in share does not fit: the expression is bytes": panel.Stat("Heap", about, panel.Share.Of(scope.Value(heap).Max())),
	}
	for reason, p := range wrong {
		_, err := board().Row("Now").Line(4, p).Build()
		if err == nil {
			t.Fatalf("built, although %s", reason)
		}
		place := regexp.MustCompile(`^board go-test: row "Now": panel "Heap": query A: (.*):(\d+): (.*)$`).FindStringSubmatch(err.Error())
		if place == nil || place[1] != file || !strings.HasPrefix(place[3], reason) {
			t.Errorf("got  %v\nwant %s in %s", err, reason, file)
			continue
		}
		if at, _ := strconv.Atoi(place[2]); at < line+2 || at > line+5 {
			t.Errorf("%s: line %d, want one from %d", reason, at, line+2)
		}
	}
}

func heapStat(e promql.Expr) builder { return panel.Stat("Heap", about, e) }

func board() *panel.Board {
	return panel.NewBoard(dashboard.NewDashboardBuilder("Test").
		Uid("go-test").
		WithVariable(dashboard.NewDatasourceVariableBuilder("datasource").Type("prometheus")).
		WithVariable(panel.LabelValues(metric.Family(metric.Up), "job")).
		WithVariable(panel.LabelValues(metric.Family(metric.Up), "instance", promql.Selected("job"))))
}
