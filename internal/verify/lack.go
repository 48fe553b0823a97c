package verify

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
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
	note     string              // what exists instead
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
	return []string{"there is no metric ", "no series matches ", "nothing is recorded as "}[l.kind] + l.name
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
		return lack{presence: query.Missing, kind: noMatch, name: selectorText(s), note: neverAlert(s)}, nil
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
			l.note = blocked(s.Metric, given, metric)
		}
		return l, err
	}
	return l.among(there, cmp.Or(s.Metric, "{"+matchersText(given)+"}"), values), nil
}

// fixedLabels returns the labels whose values the target, the scrape or the code determines: the labels of up, and
// their usual names where a server has no up.
func (j *judge) fixedLabels(ctx context.Context) (map[string]bool, error) {
	fixed := map[string]bool{"__name__": true, "le": true, "quantile": true}
	for _, name := range []string{"job", "instance", "cluster", "namespace", "pod"} {
		fixed[name] = true
	}
	up, err := j.find(ctx, "up", nil)
	for _, labels := range up {
		for name := range labels {
			fixed[name] = true
		}
	}
	return fixed, err
}

// among judges the matchers on values against the series that exist without them.
func (l lack) among(there []map[string]string, name string, values []query.Matcher) lack {
	for _, m := range values {
		if strings.Contains(m.Value, "${") { // a variable without a value
			return l
		}
		if !passesEmpty(m) && len(valuesOf(m.Label, there)) == 0 {
			l.note = unlabelled(name, m.Label)
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

// blocked returns what a metric has instead of the value that a matcher asks for, for the first matcher that no
// series passes.
func blocked(name string, matchers []query.Matcher, metric []map[string]string) string {
	for _, m := range matchers {
		if passing(m, metric) {
			continue
		}
		if text := spelling(m, metric); text != "" {
			return fmt.Sprintf("no series of %s matches %s: %s", cmp.Or(name, "any metric"), matcherText(m), text)
		}
		if values := valuesOf(m.Label, metric); len(values) > 0 {
			return fmt.Sprintf("no series of %s matches %s: it has %s%s", cmp.Or(name, "any metric"), matcherText(m), strings.Join(values, ", "), honoured(m, metric))
		}
		return unlabelled(name, m.Label)
	}
	return ""
}

// unlabelled says that the series of a metric do not have a label; without a name, that none has it.
func unlabelled(name, label string) string {
	if name == "" {
		return "no series has a label " + label
	}
	return fmt.Sprintf("%s has no label %s", name, label)
}

// honoured says of a matcher that the page has what it asks for, but under the name that its label gets beside the
// target's.
func honoured(m query.Matcher, metric []map[string]string) string {
	m.Label = exported + m.Label
	if m.Op != "=" && m.Op != "=~" || passesEmpty(m) || !passing(m, metric) {
		return ""
	}
	return fmt.Sprintf(", and %s=%q: with honor_labels that is the %s", m.Label, m.Value, strings.TrimPrefix(m.Label, exported))
}

// passing reports whether a matcher alone selects one of the series.
func passing(m query.Matcher, series []map[string]string) bool {
	passes := passer(m)
	return slices.ContainsFunc(series, func(labels map[string]string) bool { return passes(labels[m.Label]) })
}

// passesEmpty reports whether a matcher selects series without its label.
func passesEmpty(m query.Matcher) bool { return passer(m)("") }

// passer returns whether a matcher selects a value. A large page has many.
func passer(m query.Matcher) func(value string) bool {
	same := func(value string) bool { return m.Value == value }
	if strings.HasSuffix(m.Op, "~") {
		pattern, err := regexp.Compile("^(?s:" + m.Value + ")$")
		same = func(value string) bool { return err == nil && pattern.MatchString(value) }
	}
	excludes := strings.HasPrefix(m.Op, "!")
	return func(value string) bool { return same(value) != excludes }
}

// valuesOf returns up to five of a label's values, sorted.
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
