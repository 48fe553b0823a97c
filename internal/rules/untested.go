package rules

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
)

// Placed is a rule and its place.
type Placed struct {
	Path  string // of its file
	Group string
	Rule
}

// Untested returns the alerts of the files, and of the suites' rule files, that no test expects to fire. Where
// several alerts have one name, the expected labels decide which one a test means.
func Untested(suites []*Suite, files ...File) []Placed {
	all := slices.Clone(files)
	for _, s := range suites {
		all = append(all, s.Files...)
	}
	var untested []Placed
	seen := map[string]bool{}
	for _, file := range all {
		path := absolute(file.Path)
		if seen[path] {
			continue
		}
		seen[path] = true
		named := map[string]int{}
		alerts := alertsOf(file)
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
	path = absolute(path)
	return slices.ContainsFunc(suites, func(s *Suite) bool { return s.isAbout(path) })
}

func (s *Suite) isAbout(path string) bool {
	return slices.ContainsFunc(s.Files, func(f File) bool { return absolute(f.Path) == path })
}

// alertsOf returns the alerts of a file, with the labels of their group.
func alertsOf(file File) []Placed {
	var all []Placed
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			if rule.Alert != "" {
				rule.Labels = rule.allLabels(group)
				all = append(all, Placed{file.Path, group.Name, rule})
			}
		}
	}
	return all
}

// absolute returns the path that identifies a file.
func absolute(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}

// expects reports whether a test of the suite wants an alert of the file at a path to fire.
func (s *Suite) expects(path string, alert Placed, isOnly bool) bool {
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
			if set, err := promqlParser.ParseMetric(one.Labels); err == nil && check.reads.any([]string{alertsSeries}) {
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
