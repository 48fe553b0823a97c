package dashboards_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/dashboards"
	"gaugewright/dashboards/alert"
)

// boardAddress is a board's uid in a link.
var boardAddress = regexp.MustCompile(`/d/([a-zA-Z0-9_-]+)`)

// Links and alerts lead only to boards that are made for the target.
func TestLinksLeadToBoardsThatAreMade(t *testing.T) {
	for name, s := range services() {
		t.Run(name, func(t *testing.T) {
			for _, prefix := range []string{"", "shop-"} {
				s.target.UIDPrefix = prefix
				made, links := texts(t, s.target)
				for _, uid := range links {
					if !slices.Contains(made, uid) {
						t.Errorf("a link leads to %s; there are %v", uid, made)
					}
				}
				if len(links) == 0 {
					t.Error("nothing leads to any board")
				}
			}
		})
	}
}

// texts are the uids of the boards that have panels, and those that boards and rules lead to.
func texts(t *testing.T, target dashboards.Target) (made, links []string) {
	t.Helper()
	find := func(text string) {
		for _, match := range boardAddress.FindAllStringSubmatch(text, -1) {
			links = append(links, match[1])
		}
	}
	for _, board := range build(t, target) {
		if len(board.Panels) == 0 {
			continue
		}
		made = append(made, *board.Uid)
		text, err := json.Marshal(board)
		if err != nil {
			t.Fatal(err)
		}
		find(string(text))
	}
	for _, rule := range builtRules(t, target) {
		find(rule.Annotations["dashboard_url"])
	}
	return made, links
}

// A link to a board selects only in variables that the board has.
func TestLinksNameVariablesOfTheirBoards(t *testing.T) {
	link := regexp.MustCompile(`/d/([\w-]+)\?((?:[^"\\]|\\.)*)`)
	chosen := regexp.MustCompile(`var-(\w+)=|\$\{(\w+):queryparam\}`)
	for name, s := range services() {
		var text []byte
		variables := map[string][]string{}
		for _, board := range build(t, s.target) {
			for _, variable := range board.Templating.List {
				variables[*board.Uid] = append(variables[*board.Uid], variable.Name)
			}
			encoded, err := json.Marshal(board)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, encoded...)
		}
		for _, rule := range builtRules(t, s.target) {
			text = fmt.Appendf(text, "%q", rule.Annotations["dashboard_url"])
		}
		links := link.FindAllSubmatch(text, -1)
		for _, found := range links {
			for _, choice := range chosen.FindAllStringSubmatch(string(found[2]), -1) {
				if uid, v := string(found[1]), choice[1]+choice[2]; !slices.Contains(variables[uid], v) {
					t.Errorf("%s: a link to %s chooses %s, and the board has %v", name, uid, v, variables[uid])
				}
			}
		}
		if len(links) == 0 {
			t.Errorf("%s: there are no links", name)
		}
	}
}

// builtRules are the rules. Each alert fits its panel.
func builtRules(t *testing.T, target dashboards.Target) []alert.Rule {
	t.Helper()
	var rules []alert.Rule
	boards := alert.Boards(build(t, target))
	for _, file := range dashboards.Rules {
		groups, err := file.Build(target, boards)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range groups {
			rules = append(rules, group.Rules...)
		}
	}
	return rules
}

// With a prefix, every board has it in its uid and title, and finds only its own target's boards.
func TestPrefix(t *testing.T) {
	target := dashboards.App
	target.UIDPrefix, target.TitlePrefix = "shop-", "Shop / "
	plain := build(t, dashboards.App)
	for i, board := range build(t, target) {
		if *board.Uid != "shop-"+*plain[i].Uid || *board.Title != "Shop / "+*plain[i].Title {
			t.Errorf("uid %s, title %s", *board.Uid, *board.Title)
		}
		if !slices.Equal(board.Tags, board.Links[0].Tags) || slices.Equal(board.Tags, plain[i].Tags) {
			t.Errorf("%s has tags %v and looks for %v; without a prefix they are %v", *board.Uid, board.Tags, board.Links[0].Tags, plain[i].Tags)
		}
	}
}

// A target's objectives are its panel's steps and its alert's limit, whatever their values.
func TestLatencyLimitsAreTheTargets(t *testing.T) {
	target := dashboards.Promhttp
	target.Job, target.Address, target.SLO.Latency, target.SLO.Slow = "shop", "shop:80", 2*time.Second, 3*time.Second
	var colors []string
	for _, board := range build(t, target) {
		for _, p := range panels(board) {
			if *p.Title == "Latency" {
				for _, step := range p.FieldConfig.Defaults.Thresholds.Steps {
					colors = append(colors, fmt.Sprint(step.Color, " ", value(step.Value)))
				}
			}
		}
	}
	if want := []string{"green 0", "yellow 2", "red 3"}; !slices.Equal(colors, want) {
		t.Errorf("the panel's steps are %q, want %q", colors, want)
	}
	for _, rule := range builtRules(t, target) {
		if rule.Alert == "ApiLatencyHigh" && !strings.Contains(rule.Expr, ") >= 3 and ") {
			t.Errorf("the alert is %s", rule.Expr)
		}
	}
}

func value(step *float64) float64 {
	if step == nil {
		return 0
	}
	return *step
}

// Without addresses alerts have no links, since they would lead nowhere.
func TestNoAddressesNoLinks(t *testing.T) {
	target := dashboards.Promhttp
	target.Job, target.Address = "shop", "shop:80"
	for _, rule := range builtRules(t, target) {
		if rule.Annotations["runbook_url"] != "" || rule.Annotations["dashboard_url"] != "" {
			t.Errorf("%s has %v", rule.Alert, rule.Annotations)
		}
	}
}
