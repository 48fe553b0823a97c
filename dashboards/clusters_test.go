package dashboards_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/internal/engine"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// made is a target, and what a service of its kind exposes.
type made struct {
	target dashboards.Target
	page   []scrape.Family
}

// podsOf are targets of several kinds in two clusters.
func podsOf(t *testing.T) map[string]made {
	t.Helper()
	madePods.once.Do(func() {
		madePods.all = map[string]made{"pods": {pods(), page(t)}}
		for _, kind := range []string{"OTel", "OTel's older names", "errors apart from successes", "collector before 1.20"} {
			s := services()[kind]
			madePods.all["pods, "+kind] = made{inClusters(s.target), pageOf(t, s.handler(t))}
		}
	})
	return maps.Clone(madePods.all)
}

var madePods struct {
	once sync.Once
	all  map[string]made
}

// What a reader sees of one cluster is what there would be if it were the only one: nothing of another with pods of the same
// names gets in, and nothing is counted twice.
func TestClustersDoNotMix(t *testing.T) {
	if testing.Short() {
		t.Skip("a long computation: minutes under the race detector")
	}
	for name, made := range podsOf(t) {
		t.Run(name, func(t *testing.T) {
			both, values := fleet(t, made.target, made.page, 6, nil)
			alone, _ := fleetOf(t, made.target, made.page, []int{0, 2, 4}, nil)
			values["cluster"] = query.Value{Values: []string{"c0"}, Multi: true}
			for _, a := range queries(t, made.target) {
				got, want := answer(t, both, a, values), answer(t, alone, a, values)
				if !measured(got) || !slices.Equal(sorted(got), sorted(want)) {
					t.Errorf("%s: with another cluster beside\n%v\nalone\n%v", a, sorted(got), sorted(want))
				}
			}
		})
	}
}

// With both clusters chosen, a value without a cluster label is the sum, the least or the greatest of the clusters'
// values. It is never a share or a quantile over both, in which the larger cluster hides the smaller.
func TestNoValueMixesClusters(t *testing.T) {
	if testing.Short() {
		t.Skip("a long computation: minutes under the race detector")
	}
	for name, made := range podsOf(t) {
		t.Run(name, func(t *testing.T) {
			e, values := fleet(t, made.target, made.page, 6, nil)
			chosen := func(a asked, cluster string) map[string]engine.Series {
				values := maps.Clone(values)
				if cluster != "" {
					values["cluster"] = query.Value{Values: []string{cluster}, Multi: true}
				}
				return bySeries(answer(t, e, a, values))
			}
			compared, ofOne := 0, 0
			for _, a := range queries(t, made.target) {
				south, north := chosen(a, "c0"), chosen(a, "c1")
				for labels, both := range chosen(a, "") {
					one, inSouth := south[labels]
					other, inNorth := north[labels]
					switch lengths := [3]int{len(both.Samples), len(one.Samples), len(other.Samples)}; {
					case !inSouth && !inNorth:
						t.Errorf("%s: %s is of neither cluster", a, labels)
					case !inSouth || !inNorth:
						ofOne++
					case lengths[0] != lengths[1] || lengths[0] != lengths[2]:
						t.Errorf("%s: %s has %d values, and those of the clusters %d and %d", a, labels, lengths[0], lengths[1], lengths[2])
					case !folds(both, one, other):
						t.Errorf("%s: %s mixes the clusters", a, labels)
						fallthrough
					default:
						compared++
					}
					if strings.Contains(labels, "pod:") && !strings.Contains(labels, "cluster:") {
						t.Errorf("%s: %s is of two pods", a, labels)
					}
				}
			}
			if t.Logf("%d series compared, and %d of one cluster only", compared, ofOne); compared < 20 {
				t.Errorf("only %d series are of both clusters", compared)
			}
		})
	}
}

// bySeries are an answer's series by their labels.
func bySeries(r engine.Result) map[string]engine.Series {
	series := map[string]engine.Series{}
	for _, s := range r.Series {
		series[fmt.Sprint(s.Labels)] = engine.Series{Labels: s.Labels, Samples: s.Samples}
	}
	return series
}

// folds reports whether every value is the sum, the least or the greatest of two.
func folds(both, one, other engine.Series) bool {
	for i, sample := range both.Samples {
		a, b, v := one.Samples[i].V, other.Samples[i].V, sample.V
		near := func(w float64) bool { return math.Abs(v-w) <= 1e-9*math.Max(1, math.Abs(w)) }
		if !near(a+b) && !near(math.Min(a, b)) && !near(math.Max(a, b)) {
			return false
		}
	}
	return true
}

// sorted is an answer's series as texts: those of equal values are in no order.
func sorted(r engine.Result) []string {
	var texts []string
	for _, series := range r.Series {
		texts = append(texts, fmt.Sprint(series))
	}
	slices.Sort(texts)
	return texts
}

// Pods of one name in two clusters are two processes, and two lines.
func TestProcessesAreToldApart(t *testing.T) {
	e, values := fleet(t, pods(), page(t), 4, nil)
	want := []string{"c0 shop-0", "c0 shop-1", "c1 shop-0", "c1 shop-1"}
	for _, a := range queries(t, pods()) {
		if *a.panel.Title != "Goroutines by process" {
			continue
		}
		var got []string
		for _, series := range answer(t, e, a, values).Series {
			got = append(got, series.Labels["cluster"]+" "+series.Labels["pod"])
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("processes are shown as %q, want %q", got, want)
		}
	}
}
