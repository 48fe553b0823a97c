package dashboards_test

import (
	"testing"
	"time"

	"gaugewright/dashboards"
	"gaugewright/internal/engine"
	"gaugewright/internal/query"
)

// A handful of goroutines more is no leak where there are few: the stat is green for a large fleet in good health. Where
// there are many, the largest growth of any process counts.
func TestGrowthOfLittleIsNone(t *testing.T) {
	for name, c := range map[string]struct {
		before []float64 // goroutines of each process; all grow by half
		want   float64
	}{
		"few":                     {[]float64{20, 40}, 0},
		"few, and one with many":  {[]float64{20, 400}, 0.5},
		"many from now on: 200":   {[]float64{134}, 0.5},
		"still less than so many": {[]float64{132}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			e, values := growing(t, c.before)
			for _, a := range queries(t, dashboards.App) {
				if *a.panel.Title != "Goroutine growth" {
					continue
				}
				result := answer(t, e, a, values)
				if len(result.Series) != 1 || result.Series[0].Samples[0].V != c.want {
					t.Errorf("%v, want %v", result.Series, c.want)
				}
			}
		})
	}
}

// growing is an engine over processes whose goroutines have grown by half in twenty minutes.
func growing(t *testing.T, before []float64) (*engine.Engine, map[string]query.Value) {
	t.Helper()
	var all []engine.Series
	for nth, count := range before {
		labels := identity(dashboards.App, nth)
		labels["__name__"] = "go_goroutines"
		var samples []engine.Sample
		for at := -madeFor; at <= 0; at += madeStep {
			v := count
			if at > -20*time.Minute {
				v *= 1.5
			}
			samples = append(samples, engine.Sample{T: madeEnd.Add(at), V: v})
		}
		all = append(all, engine.Series{Labels: labels, Samples: samples})
	}
	e, err := engine.New(all)
	if err != nil {
		t.Fatal(err)
	}
	every := query.Value{Multi: true, All: true, AllValue: ".+"}
	return e, map[string]query.Value{"job": {Values: []string{dashboards.App.Job}, Multi: true}, "instance": every}
}
