// Package engine evaluates PromQL over series in memory with Prometheus's own engine, at its defaults: five minutes of
// lookback, @ and negative offsets allowed, no experimental functions. It stores nothing on disk, scrapes nothing and
// runs no rules; series go in whole, and a query in which variables are left is not one it knows.
package engine

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
)

// Series is what one set of labels has measured. The metric's name is the label __name__.
type Series struct {
	Labels  map[string]string
	Samples []Sample // in order of time
}

// Sample is a value at a time, which is kept to the millisecond.
type Sample struct {
	T time.Time
	V float64
}

// Result is the answer to a query.
type Result struct {
	// Series are in the engine's order: that of sort and topk in an instant query, by labels in a range query. A scalar
	// is one series without labels.
	Series []Series
	// Warnings and Infos are PromQL's own remarks, such as that a metric under rate might not be a counter; sorted.
	Warnings, Infos []string
}

// Limits that only a broken query meets; the number of samples is Prometheus's default.
const (
	maxSamples = 50_000_000
	timeout    = 2 * time.Minute
)

// Engine answers queries over the series it was made with. It may be used by several goroutines.
type Engine struct {
	engine *promql.Engine
	store  store
}

// New makes an engine over series. It fails where two have the same labels and where samples are not in order of time.
func New(series []Series) (*Engine, error) {
	store, err := newStore(series)
	if err != nil {
		return nil, err
	}
	return &Engine{
		engine: promql.NewEngine(promql.EngineOpts{
			MaxSamples:           maxSamples,
			Timeout:              timeout,
			LookbackDelta:        5 * time.Minute,
			EnableAtModifier:     true,
			EnableNegativeOffset: true,
			// A subquery without a step takes the evaluation interval, which is a minute unless configured.
			NoStepSubqueryIntervalFn: func(int64) int64 { return time.Minute.Milliseconds() },
			Parser:                   parser.NewParser(parser.Options{}),
		}),
		store: store,
	}, nil
}

// Instant evaluates a query at one time.
func (e *Engine) Instant(ctx context.Context, query string, at time.Time) (Result, error) {
	q, err := e.engine.NewInstantQuery(ctx, e.store, nil, query, at)
	if err != nil {
		return Result{}, fmt.Errorf("query %s: %w", query, err)
	}
	return execute(ctx, q, query)
}

// Range evaluates a query at start and then at every step, up to end.
func (e *Engine) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (Result, error) {
	switch {
	case step < time.Millisecond:
		return Result{}, fmt.Errorf("query %s: a step of %s is less than a millisecond", query, step)
	case end.Before(start):
		return Result{}, fmt.Errorf("query %s: the end %s is before the start %s", query, end, start)
	}
	q, err := e.engine.NewRangeQuery(ctx, e.store, nil, query, start, end, step)
	if err != nil {
		return Result{}, fmt.Errorf("query %s: %w", query, err)
	}
	return execute(ctx, q, query)
}

func execute(ctx context.Context, q promql.Query, text string) (Result, error) {
	defer q.Close()
	answer := q.Exec(ctx)
	if answer.Err != nil {
		return Result{}, fmt.Errorf("query %s: %w", text, answer.Err)
	}
	var result Result
	result.Warnings, result.Infos = answer.Warnings.AsStrings(text, 0, 0)
	slices.Sort(result.Warnings)
	slices.Sort(result.Infos)
	switch value := answer.Value.(type) {
	case promql.Scalar:
		result.Series = []Series{one(labels.EmptyLabels(), value.T, value.V)}
	case promql.Vector:
		for _, sample := range value {
			result.Series = append(result.Series, one(sample.Metric, sample.T, sample.F))
		}
	case promql.Matrix:
		for _, series := range value {
			all := Series{Labels: series.Metric.Map()}
			for _, point := range series.Floats {
				all.Samples = append(all.Samples, Sample{time.UnixMilli(point.T), point.F})
			}
			result.Series = append(result.Series, all)
		}
	default:
		return Result{}, fmt.Errorf("query %s: the answer is a %s, not series", text, answer.Value.Type())
	}
	return result, nil
}

func one(set labels.Labels, t int64, v float64) Series {
	return Series{Labels: set.Map(), Samples: []Sample{{time.UnixMilli(t), v}}}
}
