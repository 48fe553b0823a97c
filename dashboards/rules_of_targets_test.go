package dashboards_test

import (
	"regexp"
	"slices"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/internal/query"
	"gaugewright/internal/rules/ruletest"
)

// folders are where the tests for the rules of each kind of service are, by its name in services. Where two kinds have the
// same rules, one is tested.
var folders = map[string]string{
	"default collector":           "promhttp",
	"errors apart from successes": "disjoint",
	"errors without a status":     "unclassed",
	"no HTTP":                     "silent",
	"OTel":                        "otel",
	"OTel's older names":          "older",
}

// suitesFor are the paths of the tests for a kind of service.
func suitesFor(t testing.TB, kind string) []string {
	t.Helper()
	return suitesOver(t, inClusters(services()[kind].target), "testdata/rules/"+folders[kind]+"/*.yml")
}

// suitesOf are the tests for a kind of service, read once.
func suitesOf(t testing.TB, kind string) []*ruletest.Suite {
	t.Helper()
	return readOnce(kind, func() []*ruletest.Suite { return loadSuites(t, suitesFor(t, kind)) })
}

// inClusters is a target whose processes are pods in several clusters.
func inClusters(target dashboards.Target) dashboards.Target {
	target.Job = "shop"
	target.Identity = []metric.Label{"cluster", "namespace", "pod"}
	target.Routing, target.SLO = dashboards.App.Routing, dashboards.App.SLO // what the tests are written for
	return target
}

// The rules for services that are not our app do what their tests say.
func TestRulesOfServices(t *testing.T) {
	for kind := range folders {
		t.Run(kind, func(t *testing.T) {
			for _, suite := range suitesOf(t, kind) {
				runSuite(t, suite)
			}
		})
	}
}

// The real promtool has the same results for each of these.
func TestRulesOfServicesAgreeWithPromtool(t *testing.T) {
	for kind := range folders {
		agreeWithPromtool(t, suitesFor(t, kind))
	}
}

// Their tests notice small breaks of the rules that are not those of our app.
func TestRulesOfServicesNoticeMutants(t *testing.T) {
	for kind := range folders {
		t.Run(kind, func(t *testing.T) {
			gate(t, suitesOf(t, kind), breaking(t, kind), sameServiceMutants[kind])
		})
	}
}

// breaking chooses the mutants of a kind of service's rules that its tests must notice.
func breaking(t *testing.T, kind string) func(ruletest.Mutant) bool {
	t.Helper()
	ours, theirs := rules(t, inClusters(dashboards.App)), rules(t, inClusters(services()[kind].target))
	twoCounters := services()[kind].target.HTTP.Errors.Name != ""
	return func(m ruletest.Mutant) bool {
		leak := m.Rule == "GoMemoryCreep" || m.Rule == "GoGoroutineLeak"
		return theirs[m.Rule] != ours[m.Rule] && !elsewhere.MatchString(m.Change) &&
			(!twoCounters || !leak || ramps.MatchString(m.Change))
	}
}

var (
	// elsewhere are breaks that the app's tests notice: the windows of rates are the same there, and so are the
	// matchers of the job, except for a job that is matched nowhere.
	elsewhere = regexp.MustCompile(
		`^(http_\S+|requests_total|errors_total|job:\S+|go_schedule_\S+) (window|offset) |^drop job(="shop"$| from )`)
	// ramps are breaks in how traffic is counted, which a leak may follow. If failures have their own counter, the
	// rest of a leak is the same as for services without one.
	ramps = regexp.MustCompile(`errors_total| of (or|unless)`)
)

// Every rule for any kind of service has a test.
func TestRulesOfServicesAreAllTested(t *testing.T) {
	tested := map[string]bool{}
	for name, expr := range rules(t, inClusters(dashboards.App)) {
		tested[name+": "+expr] = true
	}
	for kind := range folders {
		for _, suite := range suitesOf(t, kind) {
			for _, group := range suite.Files[0].Groups {
				for _, rule := range group.Rules {
					tested[rule.Name()+": "+rule.Expr] = true
				}
			}
		}
	}
	for kind, service := range services() {
		for name, expr := range rules(t, inClusters(service.target)) {
			if !tested[name+": "+expr] {
				t.Errorf("%s: no tests run over this rule: %s: %s", kind, name, expr)
			}
		}
	}
}

// without are the alerts that a kind of service does not have, since it does not expose their metrics. Alerts with only one
// form are not listed: their metrics decide. A service has all other alerts.
var without = map[string][]string{
	"everything":                  nil,
	"our app":                     nil,
	"our app without OTel":        nil,
	"default collector":           scheduled,
	"collector before 1.20":       scheduled,
	"errors apart from successes": scheduled,
	"errors without a status":     slices.Concat(withDurations, scheduled),
	"no HTTP":                     slices.Concat(httpService, withDurations, scheduled),
	"OTel":                        nil,
	"OTel with GOMEMLIMIT":        nil,
	"OTel's older names":          scheduled,
}

var (
	httpService   = []string{"ApiErrorBudgetBurnFast", "ApiErrorBudgetBurnSlow"}
	withDurations = []string{"ApiLatencyHigh"}
	scheduled     = []string{"GoSchedulerStarved"}
)

// A service gets every alert that can fire for it, and no other.
func TestAlertsOfServices(t *testing.T) {
	all := services()
	for kind := range without {
		if _, ok := all[kind]; !ok {
			t.Errorf("there is no service of the kind %q", kind)
		}
	}
	forms := formsOf(t, all)
	for kind, service := range all {
		lost, listed := without[kind]
		if !listed {
			t.Errorf("say which alerts a service of the kind %q does not have", kind)
		}
		made := rules(t, service.target)
		for _, a := range alerts(dashboards.App) {
			switch _, is := made[a.Name]; {
			case is && slices.Contains(lost, a.Name):
				t.Errorf("%s: %s is made, and without says that it is not: take it out there", kind, a.Name)
			case !is && !slices.Contains(lost, a.Name) && !lacking(t, forms[a.Name], service.target):
				t.Errorf("%s: %s is not made: give it a quantity that this service has, or say in without that it lacks one", kind, a.Name)
			}
		}
	}
}

// formsOf are the expressions of each alert, over all services.
func formsOf(t *testing.T, all map[string]service) map[string][]string {
	t.Helper()
	forms := map[string][]string{}
	for _, service := range all {
		service.target.Job = dashboards.App.Job
		for name, expr := range rules(t, service.target) {
			if !slices.Contains(forms[name], expr) {
				forms[name] = append(forms[name], expr)
			}
		}
	}
	return forms
}

// lacking reports whether a service does not have a metric of the one form that an alert has: then it need not be listed. An
// alert with several forms is for services that lack some of it, and which of them do without must be said.
func lacking(t *testing.T, forms []string, target dashboards.Target) bool {
	t.Helper()
	if len(forms) != 1 {
		return false
	}
	q, err := query.Parse(forms[0])
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(q.Selectors(), func(s query.Selector) bool {
		return golang.All.Has(s.Metric) && !target.Exposes.Has(s.Metric)
	})
}
