package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// shown are the ranges that every query is run over: what a reader chooses in Grafana.
var shown = []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour}

// lookback is how long ago a selector's series may have ended. What died before is dead.
const lookback = time.Hour

// judging is what a judge needs to know besides the source.
type judging struct {
	end      time.Time
	interval time.Duration // the data source's scrape interval
	short    bool          // verify itself has just observed the target, for moments
	chosen   map[string][]string
	records  map[string][]string // the expressions of the judged rules, by the name that they record
}

// judge asks each question once, whoever needs the answer. Its methods may be called by several goroutines.
type judge struct {
	source source
	judging

	series  cache[[]map[string]string]
	answers cache[answer]
	read    cache[reading]
}

func newJudge(s source, j judging) *judge { return &judge{source: s, judging: j} }

func (o options) judging(f files, end time.Time) judging {
	j := judging{end: end, interval: f.interval, short: o.targets != nil, chosen: o.variables}
	j.records = map[string][]string{}
	for _, group := range f.groups() {
		for _, rule := range group.Rules {
			if rule.Record != "" {
				j.records[rule.Record] = append(j.records[rule.Record], rule.Expr)
			}
		}
	}
	return j
}

// reading is a query with its variables put in, and what its selectors find.
type reading struct {
	query      *query.Query
	noMetric   []string // the metrics that there are none of
	noMatch    []string // the selectors that match no series of their metric
	unrecorded []string // the recording rules that have recorded nothing
	labels     query.LabelSet
	wrong      []query.Problem
	notes      []string
}

// missing says what the query's selectors do not find; empty where each finds something.
func (r reading) missing() string {
	var all []string
	for i, names := range [][]string{r.noMetric, r.noMatch} {
		if once := slices.Compact(slices.Sorted(slices.Values(names))); len(once) > 0 {
			all = append(all, []string{"there is no metric ", "no series matches "}[i]+strings.Join(once, ", "))
		}
	}
	return strings.Join(all, "; ")
}

// look looks at a query without running it.
func (j *judge) look(ctx context.Context, text string) (reading, error) {
	return j.read.get(text, func() (reading, error) {
		q, err := query.Parse(text)
		if err != nil {
			return reading{}, &grafana.Refused{Reason: err.Error()}
		}
		r := reading{query: q}
		known := map[string][]string{} // the labels of the series of a name
		for _, s := range q.Selectors() {
			found, err := j.find(ctx, s.Metric, s.Matchers)
			if err != nil {
				return r, err
			}
			if err := j.remark(ctx, &r, s, len(found) == 0); err != nil {
				return r, err
			}
			for _, labels := range found {
				known[labels["__name__"]] = append(known[labels["__name__"]], slices.Collect(maps.Keys(labels))...)
			}
		}
		r.labels, r.wrong = q.Labels(func(name string) (query.Series, bool) {
			labels, ok := known[name]
			return query.Series{Labels: labels}, ok
		})
		return r, nil
	})
}

// remark says what a selector lacks that finds nothing, and else which of its conditions leave nothing out, such as a
// noise filter with another spelling of the path. These are no findings: errors may not have happened yet.
func (j *judge) remark(ctx context.Context, r *reading, s query.Selector, findsNothing bool) error {
	if !findsNothing {
		return j.idle(ctx, r, s)
	}
	metric, err := j.find(ctx, s.Metric, nil)
	switch {
	case err != nil:
		return err
	case mayLack(s):
		// it is as it should be
	case s.Metric == "" || len(metric) > 0:
		r.noMatch = append(r.noMatch, selectorText(s))
		return j.hint(ctx, r, s, metric)
	case j.records[s.Metric] != nil:
		r.unrecorded = append(r.unrecorded, s.Metric)
	default:
		r.noMetric = append(r.noMetric, s.Metric)
	}
	return nil
}

// lacks says what the selectors of a query do not find, and of what is not recorded the reason; empty where each finds
// something.
func (j *judge) lacks(ctx context.Context, r reading) (string, error) {
	if missing := r.missing(); missing != "" || len(r.unrecorded) == 0 {
		return missing, nil
	}
	reason, err := j.unrecorded(ctx, r.unrecorded, map[string]bool{})
	if reason == "" {
		reason = fmt.Sprintf("nothing is recorded as %s yet", r.unrecorded[0])
	}
	return reason, err
}

// unrecorded says why nothing is recorded under one of the names, or nothing where the rules find what they look at.
// Those that were seen are not looked at again: a rule can read what it records.
func (j *judge) unrecorded(ctx context.Context, names []string, seen map[string]bool) (string, error) {
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		for _, text := range j.records[name] {
			r, err := j.look(ctx, text)
			if err != nil {
				return "", err
			}
			reason := r.missing()
			if reason == "" {
				reason, err = j.unrecorded(ctx, r.unrecorded, seen)
			}
			if reason != "" || err != nil {
				return fmt.Sprintf("nothing is recorded as %s: %s", name, reason), err
			}
		}
	}
	return "", nil
}

// find gives the labels of the series that a selector finds.
func (j *judge) find(ctx context.Context, name string, matchers []query.Matcher) ([]map[string]string, error) {
	if name != "" { // as a matcher, any name can be written
		matchers = append(slices.Clone(matchers), query.Matcher{Label: "__name__", Op: "=", Value: name})
	}
	if len(matchers) == 0 {
		return nil, nil
	}
	selector := "{" + matchersText(matchers) + "}"
	return j.series.get(selector, func() ([]map[string]string, error) {
		return j.source.Series(ctx, selector, j.end.Add(-lookback), j.end)
	})
}

// isBrief tells whether a query is about what happens in time, of a target that was observed for moments only: a share
// of what did not happen in them is no number.
func (j *judge) isBrief(r reading) bool {
	return j.short && slices.ContainsFunc(r.query.Selectors(), func(s query.Selector) bool {
		return s.Range != "" || j.records[s.Metric] != nil
	})
}

// mayLack tells whether a selector may rightly find nothing: it asks for absence, or for alerts while none is pending.
func mayLack(s query.Selector) bool {
	return s.Metric == "ALERTS" || s.Metric == "ALERTS_FOR_STATE" ||
		slices.Contains(s.Within, "absent") || slices.Contains(s.Within, "absent_over_time")
}

// opposite are the operators that leave out, and those that take what they leave out.
var opposite = map[string]string{"!=": "=", "!~": "=~"}

func (j *judge) idle(ctx context.Context, r *reading, s query.Selector) error {
	for _, m := range s.Matchers {
		if opposite[m.Op] == "" || m.Value == "" {
			continue
		}
		taken := m
		taken.Op = opposite[m.Op]
		found, err := j.find(ctx, s.Metric, []query.Matcher{taken})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			r.notes = append(r.notes, fmt.Sprintf("%s: %s leaves nothing out here", s.Metric, matcherText(m)))
		}
	}
	return nil
}

// hint says what a metric has instead of what a selector asks for, by the first matcher that no series of it passes.
func (j *judge) hint(ctx context.Context, r *reading, s query.Selector, metric []map[string]string) error {
	for _, m := range s.Matchers {
		found, err := j.find(ctx, s.Metric, []query.Matcher{m})
		if err != nil {
			return err
		}
		if values := valuesOf(m.Label, metric); len(found) == 0 && len(values) > 0 {
			r.notes = append(r.notes, fmt.Sprintf("nothing in %s matches %s, it has %s: what has not happened yet has no series "+
				"unless the service creates it at 0", s.Metric, matcherText(m), strings.Join(values, ", ")))
			return nil
		}
	}
	return nil
}

// valuesOf are up to five of the values that a label has, sorted.
func valuesOf(label string, metric []map[string]string) []string {
	values := map[string]bool{}
	for _, labels := range metric {
		if value := labels[label]; value != "" {
			values[value] = true
		}
	}
	sorted := slices.Sorted(maps.Keys(values))
	if len(sorted) > 5 {
		sorted = append(sorted[:5], "more")
	}
	return sorted
}

// selectorText writes a selector as people do.
func selectorText(s query.Selector) string { return s.Metric + "{" + matchersText(s.Matchers) + "}" }

// matchersText has one spelling for the same matchers.
func matchersText(matchers []query.Matcher) string {
	var parts []string
	for _, m := range matchers {
		parts = append(parts, matcherText(m))
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), ",")
}

func matcherText(m query.Matcher) string { return fmt.Sprintf("%s%s%q", m.Label, m.Op, m.Value) }
