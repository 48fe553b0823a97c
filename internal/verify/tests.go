package verify

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"gaugewright/internal/report"
	"gaugewright/internal/rules"
	"gaugewright/internal/rules/ruletest"
)

// Tests are the results of the rule tests.
type Tests struct {
	Files  int `json:"files"`
	Tests  int `json:"tests"`
	Checks int `json:"checks"`
	Failed int `json:"failed"` // failed checks, and tests that cannot be run

	NotJudged int `json:"notJudged,omitempty"` // checks, and whole tests, that are over a limit
}

func (t Tests) String() string {
	text := fmt.Sprintf("%s with %s", report.Count(t.Tests, "test"), report.Count(t.Checks, "check"))
	var parts []string
	if t.Failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", t.Failed))
	}
	if t.NotJudged > 0 {
		parts = append(parts, fmt.Sprintf("%d not judged", t.NotJudged))
	}
	if parts == nil {
		return text + " passed"
	}
	return text + ": " + strings.Join(parts, ", ")
}

// Doubt reports mistakes in the rule files that do not depend on data.
func (r *Report) Doubt(f Files) {
	all := slices.Clone(f.Rules)
	for _, suite := range f.Suites {
		all = append(all, suite.Files...)
	}
	for _, d := range rules.Doubts(all...) {
		at := report.Place{File: d.Path, Line: d.Line, Board: d.Group, Panel: d.Name()}
		if d.Kind == rules.Unexplained { // a matter of style: the alert works
			r.Notes = append(r.Notes, report.Finding{Place: at, Text: d.Text})
			continue
		}
		r.Findings = append(r.Findings, report.Finding{Place: at, Kind: report.Kind(d.Kind), Text: d.Text})
	}
}

// Test runs the rule tests, and reports the alerts that no test expects to fire.
func (r *Report) Test(ctx context.Context, f Files) error {
	if f.Suites == nil {
		return nil
	}
	r.Tests = &Tests{Files: len(f.Suites)}
	for _, suite := range f.Suites {
		r.runSuite(ctx, suite)
	}
	r.untested(f)
	return ctx.Err()
}

// untested reports the alerts that no test expects to fire. Where a file of tests was not read, nobody knows.
func (r *Report) untested(f Files) {
	if f.lostTests {
		return
	}
	apart := map[string]bool{}
	for _, alert := range ruletest.Untested(f.Suites, f.Rules...) {
		at := report.Place{File: alert.Path, Line: alert.Line, Board: alert.Group, Panel: alert.Alert}
		switch {
		case !f.Own || ruletest.About(f.Suites, alert.Path):
			r.Findings = append(r.Findings, report.Finding{Place: at, Kind: untested,
				Text: fmt.Sprintf("alert %s has no test that expects it to fire", alert.Alert)})
		case !apart[alert.Path]:
			apart[alert.Path] = true
			r.Notes = append(r.Notes, report.Finding{Place: at, Text: untestedFile(alert.Path)})
		}
	}
}

// untestedFile is the note on a rule file that no test names. It is not a finding: a library's alerts are tested in
// the library.
func untestedFile(path string) string {
	return fmt.Sprintf("no test names %s under rule_files: its alerts are not tested here", filepath.Base(path))
}

func (r *Report) runSuite(ctx context.Context, suite *ruletest.Suite) {
	count, checks := suite.Count()
	r.Tests.Tests += count
	r.Tests.Checks += checks
	at := report.Place{File: suite.Path, Board: filepath.Base(suite.Path)}
	for _, f := range suite.Failures(ctx) {
		at := at
		at.Line, at.Panel, at.Check = f.Line, testName(f), f.Check
		if f.NotJudged {
			r.Tests.NotJudged++
			r.Errors = append(r.Errors, unanswered(at, f.Reason))
			r.Notes = append(r.Notes, report.Finding{Place: at, Text: "not judged: " + f.Reason})
			continue
		}
		r.Tests.Failed++
		r.Findings = append(r.Findings, report.Finding{Place: at, Kind: failed, Text: f.Reason})
	}
	for _, name := range suite.Unknown() {
		at.Panel = "alert " + name
		text := "the rule files have no rule of this name: a check that expects no alert always passes"
		if len(suite.Files) == 0 {
			text = "there are no rules: name their files under rule_files, or with -rules"
		}
		r.Findings = append(r.Findings, report.Finding{Place: at, Kind: noAlert, Text: text})
	}
}

// testName returns the number of a test in its file, and its name if it has one.
func testName(f ruletest.Failure) string {
	if f.Test == "" {
		return fmt.Sprintf("test %d", f.Number)
	}
	return fmt.Sprintf("test %d %q", f.Number, f.Test)
}
