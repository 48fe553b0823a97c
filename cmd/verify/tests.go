package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"gaugewright/internal/rules"
	"gaugewright/internal/rules/ruletest"
)

// tests are the results of the rule tests.
type tests struct {
	Files  int `json:"files"`
	Tests  int `json:"tests"`
	Checks int `json:"checks"`
	Failed int `json:"failed"` // failed checks, and tests that cannot be run
}

func (t tests) String() string {
	text := fmt.Sprintf("%s with %s", number(t.Tests, "test"), number(t.Checks, "check"))
	if t.Failed > 0 {
		return fmt.Sprintf("%s: %d failed", text, t.Failed)
	}
	return text + " passed"
}

// readSuites reads files of rule tests. Those without rule_files test the given rules.
func readSuites(pattern string, others []rules.File) ([]*ruletest.Suite, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("-tests: no file matches %s", pattern)
	}
	var all []*ruletest.Suite
	for _, path := range paths {
		suite, err := ruletest.LoadSuite(path, others...)
		if err != nil {
			return nil, err
		}
		all = append(all, suite)
	}
	return all, nil
}

// doubt reports mistakes in the rule files that do not depend on data.
func (r *report) doubt(f files) {
	all := slices.Clone(f.rules)
	for _, suite := range f.suites {
		all = append(all, suite.Files...)
	}
	for _, d := range rules.Doubts(all...) {
		at := place{File: d.Path, Line: d.Line, Board: d.Group, Panel: d.Name()}
		r.Findings = append(r.Findings, finding{at, kind(d.Kind), d.Text})
	}
}

// test runs the rule tests, and reports the alerts that no test expects to fire.
func (r *report) test(ctx context.Context, f files) error {
	if f.suites == nil {
		return nil
	}
	r.Tests = &tests{Files: len(f.suites)}
	for _, suite := range f.suites {
		r.runSuite(ctx, suite)
	}
	apart := map[string]bool{}
	for _, alert := range ruletest.Untested(f.suites, f.rules...) {
		at := place{File: alert.Path, Line: alert.Line, Board: alert.Group, Panel: alert.Alert}
		switch {
		case !f.own || ruletest.About(f.suites, alert.Path):
			r.Findings = append(r.Findings, finding{at, untested,
				fmt.Sprintf("alert %s has no test that expects it to fire", alert.Alert)})
		case !apart[alert.Path]:
			apart[alert.Path] = true
			r.Notes = append(r.Notes, finding{place: at, Text: untestedFile(alert.Path)})
		}
	}
	return ctx.Err()
}

// untestedFile is the note on a rule file that no test names. It is not a finding: a library's alerts are tested in
// the library.
func untestedFile(path string) string {
	return fmt.Sprintf("no test names %s under rule_files: its alerts are not tested here", filepath.Base(path))
}

func (r *report) runSuite(ctx context.Context, suite *ruletest.Suite) {
	count, checks := suite.Count()
	r.Tests.Tests += count
	r.Tests.Checks += checks
	at := place{File: suite.Path, Board: filepath.Base(suite.Path)}
	for _, f := range suite.Failures(ctx) {
		r.Tests.Failed++
		at := at
		at.Line, at.Panel, at.Check = f.Line, testName(f), f.Check
		r.Findings = append(r.Findings, finding{at, failed, f.Reason})
	}
	for _, name := range suite.Unknown() {
		at.Panel = "alert " + name
		text := "the rule files have no rule of this name: a check that expects no alert always passes"
		if len(suite.Files) == 0 {
			text = "there are no rules: name their files under rule_files, or with -rules"
		}
		r.Findings = append(r.Findings, finding{at, noAlert, text})
	}
}

// testName returns the number of a test in its file, and its name if it has one.
func testName(f ruletest.Failure) string {
	if f.Test == "" {
		return fmt.Sprintf("test %d", f.Number)
	}
	return fmt.Sprintf("test %d %q", f.Number, f.Test)
}
