package rules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"gaugewright/internal/engine"
)

// Runner evaluates groups of rules over an engine and writes their results to it. It is for one goroutine.
type Runner struct {
	engine *engine.Engine
	groups []*schedule
}

// schedule is a group and its next time.
type schedule struct {
	name     string
	interval time.Duration
	due      time.Time
	rules    []*state
}

// Alert is a pending or firing alert.
type Alert struct {
	State       State
	Labels      map[string]string // with alertname
	Annotations map[string]string
	ActiveAt    time.Time // when the expression began to hold
	Value       float64   // last value of the expression
}

// NewRunner returns a runner for groups, which it evaluates in the given order. An invalid expression is an error.
func NewRunner(e *engine.Engine, groups []Group, external External) (*Runner, error) {
	r := &Runner{engine: e}
	for _, group := range groups {
		s := &schedule{name: group.Name, interval: time.Duration(group.Interval)}
		for _, rule := range group.Rules {
			compiled, err := compile(group, rule, 0)
			if err != nil {
				return nil, err
			}
			s.rules = append(s.rules, newState(compiled, external))
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
			if err := rule.eval(ctx, r.engine, at); err != nil {
				failed = append(failed, fmt.Errorf("group %s: %s: %w", group.name, rule.title(), err))
			}
			for _, a := range rule.active {
				rule.explained(ctx, r.engine, a)
			}
		}
	}
	return errors.Join(failed...)
}

// Alerts returns the pending and firing alerts of the last evaluation, sorted by their labels.
func (r *Runner) Alerts() []Alert {
	var all []Alert
	for _, group := range r.groups {
		for _, rule := range group.rules {
			for _, a := range slices.SortedFunc(maps.Values(rule.active), byLabels) {
				if a.state == resolved {
					continue
				}
				all = append(all, Alert{
					a.state, a.labels.Map(), a.annotations.Map(), a.activeAt, a.sample.F,
				})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Alert) int {
		return cmp.Compare(a.Labels[labels.AlertName], b.Labels[labels.AlertName])
	})
	return all
}

func byLabels(a, b *active) int { return labels.Compare(a.labels, b.labels) }
