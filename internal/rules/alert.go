package rules

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
)

// State is the state of an alert.
type State string

// The states. An alert is pending until its expression has held for the rule's for.
const (
	Pending  State = "pending"
	Firing   State = "firing"
	resolved State = "inactive"
)

// The series that every pending or firing alert writes.
const (
	ForStateSeries = "ALERTS_FOR_STATE"
	AlertsSeries   = "ALERTS"
	stateLabel     = "alertstate"
)

// resolvedRetention is how long a server keeps an alert that has resolved, so that it can send it again.
const resolvedRetention = 15 * time.Minute

// Alert is a pending or firing alert.
type Alert struct {
	State       State
	Labels      map[string]string // with alertname
	Annotations map[string]string
	ActiveAt    time.Time // when the expression began to hold
	Value       float64   // last value of the expression
}

// active is an alert that a rule remembers.
type active struct {
	labels      labels.Labels // with alertname
	sample      promql.Sample // the expression's last sample for it
	sampled     time.Time
	state       State
	activeAt    time.Time
	keptSince   time.Time // set while only keep_firing_for keeps it firing
	resolvedAt  time.Time
	annotations labels.Labels // as of sampled; filled on demand
	expanded    bool
}

// alert advances the rule's alerts by one evaluation. It returns the samples of ALERTS and ALERTS_FOR_STATE.
func (r *Running) alert(ctx context.Context, v promql.Vector, at time.Time) (promql.Vector, error) {
	present, err := r.present(ctx, v, at)
	if err != nil {
		return nil, err
	}
	for hash, a := range present {
		if known, ok := r.active[hash]; ok && known.state != resolved {
			known.sample, known.sampled, known.expanded = a.sample, at, false
			continue
		}
		r.active[hash] = a
	}
	var samples promql.Vector
	lasting := 0
	for hash, a := range r.active {
		if _, ok := present[hash]; ok {
			a.keptSince = time.Time{}
		} else if !r.keeps(a, at) {
			r.resolve(hash, a, at)
			continue
		}
		lasting++
		if a.state == Pending && at.Sub(a.activeAt) >= r.hold {
			a.state = Firing
		}
		samples = append(samples, r.samples(a, at.Add(-r.offset))...)
	}
	if r.Group.Limit > 0 && lasting > r.Group.Limit {
		clear(r.active)
		return nil, fmt.Errorf("%d alerts exceed the group's limit of %d", lasting, r.Group.Limit)
	}
	return samples, nil
}

// present makes an alert of each sample. The labels of the sample and of the rule identify it.
func (r *Running) present(ctx context.Context, v promql.Vector, at time.Time) (map[uint64]*active, error) {
	all := make(map[uint64]*active, len(v))
	builder := labels.NewBuilder(labels.EmptyLabels())
	for _, sample := range v {
		t := templates{ctx, r.engine, r.external, r.Alert, sample, at}
		builder.Reset(sample.Metric)
		builder.Del(model.MetricNameLabel)
		r.labels.Range(func(l labels.Label) { builder.Set(l.Name, t.expand(l.Value)) })
		builder.Set(labels.AlertName, r.Alert)
		set := builder.Labels()
		hash := set.Hash()
		if _, ok := all[hash]; ok {
			return nil, errors.New("two alerts have the same labels after the rule's labels are added")
		}
		all[hash] = &active{labels: set, sample: sample, sampled: at, state: Pending, activeAt: at}
	}
	return all, nil
}

// keeps reports whether keep_firing_for keeps an alert firing whose expression no longer holds.
func (r *Running) keeps(a *active, at time.Time) bool {
	if a.state != Firing || r.keep == 0 {
		return false
	}
	if a.keptSince.IsZero() {
		a.keptSince = at
	}
	return at.Sub(a.keptSince) < r.keep
}

// resolve drops a pending alert at once, and one that has fired after the retention.
func (r *Running) resolve(hash uint64, a *active, at time.Time) {
	if a.state == Pending || !a.resolvedAt.IsZero() && at.Sub(a.resolvedAt) > resolvedRetention {
		delete(r.active, hash)
	}
	if a.state != resolved {
		a.state, a.resolvedAt = resolved, at
	}
}

// samples returns the series that a server writes about an alert: its state, and since when.
func (r *Running) samples(a *active, at time.Time) promql.Vector {
	builder := labels.NewBuilder(r.labels)
	a.labels.Range(func(l labels.Label) { builder.Set(l.Name, l.Value) })
	builder.Set(model.MetricNameLabel, ForStateSeries)
	since := promql.Sample{Metric: builder.Labels(), T: at.UnixMilli(), F: float64(a.activeAt.Unix())}
	builder.Set(model.MetricNameLabel, AlertsSeries)
	builder.Set(stateLabel, string(a.state))
	return promql.Vector{{Metric: builder.Labels(), T: at.UnixMilli(), F: 1}, since}
}

// Alerts returns the pending and firing alerts, sorted by their labels.
func (r *Running) Alerts(ctx context.Context) []Alert {
	r.explain(ctx)
	var all []Alert
	for _, a := range slices.SortedFunc(maps.Values(r.active), byLabels) {
		if a.state != resolved {
			all = append(all, Alert{a.state, a.labels.Map(), a.annotations.Map(), a.activeAt, a.sample.F})
		}
	}
	return all
}

func byLabels(a, b *active) int { return labels.Compare(a.labels, b.labels) }

// explain expands the annotations of the alerts, with the expression's last sample for each.
func (r *Running) explain(ctx context.Context) {
	for _, a := range r.active {
		if a.expanded || a.state == resolved {
			continue
		}
		t := templates{ctx, r.engine, r.external, r.Alert, a.sample, a.sampled}
		builder := labels.NewScratchBuilder(r.annotations.Len())
		r.annotations.Range(func(l labels.Label) { builder.Add(l.Name, t.expand(l.Value)) })
		a.annotations, a.expanded = builder.Labels(), true
	}
}
