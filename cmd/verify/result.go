package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// result collects the verdict on one query.
type result struct {
	judged
	findings []finding
	notes    []finding
	answer   view.Answer
	labels   query.LabelSet
	blank    []string // ranges without an answer
	odd      []string // ranges with only NaN and Inf
	waiting  string   // what has not happened yet and has no series
	isBrief  bool     // the target was observed too briefly for a verdict
}

func (r *result) blame(k kind, format string, args ...any) {
	f := finding{r.place, k, fmt.Sprintf(format, args...)}
	if !slices.Contains(r.findings, f) {
		r.findings = append(r.findings, f)
	}
}

func (r *result) note(text string) {
	f := finding{place: r.place, Text: text}
	if !slices.Contains(r.notes, f) {
		r.notes = append(r.notes, f)
	}
}

// wait notes that there is nothing yet, and why.
func (r *result) wait(text string) {
	r.waiting = text
	r.note(text)
}

// refused handles an error about the query.
func (r *result) refused(err error) bool {
	var reason *view.Refused
	if errors.As(err, &reason) {
		r.blame(broken, "%s", reason.Reason)
	}
	return reason != nil
}

// take examines the answer for one range.
func (r *result) take(a answer, shown time.Duration) {
	r.Series, r.Samples = max(r.Series, len(a.series)), max(r.Samples, a.samples)
	for _, text := range a.remarks {
		r.blame(remark, "%s", text)
	}
	for _, text := range a.server {
		r.note("the server says: " + text)
	}
	switch {
	case a.samples == 0:
		r.blank = append(r.blank, spelled(shown))
	case a.finite == 0:
		r.odd = append(r.odd, spelled(shown))
	}
	r.answer.Series = append(r.answer.Series, a.series...)
}

// conclude sets the query's state after all ranges, and judges the legend.
func (r *result) conclude(noValue string) {
	r.State = hasData
	r.answer.Labels = r.labels.Names
	isBlamed := slices.ContainsFunc(r.findings, func(f finding) bool { return f.Kind == dead || f.Kind == broken })
	switch {
	case isBlamed:
		r.State = isDead
	case r.waiting != "":
		r.State, r.Why = notYet, r.waiting
	case r.blank != nil && excuses(noValue):
		r.State, r.Why = empty, noValue
	case r.blank != nil:
		r.State = isDead
		r.blame(dead, "no answer over %s, though every selector finds series; correct the query, or say in the panel's "+
			"\"no value\" text why it may be empty", strings.Join(r.blank, ", "))
	}
	if r.odd != nil {
		r.blameOdd("only NaN and Inf over " + strings.Join(r.odd, ", "))
	}
	if t := r.answer.Target; t.Format != "table" && !t.Hidden && !isBlamed {
		r.judgeLegend(t.Legend)
	}
}

// blameOdd reports an answer without a number.
func (r *result) blameOdd(text string) {
	if r.isBrief {
		r.note(text + ": the observation was short, and no such event happened")
		return
	}
	r.blame(notNumbers, "%s", text)
}

// judgeLegend compares the labels in a legend with the answer's labels; if it is empty, with its possible labels.
func (r *result) judgeLegend(legendText string) {
	lacks := map[string]bool{}
	for _, labels := range r.answer.Series {
		_, missing := view.Legend(legendText, labels)
		for _, name := range missing {
			lacks[name] = true
		}
	}
	if len(r.answer.Series) == 0 && !r.labels.Open {
		for _, name := range view.LegendLabels(legendText) {
			lacks[name] = lacks[name] || !r.labels.Has(name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(lacks)) {
		if lacks[name] {
			r.blame(legend, "{{%s}}: series have no label %s", name, name)
		}
	}
}

// excuses reports whether a text explains why there is no value. "No data" alone explains nothing.
func excuses(noValue string) bool {
	switch strings.ToLower(strings.TrimSpace(noValue)) {
	case "n/a", "na", "null", "nan", "no data", "no value", "unknown":
		return false
	}
	return strings.ContainsFunc(noValue, func(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c > 127 })
}

// spelled writes a duration as Grafana's picker does.
func spelled(d time.Duration) string {
	text := strings.TrimSuffix(d.String(), "0s")
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
