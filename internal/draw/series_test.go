package draw

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gaugewright/internal/draw/plot"
)

// seriesOf returns a time series panel as the page gets it. The data has a value every 15 minutes.
func seriesOf(t *testing.T, fieldConfig, more, data string) plot.Plot {
	t.Helper()
	b := openPanel(t, `{"id": 1, "type": "timeseries", "title": "P", "interval": "15m", "datasource": {"type": "prometheus", "uid": "p"},
		"targets": [{"refId": "A", "expr": "a", "legendFormat": "{{s}}"}, {"refId": "B", "expr": "b", "legendFormat": "{{s}}"}],
		"fieldConfig": `+fieldConfig+more+`}`, data)
	drawn, gaps := Series(b, b.Shown[0], 300, Options{})
	if len(gaps) > 0 {
		t.Errorf("gaps: %v", gaps)
	}
	return drawn
}

// points writes the series as JSON writes their points.
func points(t *testing.T, p plot.Plot) string {
	t.Helper()
	var all []string
	for _, s := range p.Series {
		text, err := json.Marshal(s.Points)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s.Name+string(text))
	}
	return strings.Join(all, " ")
}

func TestPointsOfSeries(t *testing.T) {
	for _, test := range []struct{ name, custom, data, want string }{
		{"as the query gave them", `{}`, "a{s=\"x\"} 1 2 3 4 5", "x[1,2,3,4,5]"},
		{"a missing step is a gap", `{}`, "a{s=\"x\"} 1 2 _ 4 5", "x[1,2,null,4,5]"},
		{"NaN and Inf are gaps", `{}`, "a{s=\"x\"} 1 NaN 3 +Inf 5", "x[1,null,3,null,5]"},
		{"a short gap is bridged", `{"spanNulls": 3600000}`, "a{s=\"x\"} 1 2 _ 4 5", "x[1,2,false,4,5]"},
		{"a long one is not", `{"spanNulls": 60000}`, "a{s=\"x\"} 1 2 _ 4 5", "x[1,2,null,4,5]"},
		{"times of other series are no gap", `{}`, "a{s=\"x\"} 1 2 3 4 5\nb{s=\"y\"} 6 7 8", "x[1,2,3,4,5] y[6,null,7,null,8]"},
		{"stacked", `{"stacking": {"mode": "normal"}}`, "a{s=\"x\"} 1 2 3 4 5\nb{s=\"y\"} 10 10 _ 10 10", "x[1,2,3,4,5] y[11,12,3,14,15]"},
		{"in percent of the whole", `{"stacking": {"mode": "percent"}}`, "a{s=\"x\"} 1 0 3\nb{s=\"y\"} 1 0 1", "x[0.5,null,0,null,0.75] y[1,null,0,null,1]"},
		{"what is below zero is stacked downwards", `{"stacking": {"mode": "normal"}}`, "a{s=\"x\"} 1 2 3 4 5\na{s=\"y\"} -1 -1 -1 -1 -1\na{s=\"z\"} 1 1 1 1 1",
			"x[1,2,3,4,5] y[-1,-1,-1,-1,-1] z[2,3,4,5,6]"},
		{"mirrored", `{"transform": "negative-Y"}`, "a{s=\"x\"} 1 2 3 4 5", "x[-1,-2,-3,-4,-5]"},
		{"the first value", `{"transform": "constant"}`, "a{s=\"x\"} 1 2 3 4 5", "x[1,1,1,1,1]"},
	} {
		drawn := seriesOf(t, `{"defaults": {"custom": `+test.custom+`}}`, "", test.data)
		if got := points(t, drawn); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestAxesOfSeries(t *testing.T) {
	for _, test := range []struct{ name, config, want string }{
		{"one unit, one axis", `{"defaults": {"unit": "bytes"}}`, "bytes left 0..2800: 0 B, 512 B, 1 KiB, 1.50 KiB, 2 KiB, 2.50 KiB"},
		{"a second unit stands at the right", `{"defaults": {}, "overrides": [{"matcher": {"id": "byName", "options": "y"},
			"properties": [{"id": "unit", "value": "s"}]}]}`,
			" left 0.1..10.9: 2, 4, 6, 8, 10; s right 0..2800: 0 s, 8.33 mins, 16.7 mins, 25 mins, 33.3 mins, 41.7 mins"},
		{"the panel's limits", `{"defaults": {"min": 0, "max": 100}}`, " left 0..100: 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100"},
		{"a hidden axis", `{"defaults": {"min": 0, "max": 100, "custom": {"axisPlacement": "hidden"}}}`, " hidden 0..100: "},
		{"an axis whose series are hidden", `{"defaults": {"custom": {"hideFrom": {"viz": true}}}}`, " hidden 0..100: "},
		{"a logarithmic axis", `{"defaults": {"custom": {"scaleDistribution": {"type": "log", "log": 10}}}}`, " left 1..10000: 1, 10, 100, 1000, 10000"},
		{"percent", `{"defaults": {"unit": "s", "custom": {"stacking": {"mode": "percent"}}}}`, "s left 0..1: 0%, 10%, 20%, 30%, 40%, 50%, 60%, 70%, 80%, 90%, 100%"},
	} {
		drawn := seriesOf(t, test.config, "", "a{s=\"x\"} 1 10\na{s=\"y\"} 100 2500")
		var all []string
		for _, a := range drawn.Axes {
			var ticks []string
			for _, tick := range a.Ticks {
				if tick.Text != "" {
					ticks = append(ticks, tick.Text)
				}
			}
			all = append(all, fmt.Sprintf("%s %s %v..%v: %s", a.Unit, a.Side, a.Min, a.Max, strings.Join(ticks, ", ")))
		}
		if got := strings.Join(all, "; "); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestLegendOfSeries(t *testing.T) {
	drawn := seriesOf(t, `{"defaults": {"unit": "bytes"}, "overrides": [
		{"matcher": {"id": "byName", "options": "hidden"}, "properties": [{"id": "custom.hideFrom", "value": {"viz": true, "legend": true}}]},
		{"matcher": {"id": "byName", "options": "dashed"}, "properties": [{"id": "custom.lineStyle", "value": {"fill": "dash", "dash": [4, 8]}},
			{"id": "color", "value": {"mode": "fixed", "fixedColor": "#123456"}}]}]}`,
		`, "options": {"legend": {"displayMode": "table", "placement": "right", "calcs": ["max", "lastNotNull"], "sortBy": "Max", "sortDesc": true}}`,
		"a{s=\"x\"} 1 10\na{s=\"hidden\"} 5 6\na{s=\"dashed\"} 100 2048")
	var named []string
	for _, i := range drawn.Legend.Sorted {
		s := drawn.Series[i]
		named = append(named, s.Name+" "+strings.Join(s.Calcs, " ")+" "+s.Color+fmt.Sprint(s.Dash))
	}
	const want = "dashed 2 KiB 2 KiB #123456[4 8]; x 10 B 10 B #73bf69[]"
	if got := strings.Join(named, "; "); got != want {
		t.Errorf("the legend has %s, want %s", got, want)
	}
	if l := drawn.Legend; l.Mode != "table" || l.Side != "right" || strings.Join(l.Calcs, "|") != "Max|Last *" {
		t.Errorf("the legend is %+v", l)
	}
	if high := drawn.Axes[0].Max; high < 2048 {
		t.Errorf("the axis ends at %v", high)
	}
	if texts := drawn.Series[2].Texts; texts[len(texts)-1] != "2 KiB" {
		t.Errorf("the values are printed as %q", texts)
	}
}
