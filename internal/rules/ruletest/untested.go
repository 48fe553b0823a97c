package ruletest

import (
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/rules"
)

// Untested returns the alerts of the files, and of the suites' rule files, that no test expects to fire. Where
// several alerts have one name, the expected labels decide which one a test means.
func Untested(suites []*Suite, files ...rules.File) []rules.Placed {
	all := slices.Clone(files)
	for _, s := range suites {
		all = append(all, s.Files...)
	}
	var untested []rules.Placed
	seen := map[string]bool{}
	for _, file := range all {
		path := file.ID()
		if seen[path] {
			continue
		}
		seen[path] = true
		named := map[string]int{}
		alerts := file.Alerts()
		for _, a := range alerts {
			named[a.Alert]++
		}
		for _, a := range alerts {
			if !slices.ContainsFunc(suites, func(s *Suite) bool { return s.expects(path, a, named[a.Alert] == 1) }) {
				untested = append(untested, a)
			}
		}
	}
	return untested
}

// About reports whether one of the suites is about the file at a path.
func About(suites []*Suite, path string) bool {
	path = rules.File{Path: path}.ID()
	return slices.ContainsFunc(suites, func(s *Suite) bool { return s.isAbout(path) })
}

func (s *Suite) isAbout(path string) bool {
	return slices.ContainsFunc(s.Files, func(f rules.File) bool { return f.ID() == path })
}

// expects reports whether a test of the suite wants an alert of the file at a path to fire.
func (s *Suite) expects(path string, alert rules.Placed, isOnly bool) bool {
	if !s.isAbout(path) {
		return false
	}
	return slices.ContainsFunc(s.tests, func(t *test) bool {
		return slices.ContainsFunc(t.expected(), func(set labels.Labels) bool {
			return set.Get(labels.AlertName) == alert.Alert && (isOnly || hasLabels(set, alert.Labels))
		})
	})
}

// expected returns the labels of all alerts that the test wants to fire, as an alert's check or as series of ALERTS.
func (t *test) expected() []labels.Labels {
	var all []labels.Labels
	for _, check := range t.AlertTests {
		for _, one := range check.ExpAlerts {
			builder := labels.NewBuilder(labels.FromMap(one.Labels))
			all = append(all, builder.Set(labels.AlertName, check.Alert).Labels())
		}
	}
	for _, check := range t.ExprTests {
		for _, one := range check.ExpSamples {
			if set, err := rules.PromQL.ParseMetric(one.Labels); err == nil && check.reads.any([]string{rules.AlertsSeries}) {
				all = append(all, set)
			}
		}
	}
	return all
}

// hasLabels reports whether a set has the labels of a rule, ignoring those whose values are templates.
func hasLabels(set labels.Labels, want map[string]string) bool {
	for name, value := range want {
		if !strings.Contains(value, "{{") && set.Get(name) != value {
			return false
		}
	}
	return true
}
