package dashboards_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	ruletest "gaugewright/internal/rules"
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

// The real promtool comes to the same in each of these.
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
	// elsewhere are breaks that the tests for our app notice: there the windows of rates are the same, and so is what a job
	// is matched by, but for a job that is matched nowhere.
	elsewhere = regexp.MustCompile(
		`^(http_\S+|requests_total|errors_total|job:\S+|go_schedule_\S+) (window|offset) |^drop job(="shop"$| from )`)
	// ramps are breaks of how traffic is counted that a leak may follow: where failures have a counter of their own, all else
	// of the leaks is as it is for services without one.
	ramps = regexp.MustCompile(`errors_total| of (or|unless)`)
)

// Every rule for any kind of service is one that has a test.
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

// The alerts that there are for each kind of service. What a kind does not expose it has no alert on.
var alertsOf = map[string][]string{
	"our app":                     slices.Concat(anyService, httpService, withDurations, ownProcess, scheduled, fullCollector),
	"our app without OTel":        slices.Concat(anyService, httpService, withDurations, ownProcess, scheduled, fullCollector),
	"default collector":           slices.Concat(anyService, httpService, withDurations, ownProcess),
	"collector before 1.20":       slices.Concat(anyService, httpService, withDurations, ownProcess),
	"errors apart from successes": slices.Concat(anyService, httpService, withDurations, ownProcess),
	"errors without a status":     slices.Concat(anyService, httpService, ownProcess),
	"no HTTP":                     slices.Concat(anyService, ownProcess),
	"OTel":                        slices.Concat(anyService, httpService, withDurations, scheduled),
	"OTel with GOMEMLIMIT":        slices.Concat(anyService, httpService, withDurations, scheduled),
	"OTel's older names":          slices.Concat(anyService, httpService, withDurations),
}

var (
	anyService = []string{
		"GoTargetDown", "GoServiceDown", "GoTargetMissing", "GoMetricsMissing", "GoRestarting", "GoMemoryCreep", "GoGoroutineLeak",
	}
	httpService   = []string{"ApiErrorBudgetBurnFast", "ApiErrorBudgetBurnSlow"}
	withDurations = []string{"ApiLatencyHigh"}
	ownProcess    = []string{"GoThreadLeak", "GoThreadsNearLimit", "GoFDExhaustion"}
	scheduled     = []string{"GoSchedulerStarved"}
	// Those of the live heap, the CPU classes and the limiter.
	fullCollector = []string{"GoGCThrash", "GoGCLimiterActive", "GoNearMemoryLimit", "GoMemoryLimitForecast"}
)

// No alert is lost on the way to a service, and none is there that could never fire.
func TestAlertsOfServices(t *testing.T) {
	all := services()
	for kind := range alertsOf {
		if _, ok := all[kind]; !ok {
			t.Errorf("there is no service of the kind %q", kind)
		}
	}
	for kind, service := range all {
		var got []string
		for name := range rules(t, service.target) {
			if !strings.Contains(name, ":") { // a record
				got = append(got, name)
			}
		}
		slices.Sort(got)
		if want := slices.Sorted(slices.Values(alertsOf[kind])); !slices.Equal(got, want) {
			t.Errorf("%s\n got %s\nwant %s", kind, got, want)
		}
	}
}
