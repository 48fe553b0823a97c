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

// state is what a rule remembers between two evaluations.
type state struct {
	*rule
	external External
	active   map[uint64]*active           // alerts by the hash of their labels
	written  map[string]map[string]string // the labels of the series that the last evaluation wrote
}

func newState(r *rule, external External) *state {
	return &state{rule: r, external: external, active: map[uint64]*active{}}
}

// eval evaluates the rule at a time and writes the result.
func (s *state) eval(ctx context.Context, e *engine.Engine, at time.Time) error {
	result, err := instant(ctx, e, s.expr, at.Add(-s.offset))
	if err != nil {
		return err
	}
	samples, err := s.advance(ctx, e, vector(result), at)
	if err != nil {
		return err
	}
	return s.write(e, samples, at.Add(-s.offset))
}

// advance converts the result of the rule's expression into the samples that the rule writes.
func (s *state) advance(ctx context.Context, e *engine.Engine, v promql.Vector, at time.Time) (promql.Vector, error) {
	if s.Record != "" {
		return s.record(v)
	}
	return s.alert(ctx, e, v, at)
}

// record gives each sample the rule's name and labels.
func (s *state) record(v promql.Vector) (promql.Vector, error) {
	builder := labels.NewBuilder(labels.EmptyLabels())
	for i := range v {
		builder.Reset(v[i].Metric)
		builder.Set(labels.MetricName, s.Record)
		s.labels.Range(func(l labels.Label) { builder.Set(l.Name, l.Value) })
		v[i].Metric = builder.Labels()
	}
	if v.ContainsSameLabelset() {
		return nil, errors.New("two series have the same labels after the rule's labels are added")
	}
	if s.limit > 0 && len(v) > s.limit {
		return nil, fmt.Errorf("%d series exceed the group's limit of %d", len(v), s.limit)
	}
	return v, nil
}

// write appends the samples. It ends each series that the previous evaluation wrote and this one does not.
func (s *state) write(e *engine.Engine, samples promql.Vector, at time.Time) error {
	var failed error
	var buffer [1024]byte
	written := make(map[string]map[string]string, len(samples))
	for _, sample := range samples {
		key := sample.Metric.Bytes(buffer[:])
		set, ok := s.written[string(key)]
		if !ok {
			set = sample.Metric.Map()
		}
		if err := e.Append(set, engine.Sample{T: at, V: sample.F, H: sample.H}); err != nil {
			failed = err
			continue
		}
		written[string(key)] = set
	}
	for key, set := range s.written {
		if _, ok := written[key]; !ok {
			// An error means that another rule has just written the series: then it has not ended.
			_ = e.Append(set, engine.Sample{T: at, V: engine.Stale()})
		}
	}
	s.written = written
	return failed
}

// instant runs an instant query. Its error is Prometheus's own, without the query's text, which the rule's error
// already has.
func instant(ctx context.Context, e *engine.Engine, query string, at time.Time) (engine.Result, error) {
	result, err := e.Instant(ctx, query, at)
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return result, err
}

// vector converts the result of an instant query to the type of Prometheus's own packages.
func vector(result engine.Result) promql.Vector {
	v := make(promql.Vector, 0, len(result.Series))
	for _, series := range result.Series {
		last := series.Samples[len(series.Samples)-1]
		v = append(v, promql.Sample{
			Metric: labels.FromMap(series.Labels), T: last.T.UnixMilli(), F: last.V, H: last.H,
		})
	}
	return v
}
