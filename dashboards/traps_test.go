package dashboards_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"

	"gaugewright/dashboards"
	"gaugewright/internal/query"
)

// trap is a way in which a query of ours would mislead though it parses and has an answer. What misleads on any board is the
// business of package lint.
type trap struct {
	Name    string
	Example string // a query that falls into it
	Fell    func(q *query.Query, e catalogued) bool
}

// ourTraps are those of Go services, found by running queries, most of them on popular dashboards; and of our own boards.
var ourTraps = []trap{
	{
		Name:    "the sum of a runtime histogram is a lower bound",
		Example: `rate(go_sched_pauses_total_gc_seconds_sum[5m])`,
		Fell:    anySelector(func(s query.Selector) bool { return runtimeHistogram(s) && strings.HasSuffix(s.Metric, "_sum") }),
	},
	{
		Name:    "a cycle has two pauses: their count is not the cycles'",
		Example: `rate(go_sched_pauses_total_gc_seconds_count[5m])`,
		Fell:    anySelector(func(s query.Selector) bool { return runtimeHistogram(s) && strings.HasSuffix(s.Metric, "_count") }),
	},
	{
		Name:    "a limit that nobody set is an enormous number",
		Example: `go_gc_gomemlimit_bytes`,
		Fell:    func(q *query.Query, _ catalogued) bool { return unfiltered(q) },
	},
	{
		Name:    "GC CPU moves when a collection runs: a short window is empty or spikes",
		Example: `rate(go_cpu_classes_gc_total_cpu_seconds_total[$__rate_interval])`,
		Fell: anySelector(func(s query.Selector) bool {
			window, err := model.ParseDuration(s.Range) // knows days and weeks
			return strings.HasPrefix(s.Metric, "go_cpu_classes_") && (err != nil || time.Duration(window) < 5*time.Minute)
		}),
	},
	{
		Name:    "a zero without the other side's labels and dimension: vector(0)",
		Example: `sum(rate(api_http_request_error_total[5m])) or vector(0)`,
		Fell: func(q *query.Query, _ catalogued) bool {
			return slices.ContainsFunc(q.Calls(), func(c query.Call) bool { return c.Func == "vector" })
		},
	},
	{
		Name:    "irate sees two samples of a long step",
		Example: `irate(api_http_request_total[5m])`,
		Fell: func(q *query.Query, _ catalogued) bool {
			return slices.ContainsFunc(q.Calls(), func(c query.Call) bool { return c.Func == "irate" })
		},
	},
	{
		Name:    "the memory limit judged by what is held: GOGC=off fills it by design",
		Example: `(go_memstats_sys_bytes - go_memstats_heap_released_bytes) / (go_gc_gomemlimit_bytes < 2 ^ 62)`,
		Fell: func(q *query.Query, _ catalogued) bool {
			return strings.Contains(q.Text, "go_gc_gomemlimit_bytes") && strings.Contains(q.Text, "go_memstats_sys_bytes")
		},
	},
	{
		Name:    "a metric that is gone for good",
		Example: `go_memstats_gc_cpu_fraction`,
		Fell: anySelector(func(s query.Selector) bool {
			return s.Metric == "go_memstats_gc_cpu_fraction" || s.Metric == "go_memstats_lookups_total"
		}),
	},
	{
		Name:    "a fixed window of a minute holds one scrape of many services",
		Example: `rate(api_http_request_total[1m])`,
		Fell: anySelector(func(s query.Selector) bool {
			window, err := model.ParseDuration(s.Range)
			return s.Func() == "rate" && err == nil && time.Duration(window) < 4*time.Minute
		}),
	},
	{
		Name:    "the network counters are the whole namespace's",
		Example: `rate(process_network_receive_bytes_total[5m])`,
		Fell:    anySelector(func(s query.Selector) bool { return strings.HasPrefix(s.Metric, "process_network_") }),
	},
	{
		Name:    "threads counted twice: go_threads is the one we show",
		Example: `go_sched_threads_total_threads`,
		Fell:    anySelector(func(s query.Selector) bool { return s.Metric == "go_sched_threads_total_threads" }),
	},
	{
		Name:    "a selector without the target's job sees every service of the server",
		Example: `go_threads{instance=~"$instance"}`,
		Fell: anySelector(func(s query.Selector) bool {
			return !slices.ContainsFunc(s.Matchers, func(m query.Matcher) bool { return m.Label == "job" })
		}),
	},
	{
		Name:    "probes among people's requests",
		Example: `sum(rate(api_http_request_total[5m]))`,
		Fell: anySelector(func(s query.Selector) bool {
			return strings.HasPrefix(s.Metric, "api_http_request_") && !slices.ContainsFunc(s.Matchers, func(m query.Matcher) bool {
				return m.Label == "path" && m.Op == "!~"
			})
		}),
	},
}

func anySelector(is func(query.Selector) bool) func(*query.Query, catalogued) bool {
	return func(q *query.Query, _ catalogued) bool { return slices.ContainsFunc(q.Selectors(), is) }
}

func runtimeHistogram(s query.Selector) bool {
	return strings.HasPrefix(s.Metric, "go_sched_") || strings.HasPrefix(s.Metric, "go_gc_pauses_") ||
		strings.HasPrefix(s.Metric, "go_gc_heap_allocs_by") || strings.HasPrefix(s.Metric, "go_gc_heap_frees_by")
}

// unfiltered reports a limit without the filter for unset ones.
func unfiltered(q *query.Query) bool {
	for _, s := range q.Selectors() {
		switch s.Metric {
		case "go_gc_gomemlimit_bytes", "go_gc_gogc_percent", "go_memstats_next_gc_bytes", "go_gc_heap_goal_bytes":
			if !strings.HasPrefix(q.Text[s.Span.End:], " < 2 ^ 62") {
				return true
			}
		}
	}
	return false
}

func TestTraps(t *testing.T) {
	e := expose(page(t), dashboards.App)
	asked := queries(t, dashboards.App)
	parsed := make([]*query.Query, len(asked))
	for i, a := range asked {
		parsed[i] = parse(t, a)
	}
	for _, trap := range ourTraps {
		t.Run(trap.Name, func(t *testing.T) {
			example, err := query.Parse(trap.Example)
			if err != nil {
				t.Fatal(err)
			}
			if !trap.Fell(example, e.catalogued) {
				t.Errorf("%s is not noticed", trap.Example)
			}
			for i, q := range parsed {
				if trap.Fell(q, e.catalogued) {
					t.Errorf("%s", asked[i])
				}
			}
		})
	}
}
