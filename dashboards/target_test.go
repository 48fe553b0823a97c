package dashboards_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
)

// Everything built from a target checks it: a mistake is an error, never a panic.
func TestWhatIsBuiltChecksItsTarget(t *testing.T) {
	nobody, halved := dashboards.App, dashboards.App
	nobody.Identity = nil
	halved.Speed = -2
	for want, target := range map[string]dashboards.Target{
		"Job is empty": {}, "Identity is []": nobody, "Speed is -2": halved,
	} {
		if err := target.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Check says %v, want %s", err, want)
		}
		for i, board := range dashboards.All {
			if _, err := board(target).Build(); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("board %d says %v, want %s", i, err, want)
			}
		}
		for _, file := range dashboards.Rules {
			for _, build := range []func(dashboards.RuleFile, dashboards.Target, alert.Boards) ([]alert.Built, error){
				dashboards.RuleFile.Build, dashboards.RuleFile.BuildSome,
			} {
				if _, err := build(file, target, nil); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("the rules of %s say %v, want %s", file.Name, err, want)
				}
			}
		}
	}
}

// A speed of 0 means production.
func TestNoSpeedIsProduction(t *testing.T) {
	target := dashboards.App
	target.Speed = 0
	if !reflect.DeepEqual(build(t, target), build(t, dashboards.App)) || !reflect.DeepEqual(rules(t, target), rules(t, dashboards.App)) {
		t.Error("Speed 0 and Speed 1 are not the same")
	}
}

// An objective is a bucket edge wherever the edges are known, from the metric or the catalogue, in any unit.
func TestObjectivesAreBucketEdges(t *testing.T) {
	in := func(unit metric.Unit, edges ...float64) func(*dashboards.Target) {
		return func(t *dashboards.Target) { t.HTTP.Duration.Unit, t.HTTP.Duration.Buckets = unit, edges }
	}
	for name, c := range map[string]struct {
		change func(*dashboards.Target)
		want   string
	}{
		"nothing known":      {in(metric.Seconds), ""},
		"both are edges":     {in(metric.Seconds, 0.1, 0.3, 0.5, 1), ""},
		"milliseconds":       {in(metric.Milliseconds, 100, 300, 500), ""},
		"no unit of time":    {in(metric.None, 1, 2), ""},
		"latency is none":    {in(metric.Seconds, 0.25, 0.5), "SLO.Latency is 300ms, which is not among the bucket edges of api_http_request_duration_seconds (250ms, 500ms): "},
		"slow is none":       {in(metric.Seconds, 0.3, 1), "SLO.Slow is 500ms, which is not among the bucket edges of api_http_request_duration_seconds (300ms, 1s): "},
		"milliseconds, none": {in(metric.Milliseconds, 0.3, 0.5), "SLO.Latency is 300ms, which is not among the bucket edges"},
		"by the catalogue": {func(t *dashboards.Target) {
			t.HTTP.Duration.Buckets = nil
			t.Exposes = append(metric.Catalogue{{Name: t.HTTP.Duration.Name, Buckets: []float64{0.3, 1}}}, t.Exposes...)
		}, "SLO.Slow is 500ms, which is not among"},
	} {
		target := dashboards.App
		target.SLO.Latency, target.SLO.Slow = 300*time.Millisecond, 500*time.Millisecond
		c.change(&target)
		if err := target.Check(); (err == nil) != (c.want == "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// Building rules does not change its arguments.
func TestRulesAreLeftAsTheyWere(t *testing.T) {
	given := dashboards.Rules[1].Groups(dashboards.App)
	names := func() (all []string) {
		for _, group := range given {
			for _, a := range group.Alerts {
				all = append(all, a.Name)
			}
		}
		return all
	}
	before := names()
	file := dashboards.RuleFile{Name: "same", Groups: func(dashboards.Target) []alert.Group { return given }}
	if made, err := file.BuildSome(dashboards.App, nil); err != nil || made != nil {
		t.Errorf("without boards there are %v, %v", made, err)
	}
	if _, err := file.Build(dashboards.App, alert.Boards(build(t, dashboards.App))); err != nil {
		t.Error(err)
	}
	if after := names(); !reflect.DeepEqual(after, before) {
		t.Errorf("the alerts are %q, and were %q", after, before)
	}
}
