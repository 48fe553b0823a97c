package verify

import (
	"context"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/report"
	"gaugewright/internal/rules"
)

// rule judges the expression of a rule. An alert without an answer is fine: nothing is wrong. A recording rule
// without one is a finding, since other queries read its record; unless the event has not happened yet.
func (j *judge) rule(ctx context.Context, path, group string, rule rules.Rule) (verdict, error) {
	r := &result{
		Judged: Judged{Place: report.Place{File: path, Line: rule.Line, Board: group, Panel: rule.Name()}, State: HasData},
		answer: view.Answer{Target: grafana.Target{Expr: rule.Expr}},
	}
	ok, err := j.prepare(ctx, r, rule.Expr, nil)
	if ok {
		err = j.evaluate(ctx, r, rule)
	}
	if err == nil && !r.isBlamed() {
		err = j.templates(ctx, r, rule)
	}
	if r.refused(err) {
		err = nil
	}
	switch {
	case r.isBlamed():
		r.State = Dead
	case r.unjudged != "":
		r.State, r.Why = NotJudged, r.unjudged
	}
	var v verdict
	v.add(r)
	return v, err
}

// evaluate runs a rule's expression, and judges the answer.
func (j *judge) evaluate(ctx context.Context, r *result, rule rules.Rule) error {
	a, err := j.timed(ctx, r, rule.Expr, true, 0, 0)
	if err != nil {
		return err
	}
	r.Series, r.Samples = len(a.series), a.samples
	r.remark(a)
	records := rule.Record != ""
	switch {
	case r.waiting != "":
		r.State, r.Why = NotYet, r.waiting
	case a.samples == 0:
		return j.concludeEmpty(ctx, r, rule)
	case a.finite == 0 && records:
		if r.oddWhy, err = j.whyNaN(ctx, rule.Expr, j.now(ctx), map[string]bool{}); err != nil {
			return err
		}
		r.blameOdd("it records only NaN and Inf")
	}
	if rule.Alert != "" {
		return j.edges(ctx, r, rule.Expr)
	}
	return nil
}

// concludeEmpty sets the state of a rule without an answer. For an alert that is as it should be, unless the observation
// was too short for it.
func (j *judge) concludeEmpty(ctx context.Context, r *result, rule rules.Rule) error {
	r.State, r.Why = Empty, "nothing is wrong"
	if rule.Record == "" && j.Observed == 0 {
		return j.edges(ctx, r, rule.Expr)
	}
	b, err := j.why(ctx, rule.Expr, j.now(ctx))
	switch {
	case err != nil:
		return err
	case rule.Record != "":
		r.concludeRecord(b)
		return nil
	case b.early:
		r.State, r.Why = NotYet, b.why
		r.note(b.why)
	}
	return j.edges(ctx, r, rule.Expr)
}
