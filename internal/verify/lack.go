package verify

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/query"
)

// lack describes a selector that finds nothing.
type lack struct {
	selector int // its index in the query
	presence query.Presence
	kind     lackKind
	name     string              // of the metric, or the whole selector
	why      string              // why it never finds any
	note     string              // why it may find some later, and what exists now
	has      string              // the existing values, where others may come later
	labels   []string            // of matchers that no series passes now, but may later
	instead  []map[string]string // the series without the matchers on values

	renamed    string // why a server may have the series all the same
	isNameless bool
}

type lackKind int

const (
	noMetric lackKind = iota
	noMatch
	unrecorded
)

func (l lack) String() string {
	text := []string{"there is no metric ", "no series matches ", "nothing is recorded as "}[l.kind] + l.name
	if l.why != "" {
		text += ": " + l.why
	}
	return text
}

// lack returns why a selector finds nothing, and whether it may find something later.
//
// A missing label value, such as that of the first failure, may come later. That is a guess for a person to judge, so
// the note lists the existing values. What the target, the scrape or the code determines exists from the first scrape
// or never: the metric, its labels, the values of job and instance, buckets.
func (j *judge) lack(ctx context.Context, s query.Selector) (lack, error) {
	switch {
	case slices.Contains(s.Within, "absent"), slices.Contains(s.Within, "absent_over_time"):
		return lack{presence: query.Absent}, nil
	case s.IsAlerts() && neverAlert(s) != "":
		return lack{presence: query.Missing, kind: noMatch, name: selectorText(s), why: neverAlert(s)}, nil
	case s.IsAlerts() && j.unknownAlert(s) != "": // a rule elsewhere may make it
		return lack{presence: query.Expected, note: j.unknownAlert(s)}, nil
	case s.IsAlerts():
		return lack{presence: query.Quiet}, nil
	}
	metric, err := j.find(ctx, s.Metric, nil)
	switch {
	case err != nil || s.Metric == "" || len(metric) > 0:
	case j.Pages.Hidden[s.Metric] != "":
		return lack{presence: query.Expected, note: j.Pages.Hidden[s.Metric]}, nil
	case j.records[s.Metric] != nil:
		return lack{presence: query.Missing, kind: unrecorded, name: s.Metric}, nil
	default:
		return lack{presence: query.Missing, kind: noMetric, name: s.Metric}, nil
	}
	if err != nil {
		return lack{}, err
	}
	fixed, err := j.fixedLabels(ctx)
	if err != nil {
		return lack{}, err
	}
	var given, values []query.Matcher
	for _, m := range s.Matchers {
		if fixed[m.Label] {
			given = append(given, m)
		} else {
			values = append(values, m)
		}
	}
	l := lack{presence: query.Missing, kind: noMatch, name: selectorText(s), isNameless: isNameless(s)}
	if l.renamed, err = j.renamed(ctx, s, metric); err != nil || l.renamed != "" {
		return l, err
	}
	there, err := j.find(ctx, s.Metric, given)
	if err != nil || len(there) == 0 || len(values) == 0 {
		if s.Metric != "" {
			l.why = blocked(s.Metric, given, metric)
		}
		return l, err
	}
	return l.among(there, cmp.Or(s.Metric, "{"+matchersText(given)+"}"), values), nil
}

// among judges the matchers on values against the series that exist without them.
func (l lack) among(there []map[string]string, name string, values []query.Matcher) lack {
	for _, m := range values {
		if strings.Contains(m.Value, "${") { // a variable without a value
			return l
		}
		if !passesEmpty(m) && len(valuesOf(m.Label, there)) == 0 {
			l.why = unlabelled(name, m.Label)
			return l
		}
	}
	l.presence, l.instead = query.Expected, there
	text := matchersText(values)
	for _, m := range values {
		if passing(m, there) {
			continue
		}
		l.labels = append(l.labels, m.Label)
		if l.has == "" {
			text = matcherText(m)
			l.has = fmt.Sprintf(": %s has %s", m.Label, strings.Join(valuesOf(m.Label, there), ", "))
		}
	}
	l.note = fmt.Sprintf("%s has no series with %s yet%s", name, text, l.has)
	return l
}

// blocked returns why no series of a metric passes the first matcher that none passes: what it has instead.
func blocked(name string, matchers []query.Matcher, metric []map[string]string) string {
	for _, m := range matchers {
		if passing(m, metric) {
			continue
		}
		if text := spelling(m, metric); text != "" {
			return text
		}
		if values := valuesOf(m.Label, metric); len(values) > 0 {
			return fmt.Sprintf("%s has %s%s", m.Label, strings.Join(values, ", "), honoured(m, metric))
		}
		return unlabelled(name, m.Label)
	}
	return ""
}

// unlabelled says that the series of a metric do not have a label.
func unlabelled(name, label string) string { return fmt.Sprintf("%s has no label %s", name, label) }

// honoured says of a matcher that the page has what it asks for, but under the name that its label gets beside the
// target's.
func honoured(m query.Matcher, metric []map[string]string) string {
	m.Label = exported + m.Label
	if m.Op != "=" && m.Op != "=~" || passesEmpty(m) || !passing(m, metric) {
		return ""
	}
	return fmt.Sprintf(", and %s=%q: with honor_labels that is the %s", m.Label, m.Value, strings.TrimPrefix(m.Label, exported))
}
