package rules

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"

	"gaugewright/internal/engine"
)

// State is the state of an alert.
type State string

// The states. An alert is pending until its expression has held for the rule's for.
const (
	Pending  State = "pending"
	Firing   State = "firing"
	resolved State = "inactive"
)

// resolvedRetention is how long a server keeps an alert that has resolved, so that it can send it again.
const resolvedRetention = 15 * time.Minute

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
func (s *state) alert(ctx context.Context, e *engine.Engine, v promql.Vector, at time.Time) (promql.Vector, error) {
	present, err := s.present(ctx, e, v, at)
	if err != nil {
		return nil, err
	}
	for hash, a := range present {
		if known, ok := s.active[hash]; ok && known.state != resolved {
			known.sample, known.sampled, known.expanded = a.sample, at, false
			continue
		}
		s.active[hash] = a
	}
	var samples promql.Vector
	lasting := 0
	for hash, a := range s.active {
		if _, ok := present[hash]; ok {
			a.keptSince = time.Time{}
		} else if !s.keeps(a, at) {
			s.resolve(hash, a, at)
			continue
		}
		lasting++
		if a.state == Pending && at.Sub(a.activeAt) >= s.hold {
			a.state = Firing
		}
		samples = append(samples, s.samples(a, at.Add(-s.offset))...)
	}
	if s.limit > 0 && lasting > s.limit {
		clear(s.active)
		return nil, fmt.Errorf("%d alerts exceed the group's limit of %d", lasting, s.limit)
	}
	return samples, nil
}

// present makes an alert of each sample. The labels of the sample and of the rule identify it.
func (s *state) present(
	ctx context.Context, e *engine.Engine, v promql.Vector, at time.Time,
) (map[uint64]*active, error) {
	all := make(map[uint64]*active, len(v))
	builder := labels.NewBuilder(labels.EmptyLabels())
	for _, sample := range v {
		t := templates{ctx, e, s.external, s.Alert, sample, at}
		builder.Reset(sample.Metric)
		builder.Del(labels.MetricName)
		s.labels.Range(func(l labels.Label) { builder.Set(l.Name, t.expand(l.Value)) })
		builder.Set(labels.AlertName, s.Alert)
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
func (s *state) keeps(a *active, at time.Time) bool {
	if a.state != Firing || s.keep == 0 {
		return false
	}
	if a.keptSince.IsZero() {
		a.keptSince = at
	}
	return at.Sub(a.keptSince) < s.keep
}

// resolve drops a pending alert at once, and one that has fired after the retention.
func (s *state) resolve(hash uint64, a *active, at time.Time) {
	if a.state == Pending || !a.resolvedAt.IsZero() && at.Sub(a.resolvedAt) > resolvedRetention {
		delete(s.active, hash)
	}
	if a.state != resolved {
		a.state, a.resolvedAt = resolved, at
	}
}

// samples returns the series that a server writes about an alert: its state, and since when.
func (s *state) samples(a *active, at time.Time) promql.Vector {
	builder := labels.NewBuilder(s.labels)
	a.labels.Range(func(l labels.Label) { builder.Set(l.Name, l.Value) })
	builder.Set(labels.MetricName, forStateSeries)
	since := promql.Sample{Metric: builder.Labels(), T: at.UnixMilli(), F: float64(a.activeAt.Unix())}
	builder.Set(labels.MetricName, alertsSeries)
	builder.Set(stateLabel, string(a.state))
	return promql.Vector{{Metric: builder.Labels(), T: at.UnixMilli(), F: 1}, since}
}

// explained returns the alert's annotations, expanded with the expression's last sample for it.
func (s *state) explained(ctx context.Context, e *engine.Engine, a *active) labels.Labels {
	if a.expanded {
		return a.annotations
	}
	t := templates{ctx, e, s.external, s.Alert, a.sample, a.sampled}
	builder := labels.NewScratchBuilder(s.annotations.Len())
	s.annotations.Range(func(l labels.Label) { builder.Add(l.Name, t.expand(l.Value)) })
	a.annotations, a.expanded = builder.Labels(), true
	return a.annotations
}
