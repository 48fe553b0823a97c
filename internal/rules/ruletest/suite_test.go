package ruletest

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// refused is a file that LoadSuite refuses, and its error.
type refused struct {
	suite, want string
	ours        bool // promtool accepts it
}

// ruleFile returns a rule file of one group with one rule, made of the given lines.
func ruleFile(lines ...string) string {
	return "groups:\n  - name: g\n    rules:\n      - " + strings.Join(lines, "\n        ") + "\n"
}

var brokenSuites = []refused{
	{suite: "tests: [{nam: x}]\n", want: "line 1: unknown field nam"},
	{suite: "rule_files: [none-*.yml]\n", want: "rule_files: no file matches", ours: true},
	{suite: "rule_files: ['[']\n", want: "no file matches"},
	{suite: "group_eval_order: [a, a]\n", want: "group_eval_order: group a is named twice"},
	{suite: "tests: [{start_timestamp: soon}]\n",
		want: `start_timestamp "soon" is neither RFC 3339 nor seconds since 1970`},
}

func TestLoadSuiteRefuses(t *testing.T) {
	for _, test := range brokenSuites {
		path := t.TempDir() + "/t.yml"
		write(t, path, test.suite)
		_, err := LoadSuite(path)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%s\n got %v\nwant %s", test.suite, err, test.want)
		}
	}
	if _, err := LoadSuite("testdata/none.yml"); !os.IsNotExist(err) {
		t.Error(err)
	}
}

var manyDigits = regexp.MustCompile(`[0-9a-fA-F_]{6}`)

// FuzzSuite: any file of tests is read without a panic.
func FuzzSuite(f *testing.F) {
	for _, test := range brokenSuites {
		f.Add([]byte(test.suite))
	}
	f.Add([]byte("tests: [{name: a, interval: 1s, input_series: [{series: up, values: 1+1x3 _x2 stale}], " +
		"promql_expr_test: [{expr: up, eval_time: 1m}]}]"))
	f.Add([]byte("tests: [{start_timestamp: 3, external_labels: {a: b}, " +
		"alert_rule_test: [{alertname: A, exp_alerts: [{exp_labels: {c: d}}]}]}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if manyDigits.Match(text) {
			t.Skip("a series that is repeated a billion times is what its author asked for")
		}
		if s, err := parseSuite("testdata/fuzz.yml", text, nil); err == nil && len(s.tests) != len(s.Tests) {
			t.Errorf("%d tests became %d", len(s.Tests), len(s.tests))
		}
	})
}

// TestUnknown: a check for an alert that no rule makes would pass where it expects none, so it is reported.
func TestUnknown(t *testing.T) {
	if got := load(t, "testdata/failing.yml").Unknown(); !slices.Equal(got, []string{"Nobody"}) {
		t.Errorf("%q", got)
	}
	if got := load(t, "testdata/features.yml").Unknown(); got != nil {
		t.Errorf("%q", got)
	}
}

// TestTooManySteps: two years of evaluations, one a minute, are enough. A wrong unit must not run for days.
func TestTooManySteps(t *testing.T) {
	path := t.TempDir() + "/t.yml"
	write(t, path, "evaluation_interval: 1ms\ntests: [{promql_expr_test: [{expr: 'vector(1)', eval_time: 1d}]}]\n")
	got := load(t, path).Run(context.Background())
	if len(got[0].Findings) != 1 || !strings.Contains(got[0].Findings[0], "86400000 evaluations exceed the limit of 1000000") {
		t.Errorf("%q", got)
	}
}
