package ruletest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"

	"gaugewright/internal/engine"
	"gaugewright/internal/rules"
)

// evaluation is the state of a test after its rules were evaluated.
type evaluation struct {
	engine *engine.Engine // the input and the series that the rules wrote
	fired  map[firedKey][]explained
	steps  int // number of evaluations that succeeded
}

// firedKey is an evaluation and an alert name.
type firedKey struct {
	step  int
	alert string
}

// explained is a firing alert with its annotations.
type explained struct{ labels, annotations labels.Labels }

// evaluate evaluates the rules at every interval. The error is from the first evaluation at which a rule fails.
//
// Rules that read only the input and each other, in order, are evaluated one after the other, each over the whole
// time. That is many times faster. Where this is not possible, or fails, all rules are evaluated at each time in
// turn, as in a server.
func (t *test) evaluate(ctx context.Context, all []*rule) (evaluation, error) {
	if t.inColumns(all) {
		if done, err := t.columns(ctx, all); err == nil {
			return done, nil
		}
	}
	return t.rows(ctx, all)
}

func (t *test) external() rules.External {
	return rules.External{Labels: t.ExternalLabels, URL: t.ExternalURL}
}

// wanted returns the alert names that the test asks for after each evaluation.
func (t *test) wanted() map[firedKey]bool {
	wanted := map[firedKey]bool{}
	for _, check := range t.AlertTests {
		wanted[firedKey{t.step(time.Duration(check.EvalTime)), check.Alert}] = true
	}
	return wanted
}

// rows evaluates all rules at each time in turn. Samples are loaded when their time comes.
func (t *test) rows(ctx context.Context, all []*rule) (evaluation, error) {
	e, err := engine.New(nil)
	if err != nil {
		return evaluation{}, err
	}
	done := evaluation{engine: e, fired: map[firedKey][]explained{}}
	var running []*rules.Running
	for _, r := range all {
		running = append(running, r.Start(e, t.external()))
	}
	left, wanted := t.series, t.wanted()
	for step := range t.steps + 1 {
		at := t.at(step)
		if left, err = feed(e, left, at); err != nil {
			return done, err
		}
		var failed []error
		for _, r := range running {
			if err := r.Eval(ctx, at); err != nil {
				failed = append(failed, fmt.Errorf("    rule: %s, time: %s, err: %w", r.Name(), at.Sub(time.Unix(0, 0)), err))
			}
		}
		if failed != nil {
			return done, errors.Join(failed...)
		}
		done.steps++
		for _, r := range running {
			done.note(ctx, r, step, wanted)
		}
	}
	return done, nil
}

// note keeps the firing alerts of a rule where the test asks for them.
func (done evaluation) note(ctx context.Context, r *rules.Running, step int, wanted map[firedKey]bool) {
	key := firedKey{step, r.Alert}
	if !wanted[key] {
		return
	}
	for _, a := range r.Alerts(ctx) {
		if a.State == rules.Firing {
			done.fired[key] = append(done.fired[key], explained{labels.FromMap(a.Labels), labels.FromMap(a.Annotations)})
		}
	}
}

// inColumns reports whether each rule can be evaluated over the whole time before the next one.
func (t *test) inColumns(all []*rule) bool {
	if t.reads().any([]string{rules.AlertsSeries, rules.ForStateSeries}) {
		return false // columns does not write them
	}
	for i, r := range all {
		if r.reads.all || r.reads.fixed || r.Group.QueryOffset != nil || r.Group.Limit != 0 {
			return false
		}
		for j, other := range all {
			if j >= i && r.reads.any(other.writes) || j > i && mayCollide(r, other) {
				return false
			}
		}
		if r.reads.any([]string{rules.AlertsSeries, rules.ForStateSeries}) || slices.ContainsFunc(t.series, func(s engine.Series) bool {
			return slices.Contains(r.writes, s.Labels[model.MetricNameLabel])
		}) {
			return false
		}
	}
	return true
}

// columns evaluates each rule over the whole time before the next one. It does not write ALERTS.
func (t *test) columns(ctx context.Context, all []*rule) (evaluation, error) {
	e, err := engine.New(t.series)
	if err != nil {
		return evaluation{}, err
	}
	done := evaluation{engine: e, fired: map[firedKey][]explained{}, steps: t.steps + 1}
	wanted := t.wanted()
	for _, r := range all {
		result, err := e.Range(ctx, r.Query, t.start, t.at(t.steps), t.interval)
		if err != nil {
			return evaluation{}, err
		}
		running := r.Start(e, t.external())
		for step, v := range t.vectors(result) {
			if err := running.Take(ctx, v, t.at(step)); err != nil {
				return evaluation{}, err
			}
			done.note(ctx, running, step, wanted)
		}
	}
	return done, nil
}

// vectors returns the result at each step of a range query.
func (t *test) vectors(result engine.Result) []promql.Vector {
	all := make([]promql.Vector, t.steps+1)
	for _, series := range result.Series {
		set := labels.FromMap(series.Labels)
		for _, sample := range series.Samples {
			step := int(sample.T.Sub(t.start) / t.interval)
			all[step] = append(all[step], promql.Sample{
				Metric: set, T: sample.T.UnixMilli(), F: sample.V, H: sample.H,
			})
		}
	}
	return all
}
