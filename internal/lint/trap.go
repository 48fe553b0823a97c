package lint

import (
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// Trap is a way in which a query misleads though it parses and has an answer.
type Trap struct {
	Name    string
	Example string // a query that falls into it
	Fell    func(q *query.Query, e Exposed) bool
}

// Traps are those of Go services and of PromQL itself. All were found by running queries, most of them on popular
// dashboards.
var Traps = []Trap{
	{`Prometheus 3 stores quantile="1" and le="1" as "1.0": only a pattern finds both`,
		`go_gc_duration_seconds{quantile="1"}`,
		anyMatcher(func(m query.Matcher) bool {
			return (m.Label == "le" || m.Label == "quantile") && (m.Op == "=" || m.Op == "!=")
		})},
	{"the sum of a runtime histogram is a lower bound",
		`rate(go_sched_pauses_total_gc_seconds_sum[5m])`,
		anySelector(func(s query.Selector) bool { return runtimeHistogram(s) && strings.HasSuffix(s.Metric, "_sum") })},
	{"a cycle has two pauses: their count is not the cycles'",
		`rate(go_sched_pauses_total_gc_seconds_count[5m])`,
		anySelector(func(s query.Selector) bool { return runtimeHistogram(s) && strings.HasSuffix(s.Metric, "_count") })},
	{"a limit that nobody set is an enormous number",
		`go_gc_gomemlimit_bytes`,
		func(q *query.Query, _ Exposed) bool { return unfiltered(q) }},
	{"a gauge under a counter's function, and the other way round",
		`rate(go_goroutines[5m])`,
		func(q *query.Query, e Exposed) bool { return slices.ContainsFunc(q.Selectors(), e.wrongKind) }},
	{"a raw counter only grows",
		`sum by (path) (api_http_request_total)`,
		func(q *query.Query, e Exposed) bool { return hasRawCounter(q, e) }},
	{"GC CPU moves when a collection runs: a short window is empty or spikes",
		`rate(go_cpu_classes_gc_total_cpu_seconds_total[$__rate_interval])`,
		anySelector(func(s query.Selector) bool {
			window, err := model.ParseDuration(s.Range) // knows days and weeks
			return strings.HasPrefix(s.Metric, "go_cpu_classes_") && (err != nil || time.Duration(window) < 5*time.Minute)
		})},
	{"a zero without the other side's labels and dimension: vector(0)",
		`sum(rate(api_http_request_error_total[5m])) or vector(0)`,
		anyCall("vector")},
	{"irate sees two samples of a long step", `irate(api_http_request_total[5m])`, anyCall("irate")},
	{"the memory limit judged by what is held: GOGC=off fills it by design",
		`(go_memstats_sys_bytes - go_memstats_heap_released_bytes) / (go_gc_gomemlimit_bytes < 2 ^ 62)`,
		func(q *query.Query, _ Exposed) bool {
			return strings.Contains(q.Text, "go_gc_gomemlimit_bytes") && strings.Contains(q.Text, "go_memstats_sys_bytes")
		}},
	{"a quantile of quantiles or an average of averages",
		`avg(histogram_quantile(0.99, sum by (instance, le) (rate(api_http_request_duration_seconds_bucket[5m]))))`,
		anySelector(func(s query.Selector) bool {
			return slices.Contains(s.Within, "histogram_quantile") && slices.Contains(s.Within, "avg")
		})},
	{"a metric that is gone for good",
		`go_memstats_gc_cpu_fraction`,
		anySelector(func(s query.Selector) bool {
			return s.Metric == "go_memstats_gc_cpu_fraction" || s.Metric == "go_memstats_lookups_total"
		})},
	{"a fixed window of a minute holds one scrape of many services",
		`rate(api_http_request_total[1m])`,
		anySelector(func(s query.Selector) bool {
			window, err := model.ParseDuration(s.Range)
			return s.Func() == "rate" && err == nil && time.Duration(window) < 4*time.Minute
		})},
}

func anySelector(is func(query.Selector) bool) func(*query.Query, Exposed) bool {
	return func(q *query.Query, _ Exposed) bool { return slices.ContainsFunc(q.Selectors(), is) }
}

func anyMatcher(is func(query.Matcher) bool) func(*query.Query, Exposed) bool {
	return anySelector(func(s query.Selector) bool { return slices.ContainsFunc(s.Matchers, is) })
}

func anyCall(name string) func(*query.Query, Exposed) bool {
	return func(q *query.Query, _ Exposed) bool {
		return slices.ContainsFunc(q.Calls(), func(c query.Call) bool { return c.Func == name })
	}
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

// wrongKind reports a function that needs another kind of metric than the page has.
func (e Exposed) wrongKind(s query.Selector) bool {
	want, family := s.Wants(), e.Family(s.Metric)
	counts := family.Kind == scrape.Counter || s.Metric != family.Name // _bucket, _sum, _count
	return want == query.Counter && !counts || want == query.Gauge && counts
}

// hasRawCounter reports a counter that is read outside a function over time, except in a difference of two.
func hasRawCounter(q *query.Query, e Exposed) bool {
	return slices.ContainsFunc(q.Selectors(), func(s query.Selector) bool {
		minus := strings.HasPrefix(q.Text[s.Span.End:], " - ") || strings.HasSuffix(q.Text[:s.Span.Start], " - ")
		return e.Family(s.Metric).Kind == scrape.Counter && s.Range == "" && !minus && s.Func() == ""
	})
}
