package dashboards_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/promql"
	"gaugewright/dashboards/source"
	"gaugewright/internal/query"
)

// alerts are all alerts for a target.
func alerts(target dashboards.Target) []alert.Alert {
	var all []alert.Alert
	for _, file := range dashboards.Rules {
		for _, group := range file.Groups(target) {
			all = append(all, group.Alerts...)
		}
	}
	return all
}

// TestRunbooks: every alert has a page on what to do, and every page has an alert. The page begins with the alert's
// own text.
func TestEveryAlertHasItsRunbook(t *testing.T) {
	pages, err := filepath.Glob("runbooks/*.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]alert.Alert{}
	for _, a := range slices.Concat(alerts(dashboards.App), alerts(pods())) {
		named[filepath.Join("runbooks", a.Name+".md")] = a
	}
	for _, page := range pages {
		a, ok := named[page]
		if !ok {
			t.Errorf("%s: there is no such alert", page)
		}
		delete(named, page)
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(words(string(text)), words(a.Description)) {
			t.Errorf("%s does not quote the alert's description: %s", page, a.Description)
		}
		for _, line := range []string{fires(a), "## What it means", "## What to do", "## Why this limit", "## What it is not"} {
			if !strings.Contains(string(text), "\n"+line+"\n") {
				t.Errorf("%s lacks the line %q", page, line)
			}
		}
	}
	for page := range named {
		t.Errorf("%s is missing: write what to do, with the headings of its neighbours", page)
	}
}

// words are a text's words, without its line breaks and quotation marks.
func words(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\n>", "\n")), " ")
}

// fires is the line in which a page says when its alert fires, with the rule's own numbers.
func fires(a alert.Alert) string {
	when := "while it holds"
	if a.Limit != 0 {
		when = "from " + strconv.FormatFloat(a.Limit, 'f', -1, 64) + " on"
	}
	return fmt.Sprintf("Fires %s, for %s: %s.", when, promql.Lasting(a.For), a.Severity)
}

// rules are the expressions of all rules, by alert or record.
func rules(t *testing.T, target dashboards.Target) map[string]string {
	t.Helper()
	exprs := map[string]string{}
	for _, rule := range builtRules(t, target) {
		exprs[rule.Alert+rule.Record] = rule.Expr
	}
	return exprs
}

// The rules are canonical, and each of their selectors has the target's job: other teams' processes never page us.
func TestRulesAreCanonicalAndTheTargets(t *testing.T) {
	for name, target := range targets {
		for rule, expr := range rules(t, target) {
			q, err := query.Parse(expr)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, rule, err)
			}
			if q.Canonical() != expr {
				t.Errorf("%s: %s: %s\nis printed as\n%s", name, rule, expr, q.Canonical())
			}
			for _, s := range q.Selectors() {
				ours := func(m query.Matcher) bool { return m.Label == "job" && m.Op == "=" && m.Value == target.Job }
				if !slices.ContainsFunc(s.Matchers, ours) {
					t.Errorf("%s: %s: %s sees every job", name, rule, s.Metric)
				}
			}
		}
	}
}

// All of our panel functions are on a board.
func TestPanelsAreOnBoards(t *testing.T) {
	for _, unused := range source.UnusedPanels(filepath.Dir(source.Of(dashboards.Overview).File)) {
		t.Errorf("%s is a panel on no board", unused)
	}
}

// A team's labels are on every alert for routing; they never replace its severity.
func TestAlertsCarryTheTargetsLabels(t *testing.T) {
	target := dashboards.App
	target.Routing.Labels = map[string]string{"team": "shop", "severity": "none"}
	for _, rule := range builtRules(t, target) {
		if rule.Alert != "" && (rule.Labels["team"] != "shop" || rule.Labels["severity"] == "none") {
			t.Errorf("%s has the labels %v", rule.Alert, rule.Labels)
		}
	}
}

// BenchmarkRules makes all rules, each alert held against its panel, for boards that are built.
func BenchmarkRules(b *testing.B) {
	var boards alert.Boards
	for _, board := range dashboards.All {
		built, err := board(dashboards.App).Build()
		if err != nil {
			b.Fatal(err)
		}
		boards = append(boards, built)
	}
	for b.Loop() {
		for _, file := range dashboards.Rules {
			if _, err := file.Build(dashboards.App, boards); err != nil {
				b.Fatal(err)
			}
		}
	}
}
