package ruletest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/rulefmt"
	"gopkg.in/yaml.v3"

	"gaugewright/internal/rules"
)

// suites are the files of tests for the comparison with promtool.
var suites = []string{"testdata/features.yml", "testdata/failing.yml", "testdata/service.yml"}

// promtool is the command to compare with, or the test is skipped.
func promtool(t *testing.T) string {
	t.Helper()
	command := os.Getenv("PROMTOOL")
	if command == "" {
		command = "promtool"
	}
	path, err := exec.LookPath(command)
	if err != nil {
		t.Skipf("no promtool to compare with: put it on PATH or name it in PROMTOOL: %v", err)
	}
	return path
}

// agree compares the outcome of each test word for word. It reports whether all tests pass.
func agree(t *testing.T, command, path string) bool {
	t.Helper()
	theirs, err := Promtool(context.Background(), command, path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	ours := load(t, path).Run(context.Background())
	if len(ours) != len(theirs) {
		t.Fatalf("%s: %d tests here, %d in promtool", path, len(ours), len(theirs))
	}
	passed := true
	for i := range ours {
		passed = passed && len(ours[i].Findings) == 0
		if ours[i].Test != theirs[i].Test || words(ours[i]) != words(theirs[i]) {
			t.Errorf("%s: %s\nhere:\n%s\npromtool:\n%s", path, ours[i].Test, words(ours[i]), words(theirs[i]))
		}
	}
	return passed
}

// words returns the findings. For input that cannot be read, which promtool puts on a line of its own, it returns
// their end.
func words(o Outcome) string {
	text := strings.Join(o.Findings, "\n")
	if _, reason, ok := strings.Cut(text, "parse error: "); ok && !strings.Contains(text, "expr:") {
		return reason
	}
	return text
}

func load(t testing.TB, path string) *Suite {
	t.Helper()
	s, err := LoadSuite(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAgreesWithPromtool(t *testing.T) {
	command := promtool(t)
	for _, path := range suites {
		if passed := agree(t, command, path); passed != (path != "testdata/failing.yml") {
			t.Errorf("%s: passed: %v", path, passed)
		}
	}
}

// TestAgreesOnBrokenRules: on broken rules, both fail the same tests with the same words.
func TestAgreesOnBrokenRules(t *testing.T) {
	command := promtool(t)
	suite, err := os.ReadFile("testdata/features.yml")
	if err != nil {
		t.Fatal(err)
	}
	file, err := rules.Load("testdata/features.rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	mutants, noticed := mutantsIn(file), 0
	for i := 0; i < len(mutants); i += 3 {
		folder := t.TempDir()
		broken, err := yaml.Marshal(breakFile(file, mutants[i]))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, "features.rules.yml"), string(broken))
		write(t, filepath.Join(folder, "features.yml"), string(suite))
		t.Run(mutants[i].String(), func(t *testing.T) {
			if !agree(t, command, filepath.Join(folder, "features.yml")) {
				noticed++
			}
		})
	}
	if noticed < 5 {
		t.Errorf("only %d broken copies were noticed: too few to compare", noticed)
	}
}

// breakFile returns the file with the mutant in place of the rule.
func breakFile(file rules.File, m Mutant) rules.File {
	broken := rules.File{}
	for i, group := range file.Groups {
		copied := group
		copied.Rules = append([]rules.Rule(nil), group.Rules...)
		if i == m.place.group {
			copied.Labels = m.group.Labels
			copied.Rules[m.place.index] = m.broken
		}
		broken.Groups = append(broken.Groups, copied)
	}
	return broken
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestAgreesOnRefusal: both refuse the same unreadable files.
func TestAgreesOnRefusal(t *testing.T) {
	command := promtool(t)
	for i, refused := range brokenSuites {
		folder := t.TempDir()
		path := filepath.Join(folder, fmt.Sprintf("%d.yml", i))
		write(t, path, refused.suite)
		theirs, err := Promtool(context.Background(), command, path)
		failed := err != nil
		for _, one := range theirs {
			failed = failed || len(one.Findings) > 0
		}
		if _, err := LoadSuite(path); err == nil || failed == refused.ours {
			t.Errorf("%s\nhere: %v\npromtool refuses: %v", refused.suite, err, failed)
		}
	}
}

// TestTemplatesThatAsk: a template that runs a query depends on other series; one that only escapes a link does not.
func TestTemplatesThatAsk(t *testing.T) {
	for text, want := range map[string]bool{
		`{{ query "up" }}`: true, `{{range query "up"}}{{end}}`: true, `{{ .Labels.a | urlquery }}`: false, `query`: false,
	} {
		one := rules.Rule{Rule: rulefmt.Rule{Alert: "A", Expr: "up", Annotations: map[string]string{"a": text}}}
		compiled, err := compile(rules.Group{}, one, place{}, 0)
		if err != nil || compiled.reads.all != want {
			t.Errorf("%s: %v, %v", text, compiled, err)
		}
	}
}

// TestColumnsAreRows: both ways of evaluating a test give the same result.
func TestColumnsAreRows(t *testing.T) {
	for _, path := range suites {
		s := load(t, path)
		compared := 0
		for _, one := range s.tests {
			if one.broken != nil || !one.inColumns(s.rules) {
				continue
			}
			compared++
			sameWays(t, one, s.rules)
		}
		if path == "testdata/service.yml" && compared != len(s.tests) {
			t.Errorf("%s: only %d of %d tests are evaluated the fast way", path, compared, len(s.tests))
		}
	}
}

func sameWays(t *testing.T, one *test, rules []*rule) {
	t.Helper()
	ctx := context.Background()
	rows, rowsErr := one.rows(ctx, rules)
	columns, err := one.columns(ctx, rules)
	if err != nil {
		return // evaluate uses rows then
	}
	if rowsErr != nil {
		t.Errorf("%s: only rows fail: %v", one.name, rowsErr)
		return
	}
	for _, check := range one.AlertTests {
		key := firedKey{one.step(time.Duration(check.EvalTime)), check.Alert}
		a, b := one.compareAlerts(check, rows.fired[key]), one.compareAlerts(check, columns.fired[key])
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s:\nrows %v\ncolumns %v", one.name, a, b)
		}
	}
	for _, check := range one.ExprTests {
		a, b := one.compareExpr(ctx, rows.engine, check), one.compareExpr(ctx, columns.engine, check)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s:\nrows %v\ncolumns %v", one.name, a, b)
		}
	}
}
