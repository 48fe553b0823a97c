package dashboards_test

import (
	"fmt"
	"maps"
	"math"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/internal/engine"
	"gaugewright/internal/query"
)

// refresh asks all queries of a board once, as a reader's browser does, and adds up the samples that the engine reads. plain
// asks them without the choice of processes to draw.
func refresh(t testing.TB, e *engine.Engine, all []asked, values map[string]query.Value, plain bool) (read int64) {
	ranked := map[string]bool{}
	for _, a := range all {
		if name, _, chosen := shown(t, e, a, values); !plain && !ranked[name] {
			ranked[name] = true
			read += chosen
		}
		if plain {
			a.query.Expr = worstVariable.ReplaceAllString(a.query.Expr, "$$instance")
		}
		read += answer(t, e, a, values).Read
	}
	return read
}

// byBoard are the queries of each board.
func byBoard(t testing.TB) map[string][]asked {
	all := map[string][]asked{}
	for _, a := range queries(t, dashboards.App) {
		all[*a.board.Uid] = append(all[*a.board.Uid], a)
	}
	return all
}

// With a hundred processes, a board reads no more than half as many samples again as the same queries without the choice of
// processes, that choice included.
func TestFleetCostsLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred processes: a long computation under the race detector")
	}
	e, values := fleet(t, dashboards.App, page(t), 100, nil)
	for uid, all := range byBoard(t) {
		chosen, plain := refresh(t, e, all, values, false), refresh(t, e, all, values, true)
		t.Logf("%s: %d samples, %d without the choice: %.2f times", uid, chosen, plain, float64(chosen)/float64(plain))
		if float64(chosen) > 1.5*float64(plain) {
			t.Errorf("%s: %d samples, and %d without the choice", uid, chosen, plain)
		}
	}
}

// BenchmarkRefresh is the time of one refresh of a board with a hundred processes, beside the same queries without the choice
// of processes.
func BenchmarkRefresh(b *testing.B) {
	e, values := fleet(b, dashboards.App, page(b), 100, nil)
	for uid, all := range byBoard(b) {
		for _, plain := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/plain=%v", uid, plain), func(b *testing.B) {
				var read int64
				for b.Loop() {
					read = refresh(b, e, all, values, plain)
				}
				b.ReportMetric(float64(read), "samples/op")
			})
		}
	}
}

// What the HTTP board reads from recorded series is what the processes' own counters say: panels that both boards have, with all
// processes chosen on the one.
func TestRecordedIsWhatInstancesSay(t *testing.T) {
	for name, made := range map[string]made{"instances": {dashboards.App, page(t)}, "pods": {pods(), page(t)}} {
		t.Run(name, func(t *testing.T) {
			e, values := fleet(t, made.target, made.page, 6, nil)
			raw, compared := map[string]map[string]engine.Series{}, 0
			for _, a := range queries(t, made.target) {
				if *a.board.Uid == "go-http-instances" {
					raw[place(a)] = bySeries(answer(t, e, a, values))
				}
			}
			for _, a := range queries(t, made.target) {
				want, both := raw[place(a)]
				if *a.board.Uid != "go-http" || !both {
					continue
				}
				compared++
				if got := bySeries(answer(t, e, a, values)); !maps.EqualFunc(got, want, alike) {
					t.Errorf("%s\nis  %v\nnot %v", a, got, want)
				}
			}
			if compared < 4 {
				t.Errorf("%d queries compared, want the three outcomes and the distribution at least", compared)
			}
		})
	}
}

// place is a query's panel and legend.
func place(a asked) string {
	if a.query.LegendFormat == nil {
		return *a.panel.Title
	}
	return *a.panel.Title + " " + *a.query.LegendFormat
}

// alike reports whether two series have the same values, but for what adding up in another order makes of them.
func alike(a, b engine.Series) bool {
	if len(a.Samples) != len(b.Samples) {
		return false
	}
	for i := range a.Samples {
		if math.Abs(a.Samples[i].V-b.Samples[i].V) > 1e-9*math.Max(1, math.Abs(b.Samples[i].V)) {
			return false
		}
	}
	return true
}
