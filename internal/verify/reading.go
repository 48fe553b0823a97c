package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/query"
	"gaugewright/internal/source"
)

// reading is a query with values for its variables, and what its selectors find.
type reading struct {
	query      *query.Query
	lacks      []lack           // of each of its selectors
	presence   []query.Presence // likewise
	noMetric   []string         // metrics that do not exist
	noMatch    []string         // selectors that match no series of their metric
	explained  []string         // likewise, with why
	unrecorded []string         // recording rules that have recorded nothing
	waits      []lack           // selectors that may find series later
	labels     query.LabelSet
	wrong      []query.Problem
	notes      []string
}

// missing returns what the query needs and its selectors do not find, or an empty text.
func (r reading) missing() string {
	var all []string
	for i, names := range [][]string{r.noMetric, r.noMatch} {
		if once := distinct(names); len(once) > 0 {
			all = append(all, []string{"there is no metric ", "no series matches "}[i]+strings.Join(once, ", "))
		}
	}
	return strings.Join(append(all, distinct(r.explained)...), "; ")
}

func distinct(texts []string) []string { return slices.Compact(slices.Sorted(slices.Values(texts))) }

// waiting returns what has not happened yet, or an empty text.
func (r reading) waiting() string {
	for _, l := range r.waits {
		if l.note != "" {
			return l.note
		}
	}
	return ""
}

// idle notes the matchers of a selector that exclude nothing, such as a noise filter with another spelling of the
// path. They are not findings: the errors may come later.
func (j *judge) idle(ctx context.Context, r *reading, s query.Selector, series []map[string]string) error {
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
			note := fmt.Sprintf("%s: %s excludes nothing here", s.Metric, matcherText(m))
			if text := spelling(m, series); text != "" {
				note += ": " + text
			}
			r.notes = append(r.notes, note)
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
		if why := unknownHere(err); why != "" {
			return reading{}, &source.Unanswered{Reason: why}
		}
		if err != nil {
			return reading{}, &source.Refused{Reason: err.Error()}
		}
		r := reading{query: q}
		known := labelsByName{}
		selectors := q.Selectors()
		lacks := make([]lack, len(selectors))
		for i, s := range selectors {
			found, err := j.find(ctx, s.Metric, s.Matchers)
			if err == nil && len(found) == 0 {
				lacks[i], err = j.lack(ctx, s)
				lacks[i].selector = i
				found, lacks[i].instead = lacks[i].instead, nil // not to be kept
			} else if err == nil {
				err = errors.Join(j.idle(ctx, &r, s, found), j.misspelled(ctx, &r, s))
			}
			if err != nil {
				return r, err
			}
			if err := j.labelsOf(ctx, known, found); err != nil {
				return r, err
			}
		}
		r.take(lacks)
		r.labels, r.wrong = q.Labels(known.series)
		j.used.add(selectors)
		return r, nil
	})
}

// take sorts the missing selectors: those that the query needs, those that may find series later, and those that it
// does not need.
func (r *reading) take(lacks []lack) {
	r.lacks = lacks
	var presence []query.Presence
	for _, l := range lacks {
		presence = append(presence, l.presence)
	}
	r.presence = slices.Clone(presence)
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
	switch {
	case l.kind == noMetric:
		r.noMetric = append(r.noMetric, l.name)
	case l.kind == unrecorded:
		r.unrecorded = append(r.unrecorded, l.name)
	case l.why != "":
		r.explained = append(r.explained, l.String())
	default:
		r.noMatch = append(r.noMatch, l.name)
	}
}

// lacks returns what a query misses, with the reason if a recording rule recorded nothing; or else what has not
// happened yet. Both are empty if each selector finds something.
func (j *judge) lacks(ctx context.Context, r reading) (missing, waiting string, err error) {
	return j.lacksBut(ctx, r, map[string]bool{})
}

// mostRecords is how many recording rules that recorded nothing are looked into for one query.
const mostRecords = 10

// lacksBut is lacks without the recording rules already seen, since a rule can read its own records. A record that may
// come later is like a series that may.
func (j *judge) lacksBut(ctx context.Context, r reading, seen map[string]bool) (missing, waiting string, err error) {
	why := map[string]string{} // of records that do not come later
	lacks := slices.Clone(r.lacks)
	for i, l := range lacks {
		if l.kind != unrecorded {
			continue
		}
		switch {
		case seen[l.name]:
		case len(seen) == mostRecords:
			return "", "", &source.Unanswered{Reason: fmt.Sprintf(
				"why it lacks something depends on more than %d recording rules that recorded nothing, the limit", mostRecords)}
		default:
			seen[l.name] = true
			if why[l.name], lacks[i].note, err = j.unrecorded(ctx, l.name, seen); err != nil {
				return "", "", err
			}
		}
		if why[l.name] == "" {
			lacks[i].presence = query.Expected
		}
	}
	again := reading{query: r.query}
	again.take(lacks)
	missing = again.missing()
	for _, name := range again.unrecorded {
		missing = cmp.Or(missing, why[name])
	}
	return missing, again.waiting(), nil
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
		if later == "" {
			if later, err = j.notRecorded(ctx, text); err != nil {
				return "", "", err
			}
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

// mayBeRecorded returns why a missing metric proves nothing: its name is one of a recording rule, and a file of rules
// was not read. Else it is empty.
func (j *judge) mayBeRecorded(r reading) string {
	at := slices.IndexFunc(r.noMetric, func(name string) bool { return strings.Contains(name, ":") })
	if !j.lostRules || at < 0 {
		return ""
	}
	return fmt.Sprintf("a rule in a file that was not read may record %s", r.noMetric[at])
}
