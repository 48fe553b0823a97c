package verify

import (
	"context"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/observe"
	"gaugewright/internal/query"
	"gaugewright/internal/source"
)

// shown are the ranges for every query: common choices in Grafana.
var shown = []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour}

// lookback is the time within which a selector's series must have been alive. Series that ended before count as dead.
const lookback = time.Hour

// ahead is how far ahead of the clock a page's own timestamps may be in Prometheus.
const ahead = 10 * time.Minute

// Options are what Judge needs besides the source and the files.
type Options struct {
	End       time.Time           // of the data
	Observed  time.Duration       // how long the target was observed, where that is too short for a verdict; else 0
	Variables map[string][]string // values of the boards' variables, chosen by name
	Pages     observe.Pages       // what the target's pages say

	HonorLabels bool // the targets were scraped with honor_labels
}

// judging is what a judge needs besides the source.
type judging struct {
	Options
	interval  time.Duration       // the data source's scrape interval
	lostRules bool                // there may be more records
	records   map[string][]string // the expressions of the judged rules, by the name that they record
	alerts    []string            // the names of the judged alerts
}

// judge asks no question twice within a short time. Several goroutines may call its methods.
type judge struct {
	source source.Source
	judging

	series  cache[[]map[string]string]
	answers cache[answer]
	read    cache[reading]
	used    used
}

func newJudge(s source.Source, j judging) *judge {
	return &judge{
		source: s, judging: j,
		series:  cache[[]map[string]string]{weigh: func(found []map[string]string) int { return len(found) }},
		answers: cache[answer]{weigh: answer.weight},
		read:    cache[reading]{weigh: func(reading) int { return 20 }},
	}
}

func (o Options) judging(f Files) judging {
	j := judging{Options: o, interval: f.Interval, lostRules: f.lostRules}
	j.records = map[string][]string{}
	for _, group := range f.Groups() {
		for _, rule := range group.Rules {
			if rule.Record != "" {
				j.records[rule.Record] = append(j.records[rule.Record], rule.Expr)
			} else {
				j.alerts = append(j.alerts, rule.Alert)
			}
		}
	}
	return j
}

// isServer reports whether the source is a server, with features and labels of its own.
func (j *judge) isServer() bool {
	_, isMemory := j.source.(source.Memory)
	return !isMemory
}

// find returns the labels of the series that a selector finds.
func (j *judge) find(ctx context.Context, name string, matchers []query.Matcher) ([]map[string]string, error) {
	if name != "" { // a matcher can hold any name
		matchers = append(slices.Clone(matchers), query.Matcher{Label: "__name__", Op: "=", Value: name})
	}
	if len(matchers) == 0 {
		return nil, nil
	}
	selector := "{" + matchersText(matchers) + "}"
	return j.series.get(selector, func() ([]map[string]string, error) {
		end := j.End
		if j.Observed > 0 {
			end = end.Add(ahead)
		}
		return j.source.Series(ctx, selector, j.End.Add(-lookback), end)
	})
}

// isBrief reports whether a query is about events of a target that was observed only briefly. A share of no events is
// not a number, nor is a summary's quantile of none.
func (j *judge) isBrief(r reading) bool {
	return j.Observed > 0 && (!r.labels.Open && r.labels.Has("quantile") || slices.ContainsFunc(r.query.Selectors(), func(s query.Selector) bool {
		return s.Range != "" || j.records[s.Metric] != nil || slices.ContainsFunc(counters, func(suffix string) bool {
			return strings.HasSuffix(s.Metric, suffix)
		})
	}))
}

// counters are the endings of the names of counters.
var counters = []string{"_total", "_count", "_sum", "_bucket"}
