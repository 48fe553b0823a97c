package ruletest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"

	"gaugewright/internal/engine"
	"gaugewright/internal/rules"
)

// test is a test of a suite. It is read once and run over many sets of rules.
type test struct {
	testFile
	name     string // unnamed#0 if the file has none
	start    time.Time
	gap      time.Duration // from one input sample to the next
	interval time.Duration // from one evaluation to the next
	steps    int           // the last evaluation is this many intervals after the start
	fuzzy    bool
	series   []engine.Series
	broken   error
}

// newTest prepares a test. It adds its values to those of the file.
func newTest(i int, file testFile, s *Suite, values *int) *test {
	t := &test{
		testFile: file,
		name:     cmp.Or(file.Name, fmt.Sprintf("unnamed#%d", i)),
		start:    file.Start.Time,
		gap:      time.Duration(cmp.Or(file.Interval, s.Interval)),
		interval: time.Duration(s.Interval),
		fuzzy:    s.FuzzyCompare,
	}
	if t.start.IsZero() {
		t.start = time.Unix(0, 0).UTC()
	}
	// As in promtool, alerts are compared in the order of time, expressions in the order of the file.
	slices.SortStableFunc(t.AlertTests, func(a, b alertTest) int { return cmp.Compare(a.EvalTime, b.EvalTime) })
	t.steps = t.lastStep()
	for i, check := range t.ExprTests {
		if expr, err := rules.PromQL.ParseExpr(check.Expr); err == nil {
			t.ExprTests[i].reads = readingOf(expr)
		}
	}
	for _, check := range t.AlertTests {
		if check.Alert == "" {
			t.broken = fmt.Errorf("an item under alert_rule_test misses required attribute alertname at eval_time %v",
				check.EvalTime)
			if t.Name != "" {
				t.broken = fmt.Errorf("%w (in TestGroup %s)", t.broken, t.Name)
			}
		}
	}
	if err := t.checkSize(values); err != nil {
		t.broken = err
	}
	if t.broken == nil {
		t.series, t.broken = t.input()
	}
	return t
}

// step returns the number of the last evaluation that is not after a time.
func (t *test) step(eval time.Duration) int { return int(eval / t.interval) }

// lastStep returns the number of the last evaluation that a check asks for.
func (t *test) lastStep() int {
	last := 0
	for _, check := range t.AlertTests {
		last = max(last, t.step(time.Duration(check.EvalTime)))
	}
	for _, check := range t.ExprTests {
		last = max(last, t.step(time.Duration(check.EvalTime)))
	}
	return last
}

// at returns the time of an evaluation.
func (t *test) at(step int) time.Time { return t.start.Add(time.Duration(step) * t.interval) }

// run runs the test over rules, and returns the failures.
func (t *test) run(ctx context.Context, rules []*rule) []Failure {
	if t.broken != nil {
		return []Failure{wholeTest(t.broken)}
	}
	evaluated, err := t.evaluate(ctx, rules)
	var failures []Failure
	for _, check := range t.AlertTests {
		if at := t.step(time.Duration(check.EvalTime)); at < evaluated.steps {
			failures = append(failures, t.compareAlerts(check, evaluated.fired[firedKey{at, check.Alert}])...)
		}
	}
	if err != nil {
		return append(failures, wholeTest(err))
	}
	for _, check := range t.ExprTests {
		failures = append(failures, t.compareExpr(ctx, evaluated.engine, check)...)
	}
	return failures
}

// reads returns what the expressions under test read. An invalid one reads nothing.
func (t *test) reads() reading {
	var all reading
	for _, check := range t.ExprTests {
		all.names = append(all.names, check.reads.names...)
		all.all = all.all || check.reads.all
	}
	return all
}

// only returns the test with only the checks that the rules can affect: the alerts that they make, and the
// expressions that read their output. It returns nil if there are none.
func (t *test) only(rules []*rule) *test {
	less := *t
	less.AlertTests = slices.DeleteFunc(slices.Clone(t.AlertTests), func(check alertTest) bool {
		return !slices.ContainsFunc(rules, func(r *rule) bool { return r.Alert == check.Alert })
	})
	less.ExprTests = slices.DeleteFunc(slices.Clone(t.ExprTests), func(check exprTest) bool {
		return !slices.ContainsFunc(rules, func(r *rule) bool { return check.reads.any(r.writes) })
	})
	if len(less.AlertTests)+len(less.ExprTests) == 0 {
		return nil
	}
	less.steps = less.lastStep()
	return &less
}

// answer evaluates an expression under test at a time.
func (t *test) answer(ctx context.Context, e *engine.Engine, text string, at time.Time) (promql.Vector, error) {
	expr, err := rules.PromQL.ParseExpr(text)
	if err != nil {
		return nil, err
	}
	if kind := expr.Type(); kind != parser.ValueTypeVector && kind != parser.ValueTypeScalar {
		return nil, errors.New("rule result is not a vector or scalar")
	}
	return rules.Instant(ctx, e, expr, t.interval, at)
}
