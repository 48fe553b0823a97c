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

// state is what one rule remembers between two evaluations.
type state struct {
	*rule
	external External
	active   map[uint64]*active           // alerts by the hash of their labels
	written  map[string]map[string]string // the labels of the series that the last evaluation wrote
}

func newState(r *rule, external External) *state {
	return &state{rule: r, external: external, active: map[uint64]*active{}}
}

// eval evaluates the rule at a time and writes what comes of it.
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

// advance takes the answer of the rule's expression at a time to the samples that the rule writes then.
func (s *state) advance(ctx context.Context, e *engine.Engine, v promql.Vector, at time.Time) (promql.Vector, error) {
	if s.Record != "" {
		return s.record(v)
	}
	return s.alert(ctx, e, v, at)
}

// record gives the rule's name and labels to each sample.
func (s *state) record(v promql.Vector) (promql.Vector, error) {
	builder := labels.NewBuilder(labels.EmptyLabels())
	for i := range v {
		builder.Reset(v[i].Metric)
		builder.Set(labels.MetricName, s.Record)
		s.labels.Range(func(l labels.Label) { builder.Set(l.Name, l.Value) })
		v[i].Metric = builder.Labels()
	}
	if v.ContainsSameLabelset() {
		return nil, errors.New("two of the series have the same labels once those of the rule are on them")
	}
	if s.limit > 0 && len(v) > s.limit {
		return nil, fmt.Errorf("%d series are more than the group's limit of %d", len(v), s.limit)
	}
	return v, nil
}

// write appends the samples, and ends each series that the evaluation before this one wrote and this one does not.
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
			// Refused where another rule has just written the series, which has not ended then.
			_ = e.Append(set, engine.Sample{T: at, V: engine.Stale()})
		}
	}
	s.written = written
	return failed
}

// instant is an instant query whose error is Prometheus's own, without the text of the query, which a rule's error
// would only repeat.
func instant(ctx context.Context, e *engine.Engine, query string, at time.Time) (engine.Result, error) {
	result, err := e.Instant(ctx, query, at)
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return result, err
}

// vector is the answer to an instant query, as Prometheus's own packages want it.
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
