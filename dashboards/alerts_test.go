package dashboards_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
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

// boardScope is the scope of a board, as it is from outside: the panels' variables and Grafana's window.
func boardScope(target dashboards.Target) promql.Scope {
	matchers := []promql.Matcher{promql.Selected("job")}
	for _, label := range target.Identity {
		if label != metric.JobLabel {
			matchers = append(matchers, promql.Selected(label))
		}
	}
	return promql.NewScope(promql.RateInterval, target.Identity, matchers...)
}

// The panel that an alert names draws the alert's own expression, and the alert's limit is one of its colour steps.
func TestPanelsDrawTheirAlerts(t *testing.T) {
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			boards := build(t, target)
			for _, a := range alerts(target) {
				p, ok := find(boards, a.Board, a.Panel)
				if !ok {
					t.Errorf("%s: there is no panel %q on %s", a.Name, a.Panel, a.Board)
					continue
				}
				if a.Limit == 0 {
					continue // judges that something is not there: nothing to draw
				}
				drawn := a.Quantity(boardScope(target)).String()
				if !draws(p, withoutPath(drawn)) {
					t.Errorf("%s: %q does not draw %s", a.Name, a.Panel, drawn)
				}
				if steps := p.FieldConfig.Defaults.Thresholds.Steps; !slices.ContainsFunc(steps, func(s dashboard.Threshold) bool {
					return s.Value != nil && *s.Value == a.Limit
				}) {
					t.Errorf("%s: the limit %v is no colour step of %q", a.Name, a.Limit, a.Panel)
				}
			}
		})
	}
}

func find(boards []dashboard.Dashboard, uid, title string) (dashboard.Panel, bool) {
	for _, board := range boards {
		for _, p := range panels(board) {
			if *board.Uid == uid && *p.Title == title {
				return p, true
			}
		}
	}
	return dashboard.Panel{}, false
}

// draws says whether one of the panel's queries has the expression in it.
func draws(p dashboard.Panel, expr string) bool {
	for _, q := range p.Targets {
		text, _ := json.Marshal(q)
		var target struct{ Expr string }
		if json.Unmarshal(text, &target) == nil && strings.Contains(withoutPath(target.Expr), expr) {
			return true
		}
	}
	return false
}

// withoutPath takes the choice of a path and of shown processes out of a query: a board has them where an alert judges all.
func withoutPath(expr string) string {
	return strings.NewReplacer(`,path=~"$path"`, "", `pod=~"$shown"`, `pod=~"$pod"`, `instance=~"$shown"`, `instance=~"$instance"`).Replace(expr)
}

// An alert without a page on what to do is half an alert; a page without an alert is a lie.
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
		for _, line := range []string{fires(a), "## What it means", "## What to do", "## Why this limit", "## What it is not"} {
			if !strings.Contains(string(text), "\n"+line+"\n") {
				t.Errorf("%s lacks the line %q", page, line)
			}
		}
	}
	for page := range named {
		t.Errorf("%s is missing", page)
	}
}

// fires is the line with which a page says when its alert fires: the numbers are the rule's own.
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
	for _, file := range dashboards.Rules {
		groups, err := file.Build(target)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range groups {
			for _, rule := range group.Rules {
				name := rule.Alert + rule.Record
				if _, twice := exprs[name]; twice {
					t.Errorf("two rules are called %s", name)
				}
				exprs[name] = rule.Expr
			}
		}
	}
	return exprs
}

// The rules are canonical, and each of their selectors carries the target's job: the neighbours' processes never page us.
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

// An alert that a board cannot lead to, or that lacks a text, is refused as it is built.
func TestAlertsAreWhole(t *testing.T) {
	whole := alert.Alert{
		Name: "Example", Severity: alert.Warning, Board: "go-gc", Summary: "summary", Description: "description",
		Quantity: func(s promql.Scope) promql.Expr { return s.Value(metric.Up) },
	}
	for name, spoil := range map[string]func(*alert.Alert){
		"severity":    func(a *alert.Alert) { a.Severity = "" },
		"summary":     func(a *alert.Alert) { a.Summary = "" },
		"description": func(a *alert.Alert) { a.Description = "" },
		"board":       func(a *alert.Alert) { a.Board = "" },
		"expression": func(a *alert.Alert) {
			a.Quantity = func(s promql.Scope) promql.Expr { return s.Value(metric.Up).Sum("path") }
		},
	} {
		spoilt := whole
		spoil(&spoilt)
		group := alert.Group{Name: "group", Alerts: []alert.Alert{spoilt}}
		if _, err := group.Build(boardScope(dashboards.App), alert.Routing{}); err == nil || !strings.Contains(err.Error(), "alert Example") {
			t.Errorf("without a right %s: %v", name, err)
		}
	}
}

// A team's labels are on every alert, so that it can be routed; they never replace its severity.
func TestAlertsCarryTheTargetsLabels(t *testing.T) {
	target := dashboards.App
	target.Routing.Labels = map[string]string{"team": "shop", "severity": "none"}
	for _, file := range dashboards.Rules {
		groups, err := file.Build(target)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range groups {
			for _, rule := range group.Rules {
				if rule.Alert != "" && (rule.Labels["team"] != "shop" || rule.Labels["severity"] == "none") {
					t.Errorf("%s has the labels %v", rule.Alert, rule.Labels)
				}
			}
		}
	}
}
