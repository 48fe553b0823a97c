package dashboards_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/provision"
	"gaugewright/internal/rules/ruletest"
)

// suitePaths are the files of rule tests, which are in promtool's format.
func suitePaths(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no rule tests at %s: %v", pattern, err)
	}
	return paths
}

func loadSuites(t testing.TB, paths []string) []*ruletest.Suite {
	t.Helper()
	var all []*ruletest.Suite
	for _, path := range paths {
		suite, err := ruletest.LoadSuite(path)
		if err != nil {
			t.Fatal(err)
		}
		if unknown := suite.Unknown(); unknown != nil {
			t.Errorf("%s asks for alerts that no rule makes: %s", path, unknown)
		}
		all = append(all, suite)
	}
	return all
}

// readSuites are the suites that were read, by service: they do not change.
var readSuites sync.Map

func readOnce(whose string, load func() []*ruletest.Suite) []*ruletest.Suite {
	once, _ := readSuites.LoadOrStore(whose, sync.OnceValue(load))
	return once.(func() []*ruletest.Suite)()
}

// suitesOfApp are the tests for the app.
func suitesOfApp(t testing.TB) []*ruletest.Suite {
	t.Helper()
	return readOnce("the app", func() []*ruletest.Suite { return loadSuites(t, suitePaths(t, "testdata/rules/*.yml")) })
}

// suitesOfPods are the tests for pods.
func suitesOfPods(t testing.TB) []*ruletest.Suite {
	t.Helper()
	return readOnce("pods", func() []*ruletest.Suite { return loadSuites(t, podSuites(t)) })
}

// The generated rules pass their tests.
func TestRules(t *testing.T) {
	for _, suite := range suitesOfApp(t) {
		runSuite(t, suite)
	}
}

// The rules of a service whose processes have cluster, namespace and pod pass theirs.
func TestRulesOfPods(t *testing.T) {
	for _, suite := range suitesOfPods(t) {
		runSuite(t, suite)
	}
}

func runSuite(t *testing.T, suite *ruletest.Suite) {
	t.Helper()
	for _, outcome := range suite.Run(t.Context()) {
		t.Run(strings.TrimSuffix(filepath.Base(suite.Path), ".yml")+"/"+outcome.Test, func(t *testing.T) {
			for _, finding := range outcome.Findings {
				t.Error("\n" + finding)
			}
		})
	}
}

// podSuites are the paths of the tests for pods.
func podSuites(t testing.TB) []string {
	t.Helper()
	target := dashboards.App
	target.Identity = []metric.Label{"cluster", "namespace", "pod"}
	return suitesOver(t, target, "testdata/rules/pods/*.yml")
}

// suitesOver copies tests next to the rules of a target, and returns their paths: those in provisioning are for
// dashboards.App.
func suitesOver(t testing.TB, target dashboards.Target, pattern string) []string {
	t.Helper()
	target.Kubernetes = dashboards.Kubernetes{} // its labels and cluster are another target's
	files, err := provision.Files(provision.Service{Target: target})
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for _, file := range files {
		if strings.HasPrefix(file.Path, "prometheus/rules/") {
			writeFile(t, filepath.Join(root, "provisioning", filepath.FromSlash(file.Path)), file.Data)
		}
	}
	var paths []string
	for _, path := range suitePaths(t, pattern) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, filepath.Join(root, "dashboards", path))
		writeFile(t, paths[len(paths)-1], text)
	}
	return paths
}

func writeFile(t testing.TB, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// The real promtool has the same result for each test.
func TestRulesAgreeWithPromtool(t *testing.T) {
	agreeWithPromtool(t, slices.Concat(suitePaths(t, "testdata/rules/*.yml"), podSuites(t)))
}

func agreeWithPromtool(t *testing.T, paths []string) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts promtool for each file")
	}
	command := os.Getenv("PROMTOOL")
	if command == "" {
		command = "promtool"
	}
	command, err := exec.LookPath(command)
	if err != nil {
		t.Skipf("no promtool to compare with: put it on PATH or name it in PROMTOOL: %v", err)
	}
	for _, suite := range loadSuites(t, paths) {
		theirs, err := ruletest.Promtool(t.Context(), command, suite.Path)
		if err != nil {
			t.Fatal(err)
		}
		same := func(a, b ruletest.Outcome) bool { return a.Test == b.Test && slices.Equal(a.Findings, b.Findings) }
		if ours := suite.Run(t.Context()); !slices.EqualFunc(ours, theirs, same) {
			t.Errorf("%s\nhere: %v\npromtool: %v", suite.Path, ours, theirs)
		}
	}
}

// The tests notice every small break of every rule, except those in sameMutants.
func TestRulesNoticeMutants(t *testing.T) {
	gate(t, suitesOfApp(t), nil, sameMutants)
}

// If processes are named by cluster, namespace and pod, the tests notice each of these labels that is missing from a
// rule.
func TestRulesOfPodsNoticeMutants(t *testing.T) {
	identity := regexp.MustCompile(`^drop (cluster|namespace|pod) from`)
	chosen := func(m ruletest.Mutant) bool { return identity.MatchString(m.Change) }
	gate(t, suitesOfPods(t), chosen, samePodMutants)
}

// gate fails for each mutant that is neither noticed nor excused, and for each excuse that is not needed.
func gate(t *testing.T, suites []*ruletest.Suite, chosen func(ruletest.Mutant) bool, excuses map[string]string) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long computation: minutes under the race detector")
	}
	report, err := ruletest.Gate(t.Context(), suites, chosen, excuses)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tests with %d checks; %d mutants: %d noticed, %d that cannot differ",
		report.Tests, report.Checks, report.Mutants, report.Killed, report.Excused)
	for _, m := range report.Survivors {
		t.Errorf("no test notices %s\n    %s", m, m.Expr)
	}
	for _, name := range report.Unneeded {
		t.Errorf("the excuse for %s is not needed: it is noticed, or is not a mutant", name)
	}
}

func BenchmarkRulesNoticeMutants(b *testing.B) {
	suites := suitesOfApp(b)
	for b.Loop() {
		if _, err := ruletest.Gate(context.Background(), suites, nil, sameMutants); err != nil {
			b.Fatal(err)
		}
	}
}
