package ruletest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gaugewright/internal/rules"
)

// changes returns the mutants of one rule: the change and, where it changes, the expression.
func changes(t *testing.T, lines ...string) []string {
	t.Helper()
	file, err := rules.Parse([]byte(ruleFile(lines...)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range mutantsIn(file) {
		if m.Expr == file.Groups[0].Rules[0].Expr {
			all = append(all, m.Change)
			continue
		}
		all = append(all, m.Change+": "+m.Expr)
	}
	return all
}

func TestMutantsOfExpressions(t *testing.T) {
	for expr, want := range map[string][]string{
		`up{job="a"} == 0`: {
			`== 0 -> !=: up{job="a"} != 0`,
			`drop job="a": up == 0`,
		},
		`x > 1.2 * y and on (job) z`: {
			`drop right of and: x > 1.2 * y`,
			`drop left of and: z`,
			`drop job from on: x > 1.2 * y and on () z`,
			`> -> <: x < 1.2 * y and on (job) z`,
			`1.2 -> 0.96: x > 0.96 * y and on (job) z`,
			`1.2 -> 1.5: x > 1.5 * y and on (job) z`,
		},
		`a unless b`: {`drop right of unless: a`},
		`a or b * 0`: {`drop right of or: a`, `drop left of or: b * 0`},
		`sum by (job, le) (rate(x[5m] offset 1h))`: {
			`drop job from by: sum by (le) (rate(x[5m] offset 1h))`,
			`drop le from by: sum by (job) (rate(x[5m] offset 1h))`,
			`x window 5m -> 2m30s: sum by (job, le) (rate(x[2m30s] offset 1h))`,
			`x window 5m -> 10m: sum by (job, le) (rate(x[10m] offset 1h))`,
			`x offset 1h -> 30m: sum by (job, le) (rate(x[5m] offset 30m))`,
			`x offset 1h -> 2h: sum by (job, le) (rate(x[5m] offset 2h))`,
		},
		`max_over_time(x[1h:1m] offset 2m)`: {
			`subquery 1h -> 30m: max_over_time(x[30m:1m] offset 2m)`,
			`subquery 1h -> 2h: max_over_time(x[2h:1m] offset 2m)`,
			`subquery offset 2m -> 1m: max_over_time(x[1h:1m] offset 1m)`,
			`subquery offset 2m -> 4m: max_over_time(x[1h:1m] offset 4m)`,
		},
		`topk without (pod) (5, x) <= -(2 ^ 2)`: {
			`<= -4 -> >=: topk without (pod) (5, x) >= -(2 ^ 2)`,
			`drop pod from without: topk without () (5, x) <= -(2 ^ 2)`,
			`5 -> 4: topk without (pod) (4, x) <= -(2 ^ 2)`,
			`5 -> 6.25: topk without (pod) (6.25, x) <= -(2 ^ 2)`,
			`-4 -> -3.2: topk without (pod) (5, x) <= -3.2`,
			`-4 -> -5: topk without (pod) (5, x) <= -5`,
		},
		`predict_linear(x[1h], 4 * 3600 + 6 / 3 - 5 % 3)`: {
			`x window 1h -> 30m: predict_linear(x[30m], 4 * 3600 + 6 / 3 - 5 % 3)`,
			`x window 1h -> 2h: predict_linear(x[2h], 4 * 3600 + 6 / 3 - 5 % 3)`,
			`14400 -> 11520: predict_linear(x[1h], 11520)`,
			`14400 -> 18000: predict_linear(x[1h], 18000)`,
		},
		`a{j="x"} / b{j="x", k="y"}`: {
			`drop j="x": a / b{k="y"}`,
			`drop k="y": a{j="x"} / b{j="x"}`,
		},
		`a{j="x"} / on (j, i) b{j="x"}`: { // the matchers already imply on (j)
			`drop i from on: a{j="x"} / on (j) b{j="x"}`,
			`drop j="x": a / on (j, i) b`,
		},
		`a{j="x"} / on (j) b{j=~"x"}`: {
			`drop j from on: a{j="x"} / on () b{j=~"x"}`,
			`drop j="x": a / on (j) b{j=~"x"}`,
			`drop j=~"x": a{j="x"} / on (j) b`,
		},
		`{a="b"}`:   nil, // a selector needs a matcher
		`x > x`:     {`> -> <: x < x`},
		`(x) > (1)`: {`> 1 -> <: (x) < (1)`, `1 -> 0.8: (x) > 0.8`, `1 -> 1.25: (x) > 1.25`},
	} {
		if got := changes(t, "record: r", "expr: '"+expr+"'"); !slices.Equal(got, want) {
			t.Errorf("%s\n got %s\nwant %s", expr, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

func TestMutantsOfRules(t *testing.T) {
	got := changes(t, "alert: A", "expr: up", "for: 15m", "keep_firing_for: 1m",
		"labels: {b: c, a: c}", "annotations: {d: e}")
	want := []string{
		"for 15m -> 7m30s", "for 15m -> 30m", "keep_firing_for 1m -> 30s", "keep_firing_for 1m -> 2m",
		"drop label a", "drop label b", "drop annotation d",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestMutantsAreNamed: each mutant has its own name, even if rules share theirs. The group's labels count.
func TestMutantsAreNamed(t *testing.T) {
	var all []string
	for _, path := range []string{"testdata/features.rules.yml", "testdata/service.rules.yml"} {
		file, err := rules.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mutantsIn(file) {
			all = append(all, m.String())
		}
	}
	for _, want := range []string{
		`Always: drop label team`,
		`Down: for 5m -> 10m`,
		`ApiErrorBudgetBurn{severity="critical", window="1h"}: for 2m -> 1m`,
		`GoGoroutineLeak: go_goroutines window 15m -> 30m (2)`,
	} {
		if !slices.Contains(all, want) {
			t.Errorf("there is no %s", want)
		}
	}
	slices.Sort(all)
	if unique := slices.Compact(slices.Clone(all)); len(unique) != len(all) {
		t.Errorf("%d names for %d mutants", len(unique), len(all))
	}
}

// gated returns a suite of a rule and its tests.
func gated(t *testing.T, tests string) *Suite {
	t.Helper()
	folder := t.TempDir()
	write(t, folder+"/r.yml", ruleFile("alert: A", `expr: up{job="a"} == 0`, "for: 2m", "labels: {severity: page}"))
	write(t, folder+"/t.yml", "rule_files: [r.yml]\ntests:\n"+tests)
	return load(t, folder+"/t.yml")
}

const firesAt2m = `
  - input_series: [{series: 'up{job="a"}', values: 0x9}]
    alert_rule_test:
      - {eval_time: 2m, alertname: A, exp_alerts: [{exp_labels: {job: a, severity: page}}]}
`

func TestGate(t *testing.T) {
	const quietBefore = "      - {eval_time: 1m, alertname: A, exp_alerts: []}\n"
	const foreign = `
  - input_series: [{series: 'up{job="b"}', values: 0x9}]
    alert_rule_test:
      - {eval_time: 5m, alertname: A, exp_alerts: []}
`
	for _, test := range []struct {
		name, tests                string
		excuses                    map[string]string
		survivors, unneeded        string
		mutants, killed, pardonned int
	}{
		{name: "nothing is asked", tests: "  - promql_expr_test: [{expr: 'vector(1)', exp_samples: [{value: 1}]}]\n",
			survivors: `A: == 0 -> !=, A: drop job="a", A: for 2m -> 1m, A: for 2m -> 4m, A: drop label severity`,
			mutants:   5},
		{name: "fires", tests: firesAt2m, survivors: `A: drop job="a", A: for 2m -> 1m`, mutants: 5, killed: 3},
		{name: "and not before", tests: firesAt2m + quietBefore, survivors: `A: drop job="a"`, mutants: 5, killed: 4},
		{name: "nor for others", tests: firesAt2m + quietBefore + foreign, mutants: 5, killed: 5},
		{name: "with an excuse", tests: firesAt2m + quietBefore, mutants: 5, killed: 4, pardonned: 1,
			excuses: map[string]string{`A: drop job="a"`: "there is one job"}},
		{name: "with excuses that are none", tests: firesAt2m + quietBefore + foreign, mutants: 5, killed: 5,
			excuses:  map[string]string{`A: drop job="a"`: "there is one job", "B: for 2m -> 1m": "gone"},
			unneeded: `A: drop job="a", B: for 2m -> 1m`},
	} {
		got, err := Gate(context.Background(), []*Suite{gated(t, test.tests)}, nil, test.excuses)
		if err != nil {
			t.Fatal(err)
		}
		var survivors []string
		for _, m := range got.Survivors {
			survivors = append(survivors, m.String())
		}
		if strings.Join(survivors, ", ") != test.survivors || strings.Join(got.Unneeded, ", ") != test.unneeded ||
			got.Mutants != test.mutants || got.Killed != test.killed || got.Excused != test.pardonned {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

// TestGateFollowsRecords: the alert that reads a recorded series, directly or not, notices its mutants.
func TestGateFollowsRecords(t *testing.T) {
	folder := t.TempDir()
	write(t, folder+"/r.yml", `
groups:
  - name: g
    rules:
      - {record: a, expr: sum by (job) (up)}
      - {record: b, expr: a * 2}
      - {alert: C, expr: b > 3}
      - {record: unread, expr: up}
`)
	write(t, folder+"/t.yml", `
rule_files: [r.yml]
tests:
  - input_series: [{series: 'up{job="a", i="1"}', values: 1x5}, {series: 'up{job="a", i="2"}', values: 1x5}]
    alert_rule_test: [{eval_time: 1m, alertname: C, exp_alerts: [{exp_labels: {job: a}}]}]
`)
	got, err := Gate(context.Background(), []*Suite{load(t, folder+"/t.yml")}, nil, nil)
	var survivors []string
	for _, m := range got.Survivors {
		survivors = append(survivors, m.String())
	}
	// The mutants of a's by are not here: the alert gets its label from it.
	want := []string{"b: 2 -> 1.6", "b: 2 -> 2.5", "C: 3 -> 2.4", "C: 3 -> 3.75"}
	if err != nil || !slices.Equal(survivors, want) {
		t.Errorf("%q, %v", survivors, err)
	}
}

// TestGateChooses: only the chosen mutants are tried.
func TestGateChooses(t *testing.T) {
	labels := func(m Mutant) bool { return strings.HasPrefix(m.Change, "drop label") }
	got, err := Gate(context.Background(), []*Suite{gated(t, firesAt2m)}, labels, nil)
	if err != nil || got.Mutants != 1 || got.Killed != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestGateNeedsPassingTests(t *testing.T) {
	s := gated(t, strings.ReplaceAll(firesAt2m, "page", "none"))
	_, err := Gate(context.Background(), []*Suite{s}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "does not pass over the unbroken rules") {
		t.Error(err)
	}
}

// BenchmarkGate runs the gate over the rules of testdata/service.yml: 28 rules, 31 tests.
func BenchmarkGate(b *testing.B) {
	s := load(b, "testdata/service.yml")
	for b.Loop() {
		report, err := Gate(context.Background(), []*Suite{s}, nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(report.Mutants), "mutants")
	}
}

func BenchmarkSuite(b *testing.B) {
	for b.Loop() {
		load(b, "testdata/service.yml").Run(context.Background())
	}
}
