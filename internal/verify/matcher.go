package verify

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/query"

	"github.com/prometheus/common/model"
)

// selectorText writes a selector as people do.
func selectorText(s query.Selector) string {
	if s.Metric == "" || model.LegacyValidation.IsValidMetricName(s.Metric) {
		return s.Metric + "{" + matchersText(s.Matchers) + "}"
	}
	return "{" + strings.TrimSuffix(strconv.Quote(s.Metric)+","+matchersText(s.Matchers), ",") + "}"
}

// matchersText writes equal matchers in one spelling.
func matchersText(matchers []query.Matcher) string {
	var parts []string
	for _, m := range matchers {
		parts = append(parts, matcherText(m))
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), ",")
}

func matcherText(m query.Matcher) string {
	name := m.Label
	if m.Op != "" && !model.LegacyValidation.IsValidLabelName(name) { // without an operator it is a variable
		name = strconv.Quote(name)
	}
	return fmt.Sprintf("%s%s%q", name, m.Op, m.Value)
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
