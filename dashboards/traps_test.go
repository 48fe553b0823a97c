package dashboards_test

import (
	"slices"
	"strings"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/internal/lint"
	"gaugewright/internal/query"
)

// ourTraps are those of our own boards, beside lint's.
var ourTraps = []lint.Trap{
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

func anySelector(is func(query.Selector) bool) func(*query.Query, lint.Exposed) bool {
	return func(q *query.Query, _ lint.Exposed) bool { return slices.ContainsFunc(q.Selectors(), is) }
}

func TestTraps(t *testing.T) {
	e := expose(page(t), dashboards.App)
	asked := queries(t, dashboards.App)
	parsed := make([]*query.Query, len(asked))
	for i, a := range asked {
		parsed[i] = parse(t, a)
	}
	for _, trap := range slices.Concat(lint.Traps, ourTraps) {
		t.Run(trap.Name, func(t *testing.T) {
			example, err := query.Parse(trap.Example)
			if err != nil {
				t.Fatal(err)
			}
			if !trap.Fell(example, e.Exposed) {
				t.Errorf("%s is not noticed", trap.Example)
			}
			for i, q := range parsed {
				if trap.Fell(q, e.Exposed) {
					t.Errorf("%s", asked[i])
				}
			}
		})
	}
}
