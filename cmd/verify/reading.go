package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// reading is a query with values for its variables, and what its selectors find.
type reading struct {
	query      *query.Query
	noMetric   []string // metrics that do not exist
	noMatch    []string // selectors that match no series of their metric
	unrecorded []string // recording rules that have recorded nothing
	waits      []lack   // selectors that may find series later
	labels     query.LabelSet
	wrong      []query.Problem
	notes      []string
}

// missing returns what the query needs and its selectors do not find, or an empty text.
func (r reading) missing() string {
	var all []string
	for i, names := range [][]string{r.noMetric, r.noMatch} {
		if once := slices.Compact(slices.Sorted(slices.Values(names))); len(once) > 0 {
			all = append(all, []string{"there is no metric ", "no series matches "}[i]+strings.Join(once, ", "))
		}
	}
	return strings.Join(all, "; ")
}

// waiting returns what has not happened yet, or an empty text.
func (r reading) waiting() string {
	if len(r.waits) == 0 {
		return ""
	}
	return r.waits[0].note
}

// idle notes the matchers of a selector that exclude nothing, such as a noise filter with another spelling of the
// path. They are not findings: the errors may come later.
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
			r.notes = append(r.notes, fmt.Sprintf("%s: %s excludes nothing here", s.Metric, matcherText(m)))
		}
	}
	return nil
}

// opposite maps the operators that exclude values to those that select them.
var opposite = map[string]string{"!=": "=", "!~": "=~"}

// look examines a query without running it.
func (j *judge) look(ctx context.Context, text string) (reading, error) {
	return j.read.get(text, func() (reading, error) {
		q, err := query.Parse(text)
		if err != nil {
			return reading{}, &view.Refused{Reason: err.Error()}
		}
		r := reading{query: q}
		known := map[string][]string{} // the labels of the series of a name
		selectors := q.Selectors()
		lacks := make([]lack, len(selectors))
		for i, s := range selectors {
			found, err := j.find(ctx, s.Metric, s.Matchers)
			if err == nil && len(found) == 0 {
				lacks[i], err = j.lack(ctx, s)
				lacks[i].selector = i
				found = lacks[i].instead
			} else if err == nil {
				err = j.idle(ctx, &r, s)
			}
			if err != nil {
				return r, err
			}
			for _, labels := range found {
				known[labels["__name__"]] = append(known[labels["__name__"]], slices.Collect(maps.Keys(labels))...)
			}
		}
		r.take(lacks)
		r.labels, r.wrong = q.Labels(func(name string) (query.Series, bool) {
			labels, ok := known[name]
			return query.Series{Labels: labels}, ok
		})
		return r, nil
	})
}

// take sorts the missing selectors: those that the query needs, those that may find series later, and those that it
// does not need.
func (r *reading) take(lacks []lack) {
	var presence []query.Presence
	for _, l := range lacks {
		presence = append(presence, l.presence)
	}
	needed := r.query.Needed(presence)
	for i, l := range lacks {
		if l.presence == query.Expected {
			presence[i] = query.Missing
		}
	}
	neededLater := r.query.Needed(presence)
	for i, l := range lacks {
		switch {
		case l.presence == query.Expected:
			r.notes = append(r.notes, l.note)
			if slices.Contains(neededLater, i) {
				r.waits = append(r.waits, l)
			}
		case l.presence != query.Missing:
		case !slices.Contains(needed, i):
			r.notes = append(r.notes, l.String()+": the query does not need it")
		default:
			r.need(l)
		}
	}
}

// need notes a missing selector that the query needs.
func (r *reading) need(l lack) {
	switch l.kind {
	case noMetric:
		r.noMetric = append(r.noMetric, l.name)
	case unrecorded:
		r.unrecorded = append(r.unrecorded, l.name)
	default:
		r.noMatch = append(r.noMatch, l.name)
	}
	if l.note != "" {
		r.notes = append(r.notes, l.note)
	}
}

// lacks returns what a query misses, with the reason if a recording rule recorded nothing; or else what has not
// happened yet. Both are empty if each selector finds something.
func (j *judge) lacks(ctx context.Context, r reading) (missing, waiting string, err error) {
	return j.lacksBut(ctx, r, map[string]bool{})
}

// lacksBut is lacks without the recording rules already seen, since a rule can read its own records.
func (j *judge) lacksBut(ctx context.Context, r reading, seen map[string]bool) (missing, waiting string, err error) {
	missing, waiting = r.missing(), r.waiting()
	for _, name := range r.unrecorded {
		if missing != "" || err != nil {
			break
		}
		if seen[name] {
			continue
		}
		seen[name] = true
		var later string
		missing, later, err = j.unrecorded(ctx, name, seen)
		if waiting == "" {
			waiting = later
		}
	}
	return missing, waiting, err
}

// unrecorded returns why a recording rule has recorded nothing: what it misses or waits for.
func (j *judge) unrecorded(ctx context.Context, name string, seen map[string]bool) (missing, waiting string, err error) {
	for _, text := range j.records[name] {
		r, err := j.look(ctx, text)
		if err != nil {
			return "", "", err
		}
		missing, later, err := j.lacksBut(ctx, r, seen)
		if missing != "" || err != nil {
			return fmt.Sprintf("nothing is recorded as %s: %s", name, missing), "", err
		}
		if later != "" {
			waiting = fmt.Sprintf("nothing is recorded as %s: %s", name, later)
		}
	}
	if waiting == "" {
		missing = fmt.Sprintf("nothing is recorded as %s yet", name)
	}
	return missing, waiting, nil
}
