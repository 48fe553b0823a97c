package verify

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gaugewright/internal/query"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
)

// templates reports the labels that an alert's texts read and that its result cannot have.
func (j *judge) templates(ctx context.Context, r *result, rule rules.Rule) error {
	q, err := query.Parse(rule.Expr)
	if err != nil {
		return nil // it has been reported
	}
	// Series that verify itself has scraped lack the labels that a server adds. A label that the series lack is
	// not reported again.
	hides := !j.isServer() || slices.ContainsFunc(r.findings, func(f report.Finding) bool { return f.Kind == label })
	known := map[string][]string{}
	isSeen := true // all series are known but for the labels that a server adds; none of those is alertname
	for _, s := range q.Selectors() {
		found, err := j.find(ctx, s.Metric, s.Matchers)
		if err != nil {
			return err
		}
		isSeen = isSeen && len(found) > 0 && !s.IsAlerts() && len(valuesOf("alertname", found)) == 0
		for _, labels := range found {
			name := labels["__name__"]
			recorded, isClosed := j.recorded(name, 0)
			if !hides || isClosed {
				known[name] = slices.AppendSeq(append(known[name], recorded...), maps.Keys(labels))
			}
		}
	}
	set, _ := q.Labels(func(name string) (query.Series, bool) {
		labels, ok := known[name]
		return query.Series{Labels: labels}, ok
	})
	has := func(label string) bool {
		return set.Has(label) && (label != "alertname" || !isSeen || slices.Contains(set.Names, label))
	}
	for _, lost := range rule.LostLabels(has) {
		at := r.Place
		at.Line = lost.Line
		text := fmt.Sprintf("%s: %s: the result has no label %s", lost.In, lost.Text, lost.Name)
		if _, own := rule.Labels[lost.Name]; own || lost.Name == "alertname" {
			text += "; a template does not see the labels that the alert itself adds"
		}
		r.findings = append(r.findings, report.Finding{Place: at, Kind: report.Kind(rules.Template), Text: text})
	}
	return nil
}

// deepestRecord bounds how far recording rules are followed that read each other's records.
const deepestRecord = 4

// recorded returns the labels that the recording rules of a name keep. It returns false if they can keep others, or
// if there are no such rules.
func (j *judge) recorded(name string, depth int) (labels []string, isClosed bool) {
	if len(j.records[name]) == 0 || depth > deepestRecord {
		return nil, false
	}
	for _, text := range j.records[name] {
		q, err := query.Parse(text)
		if err != nil {
			return nil, false
		}
		set, _ := q.Labels(func(name string) (query.Series, bool) {
			labels, isClosed := j.recorded(name, depth+1)
			return query.Series{Labels: labels}, isClosed
		})
		if set.Open {
			return nil, false
		}
		labels = append(labels, set.Names...)
	}
	return labels, true
}
