package rules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/engine"
)

// Runner evaluates groups of rules over an engine and writes their results to it. It is for one goroutine.
type Runner struct {
	groups []*schedule
}

// schedule is a group and its next time.
type schedule struct {
	name     string
	interval time.Duration
	due      time.Time
	rules    []*Running
}

// NewRunner returns a runner for groups, which it evaluates in the given order. An invalid expression is an error.
func NewRunner(e *engine.Engine, groups []Group, external External) (*Runner, error) {
	r := &Runner{}
	for _, group := range groups {
		s := &schedule{name: group.Name, interval: time.Duration(group.Interval)}
		for _, rule := range group.Rules {
			compiled, err := Compile(group, rule, 0)
			if err != nil {
				return nil, err
			}
			s.rules = append(s.rules, compiled.Start(e, external))
		}
		r.groups = append(r.groups, s)
	}
	return r, nil
}

// Eval evaluates every group that is due; a group without an interval always is. A failing rule does not stop the
// others. The errors name group, rule and reason.
func (r *Runner) Eval(ctx context.Context, at time.Time) error {
	var failed []error
	for _, group := range r.groups {
		if at.Before(group.due) {
			continue
		}
		group.due = at.Add(group.interval)
		for _, rule := range group.rules {
			if err := rule.Eval(ctx, at); err != nil {
				failed = append(failed, fmt.Errorf("group %s: %s: %w", group.name, rule.title(), err))
			}
			rule.explain(ctx)
		}
	}
	return errors.Join(failed...)
}

// Alerts returns the pending and firing alerts of the last evaluation, sorted by their labels.
func (r *Runner) Alerts() []Alert {
	var all []Alert
	for _, group := range r.groups {
		for _, rule := range group.rules {
			all = append(all, rule.Alerts(context.Background())...) // all were explained by Eval
		}
	}
	slices.SortStableFunc(all, func(a, b Alert) int {
		return cmp.Compare(a.Labels[labels.AlertName], b.Labels[labels.AlertName])
	})
	return all
}
