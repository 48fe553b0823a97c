package ruletest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/engine"
	"gaugewright/internal/rules"
)

// Failure is a check of a test that does not hold, or a test that cannot be run.
type Failure struct {
	Test   string // the test's name in the file; may be empty
	Number int    // of the test in its file, from 1
	Line   int    // of the check in its file; 0 where the whole test fails
	Check  string // "alert Down at 5m" or "expr up at 1m"; empty where the whole test fails
	Reason string // on one line: expected and got, or why there is no result
	words  string // promtool's text

	NotJudged bool // a limit is the reason: the check may hold
}

// Failures runs the tests in the order of the file, and returns everything that fails.
func (s *Suite) Failures(ctx context.Context) []Failure {
	var all []Failure
	ctx = engine.WithAllowance(ctx)
	for i, t := range s.tests {
		for _, f := range t.run(ctx, s.rules) {
			f.Test, f.Number = t.Name, i+1
			all = append(all, f)
		}
	}
	return all
}

// Outcome is the result of one test. It has passed if there are no findings.
type Outcome struct {
	Test     string
	Findings []string // in promtool's words
}

// Run runs the tests, and returns the outcome of each in the order of the file, as Promtool does.
func (s *Suite) Run(ctx context.Context) []Outcome {
	all := make([]Outcome, len(s.tests))
	for i, t := range s.tests {
		all[i].Test = t.name
	}
	for _, f := range s.Failures(ctx) {
		one := &all[f.Number-1]
		one.Findings = append(one.Findings, f.words)
	}
	return all
}

// Count returns the number of tests in the file, and of their checks: alerts and expressions.
func (s *Suite) Count() (tests, checks int) {
	for _, t := range s.tests {
		checks += len(t.AlertTests) + len(t.ExprTests)
	}
	return len(s.tests), checks
}

// wholeTest is the failure of a test that cannot run to its end.
func wholeTest(err error) Failure {
	return Failure{Reason: rules.OneLine(err.Error()), words: err.Error(), NotJudged: isLimit(err)}
}

// alertsDiffer returns the alerts that are missing and those that are not expected. Both lists are sorted.
func alertsDiffer(want, got []explained) string {
	missing, extra := unmatched(want, got, compareExplained), unmatched(got, want, compareExplained)
	if len(missing) == 1 && len(extra) == 1 && labels.Equal(missing[0].labels, extra[0].labels) {
		return annotationsDiffer(missing[0].annotations, extra[0].annotations)
	}
	text := func(all []explained) string {
		var parts []string
		for _, a := range all {
			parts = append(parts, a.labels.String())
		}
		return listed(parts, "no alert", len(want) > len(missing))
	}
	return fmt.Sprintf("expected %s, got %s", text(missing), text(extra))
}

// annotationsDiffer returns the annotations that differ.
func annotationsDiffer(want, got labels.Labels) string {
	var parts []string
	seen := map[string]bool{}
	compare := func(l labels.Label) {
		if a, b := want.Get(l.Name), got.Get(l.Name); a != b && !seen[l.Name] {
			parts = append(parts, fmt.Sprintf("annotation %s: expected %q, got %q", l.Name, a, b))
		}
		seen[l.Name] = true
	}
	want.Range(compare)
	got.Range(compare)
	return strings.Join(parts, "; ")
}

// samplesDiffer returns the samples that are missing and those that are not expected.
func (t *test) samplesDiffer(want, got []sample) string {
	differ := func(a, b sample) int {
		if t.same(a, b) {
			return 0
		}
		return 1
	}
	missing, extra := unmatched(want, got, differ), unmatched(got, want, differ)
	text := func(all []sample) string {
		var parts []string
		for _, s := range all {
			parts = append(parts, seriesText(s.labels)+" "+s.number('g'))
		}
		return listed(parts, "nothing", len(want) > len(missing))
	}
	return fmt.Sprintf("expected %s, got %s", text(missing), text(extra))
}

// seriesText writes a series as people do, with the name before the braces.
func seriesText(set labels.Labels) string {
	name := set.Get(model.MetricNameLabel)
	rest := labels.NewBuilder(set).Del(model.MetricNameLabel).Labels()
	if name != "" && rest.IsEmpty() {
		return name
	}
	return name + rest.String()
}

// unmatched returns the elements of a that have no partner in b.
func unmatched[T any](a, b []T, compare func(x, y T) int) []T {
	left := slices.Clone(b)
	var alone []T
	for _, x := range a {
		if i := slices.IndexFunc(left, func(y T) bool { return compare(x, y) == 0 }); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			alone = append(alone, x)
		}
	}
	return alone
}

// listed writes the rest of a list after the common elements were removed.
func listed(parts []string, none string, isRest bool) string {
	switch {
	case len(parts) > 0:
		return strings.Join(parts, ", ")
	case isRest:
		return "nothing else"
	}
	return none
}
