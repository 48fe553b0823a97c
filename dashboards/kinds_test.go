package dashboards_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"gaugewright/dashboards"
)

// kinds are those of the tests that each alert must have, and how one is told: by what is given and expected, and by
// words in its name where that is not enough.
var kinds = map[string]func(test ruleTest, alert string) bool{
	"fires":        ruleTest.fires,
	"just before":  ruleTest.firesInTime,
	"look-alike":   ruleTest.staysQuiet,
	"restart":      ruleTest.endsQuietAfterRestart,
	"foreign job":  ruleTest.leavesForeignJob,
	"two clusters": ruleTest.namesOneCluster,
}

// noSuchTest are the kinds that an alert cannot have a test of, and why.
var noSuchTest = map[string]string{
	"GoTargetMissing: foreign job":  "without targets there is no series; its test that fires has another job beside",
	"GoTargetMissing: two clusters": "what is absent has no labels but those that the selector names: the job",
}

// Every alert has a test of every kind.
func TestRulesHaveTestsOfAllKinds(t *testing.T) {
	tests := slices.Concat(readTests(t, "testdata/rules/*.yml"), readTests(t, "testdata/rules/pods/*.yml"))
	unneeded, exprs := maps.Clone(noSuchTest), rules(t, pods())
	for _, alert := range alertNames(t) {
		for kind, is := range kinds {
			has := slices.ContainsFunc(tests, func(test ruleTest) bool { return is(test, alert) })
			_, excused := noSuchTest[alert+": "+kind]
			needed := kind != "two clusters" || mixing.MatchString(exprs[alert])
			if !has && !excused && needed {
				t.Errorf("%s has no test of the kind %q: add one to %s", alert, kind, testsOf(kind))
			}
			if !has {
				delete(unneeded, alert+": "+kind)
			}
		}
	}
	for name := range unneeded {
		t.Errorf("the excuse for %s is not needed: there is such a test, or no such alert or kind", name)
	}
}

// mixing is an expression that could mix clusters. Where nothing is aggregated and all sides meet by all their labels, a
// process keeps to itself, and needs no test of it.
var mixing = regexp.MustCompile(`(?i)\b(by|without|on|ignoring|sum|min|max|avg|group|count|count_values|stddev|stdvar|topk|bottomk|` +
	`quantile|limitk|limit_ratio|absent|absent_over_time|label_replace|label_join) ?\(`)

// testsOf is where tests of a kind are.
func testsOf(kind string) string {
	if kind == "two clusters" {
		return "testdata/rules/pods/"
	}
	return "testdata/rules/"
}

// The foreign jobs of the tests are in trouble: rules for them would fire.
func TestRulesOfForeignJobsFire(t *testing.T) {
	target := dashboards.App
	target.Job = "other"
	fires := map[string]bool{} // test: alert
	for _, suite := range loadSuites(t, suitesOver(t, target, "testdata/rules/*.yml")) {
		for _, outcome := range suite.Run(t.Context()) {
			for _, finding := range outcome.Findings {
				if found := alertIn.FindStringSubmatch(finding); found != nil {
					fires[outcome.Test+": "+found[1]] = true
				}
			}
		}
	}
	tests := readTests(t, "testdata/rules/*.yml")
	for _, alert := range alertNames(t) {
		if _, excused := noSuchTest[alert+": foreign job"]; excused {
			continue
		}
		sick := func(test ruleTest) bool { return test.leavesForeignJob(alert) && fires[test.Name+": "+alert] }
		if !slices.ContainsFunc(tests, sick) {
			t.Errorf("%s: no test has a foreign job for which it would fire", alert)
		}
	}
}

var alertIn = regexp.MustCompile(`alertname: (\w+),`)

func alertNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, suite := range suitesOfApp(t) {
		for _, file := range suite.Files {
			for _, group := range file.Groups {
				for _, rule := range group.Rules {
					if rule.Alert != "" {
						names = append(names, rule.Alert)
					}
				}
			}
		}
	}
	return names
}

// ruleTest holds the part of a test that shows its kind.
type ruleTest struct {
	Name   string
	Series []struct{ Series string } `yaml:"input_series"`
	Checks []alertCheck              `yaml:"alert_rule_test"`

	interval time.Duration // from one evaluation to the next
}

type alertCheck struct {
	Time   time.Duration `yaml:"eval_time"`
	Alert  string        `yaml:"alertname"`
	Alerts []struct {
		Labels map[string]string `yaml:"exp_labels"`
	} `yaml:"exp_alerts"`
}

func (c alertCheck) fires() bool { return len(c.Alerts) > 0 }

func readTests(t *testing.T, pattern string) []ruleTest {
	t.Helper()
	var all []ruleTest
	for _, path := range suitePaths(t, pattern) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var suite struct {
			Interval time.Duration `yaml:"evaluation_interval"`
			Tests    []ruleTest
		}
		if err := yaml.Unmarshal(text, &suite); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, test := range suite.Tests {
			test.interval = suite.Interval
			all = append(all, test)
		}
	}
	return all
}

// of are the test's checks of an alert, by time.
func (test ruleTest) of(alert string) []alertCheck {
	var checks []alertCheck
	for _, check := range test.Checks {
		if check.Alert == alert {
			checks = append(checks, check)
		}
	}
	slices.SortStableFunc(checks, func(a, b alertCheck) int { return int(a.Time - b.Time) })
	return checks
}

func (test ruleTest) fires(alert string) bool {
	return slices.ContainsFunc(test.of(alert), alertCheck.fires)
}

// firesInTime reports whether an alert fires and did not at the evaluation before. No for is shorter than that gap: the
// expression held then.
func (test ruleTest) firesInTime(alert string) bool {
	checks := test.of(alert)
	for i := 1; i < len(checks); i++ {
		before, now := checks[i-1], checks[i]
		if !before.fires() && now.fires() && now.Time-before.Time == test.interval {
			return true
		}
	}
	return false
}

func (test ruleTest) quiet(alert string) bool {
	checks := test.of(alert)
	return len(checks) > 0 && !slices.ContainsFunc(checks, alertCheck.fires)
}

func (test ruleTest) staysQuiet(alert string) bool {
	return test.quiet(alert) && !test.named("restart") && !test.hasForeignJob()
}

func (test ruleTest) endsQuietAfterRestart(alert string) bool {
	checks := test.of(alert)
	return test.named("restart") && len(checks) > 0 && !checks[len(checks)-1].fires()
}

func (test ruleTest) leavesForeignJob(alert string) bool {
	return test.quiet(alert) && test.named("foreign job") && test.hasForeignJob()
}

// namesOneCluster reports whether an alert fires for one cluster while another has a pod of the same name.
func (test ruleTest) namesOneCluster(alert string) bool {
	given, named := map[string]bool{}, map[string]bool{}
	for _, series := range test.Series {
		if strings.Contains(series.Series, `pod="p-0"`) {
			given[clusterOf.FindString(series.Series)] = true
		}
	}
	for _, check := range test.of(alert) {
		for _, fired := range check.Alerts {
			named[fired.Labels["cluster"]] = true
		}
	}
	return len(given) > 1 && len(named) == 1 && !named[""]
}

var clusterOf = regexp.MustCompile(`cluster="[^"]*"`)

func (test ruleTest) named(words string) bool { return strings.Contains(test.Name, words) }

func (test ruleTest) hasForeignJob() bool {
	return slices.ContainsFunc(test.Series, func(s struct{ Series string }) bool {
		return !strings.Contains(s.Series, `job="myapp"`)
	})
}
