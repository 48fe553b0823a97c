package rules

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/engine"
)

var epoch = time.Unix(0, 0).UTC()

// minutes is a time n minutes after the epoch.
func minutes(n float64) time.Time { return epoch.Add(time.Duration(n * float64(time.Minute))) }

// runner is a Runner over an engine with one sample a minute in each series; NaN is no sample.
func runner(t *testing.T, rules string, up map[string][]float64) (*Runner, *engine.Engine) {
	t.Helper()
	var all []engine.Series
	for instance, values := range up {
		one := engine.Series{Labels: map[string]string{"__name__": "up", "instance": instance}}
		for i, v := range values {
			one.Samples = append(one.Samples, engine.Sample{T: minutes(float64(i)), V: v})
		}
		all = append(all, one)
	}
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	file, err := Parse([]byte(rules))
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRunner(e, file.Groups, External{Labels: map[string]string{"cluster": "north"}})
	if err != nil {
		t.Fatal(err)
	}
	return r, e
}

// alertLines writes the alerts, one on a line.
func alertLines(all []Alert) string {
	var lines []string
	for _, a := range all {
		lines = append(lines, fmt.Sprintf("%s %s %v since %s: %g %s",
			a.Labels["alertname"], a.Labels["instance"], a.State, a.ActiveAt.Sub(epoch), a.Value, a.Annotations["summary"]))
	}
	return strings.Join(lines, "\n")
}

func TestRunnerAlerts(t *testing.T) {
	r, _ := runner(t, ruleFile("alert: Down", "expr: up < 1", "for: 2m",
		"annotations: {summary: '{{ $labels.instance }} in {{ $externalLabels.cluster }}'}"),
		map[string][]float64{"a": {1, 0, 0, 0.5, 1, 1, 0}, "b": {1, 1, 0, 1, 1, 1, 1}})
	for at, want := range []string{
		"",
		"Down a pending since 1m0s: 0 a in north",
		"Down a pending since 1m0s: 0 a in north\nDown b pending since 2m0s: 0 b in north",
		"Down a firing since 1m0s: 0.5 a in north",
		"",
		"",
		"Down a pending since 6m0s: 0 a in north",
	} {
		if err := r.Eval(context.Background(), minutes(float64(at))); err != nil {
			t.Fatal(err)
		}
		if got := alertLines(r.Alerts()); got != want {
			t.Errorf("minute %d: got\n%s\nwant\n%s", at, got, want)
		}
	}
}

// TestRunnerIntervals: a group is evaluated when its interval has passed; one without an interval, always.
func TestRunnerIntervals(t *testing.T) {
	r, e := runner(t, `
groups:
  - name: slow
    interval: 2m
    rules: [{record: slow, expr: vector(1)}]
  - name: quick
    rules: [{record: quick, expr: vector(1)}]
`, nil)
	for i := range 5 {
		if err := r.Eval(context.Background(), minutes(float64(i))); err != nil {
			t.Fatal(err)
		}
	}
	for query, want := range map[string]float64{`count_over_time(slow[1h])`: 3, `count_over_time(quick[1h])`: 5} {
		if got, err := e.Instant(context.Background(), query, minutes(4)); err != nil || got.Series[0].Samples[0].V != want {
			t.Errorf("%s: %v, %v; want %g", query, got, err, want)
		}
	}
}

// TestRunnerErrors: the error of a failing rule names its group, and the other rules are evaluated.
func TestRunnerErrors(t *testing.T) {
	for _, test := range []struct{ group, want string }{
		{"rules: [{record: r, expr: up * on () up}]", "group g: record r: found duplicate series for the match group"},
		{"rules: [{record: r, expr: up, labels: {instance: one}}]",
			"group g: record r: two series have the same labels"},
		{"rules: [{alert: A, expr: up, labels: {instance: one}}]",
			"group g: alert A: two alerts have the same labels"},
		{"limit: 1, rules: [{record: r, expr: up}]", "2 series exceed the group's limit of 1"},
		{"limit: 1, rules: [{alert: A, expr: up}]", "2 alerts exceed the group's limit of 1"},
		{"rules: [{record: r, expr: vector(1)}, {record: r, expr: vector(2)}]", "another value exists"},
	} {
		r, e := runner(t, "groups:\n  - {name: g, "+test.group+"}\n"+
			"  - {name: last, rules: [{record: after, expr: vector(7)}]}\n",
			map[string][]float64{"a": {1}, "b": {1}})
		if err := r.Eval(context.Background(), epoch); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s\n got %v\nwant %s", test.group, err, test.want)
		}
		if len(r.Alerts()) > 0 {
			t.Errorf("%s: alerts %v", test.group, r.Alerts())
		}
		if got, err := e.Instant(context.Background(), "after", epoch); err != nil || len(got.Series) != 1 {
			t.Errorf("%s: the group after it: %v, %v", test.group, got, err)
		}
	}
}

// TestRunnerQueryOffset: a group with an offset records at the time that it reads.
func TestRunnerQueryOffset(t *testing.T) {
	r, e := runner(t, "groups: [{name: g, query_offset: 1m, "+
		"rules: [{record: r, expr: up * 2}, {alert: A, expr: up > 4}]}]",
		map[string][]float64{"a": {1, 2, 5}})
	for i := 1; i < 4; i++ {
		if err := r.Eval(context.Background(), minutes(float64(i))); err != nil {
			t.Fatal(err)
		}
	}
	for query, want := range map[string]float64{
		`r`: 10, `timestamp(r)`: 120, `timestamp(ALERTS)`: 120, `ALERTS_FOR_STATE`: 180,
	} {
		got, err := e.Instant(context.Background(), query, minutes(3))
		if err != nil || len(got.Series) != 1 || got.Series[0].Samples[0].V != want {
			t.Errorf("%s: %v, %v; want %g", query, got, err, want)
		}
	}
}
