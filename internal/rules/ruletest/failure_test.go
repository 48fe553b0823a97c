package ruletest

import (
	"fmt"
	"strings"
	"testing"
)

// TestFailures: a failure names the line, the test and the check, and on one line what was expected and what came.
func TestFailures(t *testing.T) {
	var lines []string
	for _, f := range load(t, "testdata/failing.yml").Failures(t.Context()) {
		lines = append(lines, fmt.Sprintf("%d: %d %s: %s: %s", f.Line, f.Number, f.Test, f.Check, f.Reason))
	}
	got := strings.Join(lines, "\n")
	for _, want := range []string{
		`9: 1 other value: expr up at 0s: expected up{instance="a:1", job="api"} 1, got up{instance="a:1", job="api"} 0`,
		`11: 1 other value: expr up at 5m: expected nothing, got up{instance="a:1", job="api"} 0`,
		`19: 2 fires unexpectedly, and stays quiet unexpectedly: alert Down at 3m: expected {alertname="Down", severity="page"}, got no alert`,
		`24: 3 other annotation: alert Always at 1m: annotation summary: expected "none", got ""`,
		`0: 6 not a series: : series up{job="api": 1:14: parse error: `,
		`0: 7 no alert named: : an item under alert_rule_test misses required attribute alertname`,
		`46: 8 exactly, without fuzzy_compare: expr vector(3) at 0s: expected {} 3.0000000000000004, got {} 3`,
	} {
		if !strings.Contains("\n"+got, "\n"+want) {
			t.Errorf("there is no %s in\n%s", want, got)
		}
	}
	for _, path := range []string{"testdata/features.yml", "testdata/service.yml"} {
		if failures := load(t, path).Failures(t.Context()); failures != nil {
			t.Errorf("%s: %v", path, failures)
		}
	}
}
