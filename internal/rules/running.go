package rules

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"

	"gaugewright/internal/engine"
)

// Running is a rule between two evaluations: its alerts, and the series that it wrote last. It is for one goroutine.
type Running struct {
	*Compiled
	engine   *engine.Engine
	external External
	active   map[uint64]*active           // alerts by the hash of their labels
	written  map[string]map[string]string // the labels of the series that the last evaluation wrote
}

// Eval evaluates the rule at a time and writes the result.
func (r *Running) Eval(ctx context.Context, at time.Time) error {
	v, err := instant(ctx, r.engine, r.Query, at.Add(-r.offset))
	if err != nil {
		return err
	}
	samples, err := r.advance(ctx, v, at)
	if err != nil {
		return err
	}
	return r.write(samples, at.Add(-r.offset))
}

// Take is Eval where the result of the expression is known. It does not write the series about alerts.
func (r *Running) Take(ctx context.Context, v promql.Vector, at time.Time) error {
	samples, err := r.advance(ctx, v, at)
	if err == nil && r.Record != "" {
		err = r.write(samples, at)
	}
	return err
}

// advance converts the result of the rule's expression into the samples that the rule writes.
func (r *Running) advance(ctx context.Context, v promql.Vector, at time.Time) (promql.Vector, error) {
	if r.Record != "" {
		return r.record(v)
	}
	return r.alert(ctx, v, at)
}

// record gives each sample the rule's name and labels.
func (r *Running) record(v promql.Vector) (promql.Vector, error) {
	builder := labels.NewBuilder(labels.EmptyLabels())
	for i := range v {
		builder.Reset(v[i].Metric)
		builder.Set(model.MetricNameLabel, r.Record)
		r.labels.Range(func(l labels.Label) { builder.Set(l.Name, l.Value) })
		v[i].Metric = builder.Labels()
	}
	if v.ContainsSameLabelset() {
		return nil, errors.New("two series have the same labels after the rule's labels are added")
	}
	if r.Group.Limit > 0 && len(v) > r.Group.Limit {
		return nil, fmt.Errorf("%d series exceed the group's limit of %d", len(v), r.Group.Limit)
	}
	return v, nil
}

// write appends the samples. It ends each series that the previous evaluation wrote and this one does not.
func (r *Running) write(samples promql.Vector, at time.Time) error {
	var failed error
	var buffer [1024]byte
	written := make(map[string]map[string]string, len(samples))
	for _, sample := range samples {
		key := sample.Metric.Bytes(buffer[:])
		set, ok := r.written[string(key)]
		if !ok {
			set = sample.Metric.Map()
		}
		if err := r.engine.Append(set, engine.Sample{T: at, V: sample.F, H: sample.H}); err != nil {
			failed = err
			continue
		}
		written[string(key)] = set
	}
	for key, set := range r.written {
		if _, ok := written[key]; !ok {
			// An error means that another rule has just written the series: then it has not ended.
			_ = r.engine.Append(set, engine.Sample{T: at, V: engine.Stale()})
		}
	}
	r.written = written
	return failed
}

// Instant evaluates an expression as a server evaluates that of a rule: a subquery without a step gets the given one.
// It changes the expression.
func Instant(
	ctx context.Context, e *engine.Engine, expr parser.Expr, step time.Duration, at time.Time,
) (promql.Vector, error) {
	setSteps(expr, step)
	return instant(ctx, e, expr.String(), at)
}

// instant runs an instant query. Its error is Prometheus's own, without the query's text, which the rule's error
// already has.
func instant(ctx context.Context, e *engine.Engine, query string, at time.Time) (promql.Vector, error) {
	result, err := e.Instant(ctx, query, at)
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return vector(result), err
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
