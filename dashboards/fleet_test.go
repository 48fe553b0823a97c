package dashboards_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/internal/engine"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// Made series: what the app exposes, for some processes.
const (
	madeStep = 30 * time.Second
	madeFor  = 90 * time.Minute
)

var madeEnd = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// make a process's series out of a page: counters grow, gauges waver, each process in a way of its own.
func process(families []scrape.Family, identity map[string]string, nth int, used map[string]bool) []engine.Series {
	var all []engine.Series
	for _, family := range families {
		for _, sample := range family.Samples {
			if !used[sample.Name] {
				continue
			}
			labels := maps.Clone(identity)
			labels["__name__"] = sample.Name
			for _, label := range sample.Labels {
				labels[label.Name] = label.Value
			}
			if sample.Name == "go_gc_gomemlimit_bytes" {
				sample.Value = 1 << 30 // set, unlike in the app as it was scraped
			}
			grows := family.Kind == scrape.Counter || sample.Name != family.Name
			own := nth
			if grows {
				own *= weight(sample)
			}
			all = append(all, engine.Series{Labels: labels, Samples: course(sample.Value, grows, own)})
		}
	}
	labels := maps.Clone(identity)
	labels["__name__"] = "up"
	return append(all, engine.Series{Labels: labels, Samples: course(1, false, 0)})
}

// weight makes a process's counters differ from another's each in a way of its own: else all shares would be alike. The buckets
// of a histogram grow alike.
func weight(sample scrape.Sample) int {
	h := fnv.New32a()
	fmt.Fprint(h, strings.TrimSuffix(sample.Name, "_bucket"))
	for _, label := range sample.Labels {
		if label.Name != "le" {
			fmt.Fprint(h, label)
		}
	}
	return 1 + int(h.Sum32()%7)
}

// record adds to an engine what the target's recording rules make of its series in the last hour, every so often.
func record(t testing.TB, e *engine.Engine, target dashboards.Target, every time.Duration) {
	t.Helper()
	for _, file := range dashboards.Rules {
		for _, group := range file.Groups(target) {
			for _, r := range group.Records {
				if r.Metric.Name != "" && r.Expr.Has() {
					recordOne(t, e, r, every)
				}
			}
		}
	}
}

func recordOne(t testing.TB, e *engine.Engine, r alert.Record, every time.Duration) {
	t.Helper()
	result, err := e.Range(context.Background(), r.Expr.String(), madeEnd.Add(-time.Hour), madeEnd, every)
	if err != nil {
		t.Fatal(err)
	}
	for _, series := range result.Series {
		labels := maps.Clone(series.Labels)
		labels["__name__"] = r.Metric.Name
		for _, sample := range series.Samples {
			if err := e.Append(labels, sample); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// course is what a value went through.
func course(value float64, grows bool, nth int) []engine.Sample {
	var samples []engine.Sample
	for at := -madeFor; at <= 0; at += madeStep {
		k, v := float64(at/madeStep), value
		switch {
		case grows:
			v = value * (1000 + k + float64(nth)*k/10)
		case nth > 0 && value < 1<<40: // not timestamps and unset limits
			v = value * (2 + math.Sin(k/7+float64(nth)) + float64(nth%5))
		}
		samples = append(samples, engine.Sample{T: madeEnd.Add(at), V: v})
	}
	return samples
}

// staleNaN is how Prometheus marks the end of a series (model/value).
const staleNaN = 0x7ff0000000000002

// life is when the n-th process is there, before the end; nil is always.
type life func(nth int) (from, to time.Duration)

// of is what Prometheus has of a series of the n-th process: a mark where it ends, so that it is gone at once.
func (l life) of(nth int, s engine.Series) engine.Series {
	if l == nil {
		return s
	}
	from, to := l(nth)
	var kept []engine.Sample
	for _, sample := range s.Samples {
		switch age := sample.T.Sub(madeEnd); {
		case age >= from && age < to || to == 0 && age == 0:
			kept = append(kept, sample)
		case age == to:
			kept = append(kept, engine.Sample{T: sample.T, V: math.Float64frombits(staleNaN)})
		}
	}
	s.Samples = kept
	return s
}

// grows has six processes until twenty minutes ago, and all since.
func grows(nth int) (from, to time.Duration) {
	if nth < 6 {
		return -madeFor, 0
	}
	return -20 * time.Minute, 0
}

// rolled replaces eight processes by eight new ones every twenty minutes.
func rolled(nth int) (from, to time.Duration) {
	from = -time.Hour + time.Duration(nth/8)*20*time.Minute
	return from, from + 20*time.Minute
}

// fleet is an engine over n processes of the target with such a page, and what the variables hold when all are chosen.
func fleet(
	t testing.TB, target dashboards.Target, families []scrape.Family, n int, lives life,
) (*engine.Engine, map[string]query.Value) {
	t.Helper()
	var nths []int
	for nth := range n {
		nths = append(nths, nth)
	}
	return fleetOf(t, target, families, nths, lives)
}

// fleetOf is fleet with those processes only.
func fleetOf(
	t testing.TB, target dashboards.Target, families []scrape.Family, nths []int, lives life,
) (*engine.Engine, map[string]query.Value) {
	t.Helper()
	used := map[string]bool{}
	for _, text := range slices.Concat(queryTexts(t, target), recordTexts(target)) {
		for _, s := range parsed(t, text).Selectors() {
			used[s.Metric] = true
		}
	}
	var series []engine.Series
	for _, i := range nths {
		for _, s := range process(families, identity(target, i), i, used) {
			series = append(series, lives.of(i, s))
		}
	}
	e, err := engine.New(series)
	if err != nil {
		t.Fatal(err)
	}
	record(t, e, target, time.Minute)
	all := query.Value{Multi: true, All: true, AllValue: ".+"}
	values := map[string]query.Value{
		"job": {Values: []string{target.Job}, Multi: true}, string(target.HTTP.Path): all, "show": {Values: []string{"10"}},
	}
	for _, label := range target.Identity {
		if label != "job" {
			values[string(label)] = all
		}
	}
	return e, values
}

// queryTexts are the target's queries.
func queryTexts(t testing.TB, target dashboards.Target) []string {
	var all []string
	for _, a := range queries(t, target) {
		all = append(all, a.query.Expr)
	}
	return all
}

func recordTexts(target dashboards.Target) []string {
	var all []string
	for _, file := range dashboards.Rules {
		for _, group := range file.Groups(target) {
			for _, r := range group.Records {
				if r.Metric.Name != "" && r.Expr.Has() {
					all = append(all, r.Expr.String())
				}
			}
		}
	}
	return all
}

func parsed(t testing.TB, text string) *query.Query {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// identity names the n-th process. Where there are clusters, there are two, with pods of the same names.
func identity(target dashboards.Target, nth int) map[string]string {
	instance, cluster, pod := fmt.Sprintf("10.0.0.%d:8000", nth), fmt.Sprintf("c%d", nth%2), fmt.Sprintf("shop-%d", nth/2)
	values := map[metric.Label]string{"instance": instance, "cluster": cluster, "namespace": "shop", "pod": pod}
	labels := map[string]string{"job": target.Job}
	for _, label := range target.Identity {
		if label != metric.JobLabel {
			labels[string(label)] = values[label]
		}
	}
	return labels
}

// times are the last hour.
var times = query.Times{From: madeEnd.Add(-time.Hour), To: madeEnd, Interval: time.Minute, Scrape: madeStep}

// worstVariable is a hidden variable for the processes that a graph draws.
var worstVariable = regexp.MustCompile(`\$(worst_\w+)`)

// shown is what the variable of a query's graph holds, and how many samples it takes to find out; none for other queries.
func shown(t testing.TB, e *engine.Engine, a asked, values map[string]query.Value) (name string, found query.Value, read int64) {
	t.Helper()
	match := worstVariable.FindStringSubmatch(a.query.Expr)
	if match == nil {
		return "", query.Value{}, 0
	}
	for _, v := range a.board.Templating.List {
		if v.Name != match[1] {
			continue
		}
		ranked := strings.TrimSuffix(strings.TrimPrefix(*v.Query.String, "query_result("), ")")
		text, err := query.Interpolate(ranked, values, times)
		if err != nil {
			t.Fatal(err)
		}
		result, err := e.Instant(context.Background(), text, times.To)
		if err != nil {
			t.Fatal(err)
		}
		process := regexp.MustCompile(strings.Trim(*v.Regex, "/"))
		for _, series := range result.Series {
			found.Values = append(found.Values, process.FindStringSubmatch(view.SeriesText(series.Labels))[1])
		}
		read = result.Read
	}
	slices.Sort(found.Values)
	found.Values, found.Multi = slices.Compact(found.Values), true
	return match[1], found, read
}

// answer runs a query as the panel would, over the last hour.
func answer(t testing.TB, e *engine.Engine, a asked, values map[string]query.Value) engine.Result {
	t.Helper()
	if name, found, _ := shown(t, e, a, values); name != "" {
		values = maps.Clone(values)
		values[name] = found
	}
	text, err := query.Interpolate(a.query.Expr, values, times)
	if err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	var result engine.Result
	if a.query.Instant != nil && *a.query.Instant {
		result, err = e.Instant(context.Background(), text, times.To)
	} else {
		result, err = e.Range(context.Background(), text, times.From, times.To, times.Interval)
	}
	if err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	return result
}

// measured says that there is a number in an answer.
func measured(r engine.Result) bool {
	return slices.ContainsFunc(r.Series, func(s engine.Series) bool {
		return slices.ContainsFunc(s.Samples, func(s engine.Sample) bool { return !math.IsNaN(s.V) })
	})
}

// needsHistory says that a query looks back further than twenty minutes.
func needsHistory(a asked) bool {
	return strings.Contains(a.query.Expr, " offset ") || strings.Contains(a.query.Expr, "[1h]")
}

// Ten processes at most are drawn one by one, in one or two queries: never more lines than a reader can tell apart. Where pods
// of two clusters have the same names, each name is two lines.
func TestManyInstances(t *testing.T) {
	if testing.Short() {
		t.Skip("a long computation: minutes under the race detector")
	}
	kinds := podsOf(t)
	kinds["instances"] = made{dashboards.App, page(t)}
	for name, made := range kinds {
		target := made.target
		for _, c := range []struct {
			name string
			n    int
			life life
		}{{"one", 1, nil}, {"six", 6, nil}, {"many", 24, nil}, {"growing", 24, grows}, {"rolled", 24, rolled}} {
			t.Run(c.name+" "+name, func(t *testing.T) {
				e, values := fleet(t, target, made.page, c.n, c.life)
				lines, all := map[string]int{}, queries(t, target)
				for _, a := range all {
					result := answer(t, e, a, values)
					if remarks := slices.Concat(result.Warnings, result.Infos); len(remarks) > 0 {
						t.Errorf("%s: %s", a, remarks)
					}
					if !measured(result) && !(c.name == "rolled" && needsHistory(a)) {
						t.Errorf("%s: no data", a)
					}
					if a.panel.Type != "table" && a.panel.Type != "" {
						lines[*a.board.Uid+" "+*a.panel.Title] += len(result.Series)
					}
				}
				most := 20
				if slices.Contains(target.Identity, "cluster") {
					most *= 2
				}
				for panel, n := range lines {
					if n > most {
						t.Errorf("%s shows %d series", panel, n)
					}
				}
			})
		}
	}
}

// After pods were replaced, the living are drawn, and those that ended only where there is room.
func TestTheReplacedDoNotPushOutTheLiving(t *testing.T) {
	e, values := fleet(t, dashboards.App, page(t), 24, rolled)
	for _, a := range queries(t, dashboards.App) {
		if *a.panel.Title != "Goroutines by process" {
			continue
		}
		drawn := map[string]bool{}
		for _, series := range answer(t, e, a, values).Series {
			drawn[series.Labels["instance"]] = true
		}
		for nth := 16; nth < 24; nth++ {
			if living := identity(dashboards.App, nth)["instance"]; !drawn[living] {
				t.Errorf("%s lives and is not drawn", living)
			}
		}
		if len(drawn) != 10 {
			t.Errorf("%d processes are drawn, want the eight living and two that were replaced", len(drawn))
		}
	}
}
