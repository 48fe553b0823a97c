package dashboards_test

import (
	"slices"
	"testing"

	"gaugewright/dashboards"
)

// Limits for a readable query: well-known Grafana dashboards have queries of about this length.
const (
	longestQuery = 300 // characters
	medianQuery  = 120 // of each board
)

// An engineer on call who opens a panel's query, and a reviewer who reads its diff, understand it at once.
func TestQueriesAreShort(t *testing.T) {
	for _, target := range []dashboards.Target{dashboards.App, dashboards.App.Demo()} {
		lengths := map[string][]int{}
		for _, a := range queries(t, target) {
			n := len(a.query.Expr)
			if n > longestQuery {
				t.Errorf("%s has %d characters", a, n)
			}
			lengths[*a.board.Uid] = append(lengths[*a.board.Uid], n)
		}
		for uid, all := range lengths {
			slices.Sort(all)
			median := (all[(len(all)-1)/2] + all[len(all)/2]) / 2
			t.Logf("%s: %d queries, median %d characters, longest %d", uid, len(all), median, all[len(all)-1])
			if median > medianQuery {
				t.Errorf("%s: the median of its queries has %d characters", uid, median)
			}
		}
	}
}

// The presets for other services have short queries too, with three labels for a process.
func TestQueriesOfPresetsAreShort(t *testing.T) {
	for name, target := range map[string]dashboards.Target{
		"promhttp": dashboards.Promhttp, "OpenTelemetry": dashboards.OpenTelemetry, "pods": pods(),
	} {
		target.Job, target.Address = "shop", "shop:8080"
		for _, a := range queries(t, target) {
			if n := len(a.query.Expr); n > 2*longestQuery {
				t.Errorf("%s: %s has %d characters", name, a, n)
			}
		}
	}
}
