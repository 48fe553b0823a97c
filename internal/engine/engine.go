// Package engine keeps series in memory as Prometheus 3 does at ingestion, and evaluates PromQL over them with
// Prometheus's own engine at its defaults: five minutes of lookback, @ and negative offsets allowed, no experimental
// functions. Series come in whole, sample by sample, or as scrapes of a target, with its labels, its up and its
// staleness markers, at times that the caller gives. Old samples stay until the caller has them forgotten. The package
// does not fetch pages, write to disk, run rules, or accept queries that still contain variables.
package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"

	"gaugewright/internal/query"
)

// Series is a set of labels and its samples. The metric's name is the label __name__. A label with an empty value
// does not count.
type Series struct {
	Labels  map[string]string
	Samples []Sample // in order of time
}

// Sample is a value and its time, to the millisecond.
type Sample struct {
	T time.Time
	V float64                   // 0 where H is set
	H *histogram.FloatHistogram // a native histogram, else nil; stored without a copy, so it must not be changed
}

// Limits that only a broken query reaches, beside those that are held against it before. Prometheus's defaults are twice as
// many samples, and two minutes.
const (
	maxSamples = 25_000_000
	timeout    = 20 * time.Second
)

// defaultStep is the step of a subquery that names none: Prometheus's evaluation interval, which is a minute by default.
const defaultStep = time.Minute

// lookback is how long a sample is found.
const lookback = 5 * time.Minute

// Engine evaluates queries over its series. Several goroutines may use it: queries run in parallel, and Append and
// Scrape wait for them.
type Engine struct {
	// HonorLabels lets a label of a page win over a label of the target, as honor_labels does. Set it before the first
	// scrape.
	HonorLabels bool

	engine *promql.Engine
	parser parser.Parser

	mu      sync.RWMutex // guards the fields below
	store   *store
	targets map[string]*target // by their labels
	about   map[string]Metadata
}

// New returns an engine with the given series, possibly none. Two series with the same labels, and samples out of
// order, are errors.
func New(series []Series) (*Engine, error) {
	store := newStore()
	for _, one := range series {
		if err := store.addSeries(one); err != nil {
			return nil, err
		}
	}
	return &Engine{engine: evaluator(), parser: queryParser, store: store,
		targets: map[string]*target{}, about: map[string]Metadata{}}, nil
}

var queryParser = parser.NewParser(parser.Options{})

// evaluator is Prometheus's engine. It keeps nothing of a query, so all of ours share it.
var evaluator = sync.OnceValue(func() *promql.Engine {
	return promql.NewEngine(promql.EngineOpts{
		MaxSamples:               maxSamples,
		Timeout:                  timeout,
		LookbackDelta:            lookback,
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
		NoStepSubqueryIntervalFn: func(int64) int64 { return defaultStep.Milliseconds() },
		Parser:                   queryParser,
	})
})

// Append adds a sample to the series with these labels, and creates the series if needed. As in Prometheus, a sample
// older than the last one is refused. Of two samples at one time the first is kept; different values are an error.
func (e *Engine) Append(set map[string]string, s Sample) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.store.append(e.store.series(fromMap(set)), s.stored())
}

// Instant evaluates a query at one time.
func (e *Engine) Instant(ctx context.Context, text string, at time.Time) (Result, error) {
	return e.execute(ctx, text, func() (promql.Query, error) {
		return e.engine.NewInstantQuery(ctx, e.store, nil, text, at)
	})
}

// Range evaluates a query at start and then at every step, up to end.
func (e *Engine) Range(ctx context.Context, text string, start, end time.Time, step time.Duration) (Result, error) {
	switch {
	case step < time.Millisecond:
		return Result{}, fmt.Errorf("query %s: a step of %s is less than a millisecond", begin(text), step)
	case end.Before(start):
		return Result{}, fmt.Errorf("query %s: the end %s is before the start %s", begin(text), end, start)
	}
	return e.execute(ctx, text, func() (promql.Query, error) {
		return e.engine.NewRangeQuery(ctx, e.store, nil, text, start, end, step)
	})
}

func (e *Engine) execute(ctx context.Context, text string, prepare func() (promql.Query, error)) (Result, error) {
	if err := query.CheckInterpolated(text); err != nil {
		return Result{}, fmt.Errorf("query %s: %w", begin(text), &TooMuch{err.Error()})
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	q, err := prepare()
	if err != nil {
		return Result{}, fmt.Errorf("query %s: %w", begin(text), err)
	}
	defer q.Close()
	release, err := e.afford(ctx, q.Statement())
	if err != nil {
		return Result{}, fmt.Errorf("query %s: %w", begin(text), err)
	}
	defer release()
	answer := q.Exec(ctx)
	if answer.Err != nil {
		return Result{}, fmt.Errorf("query %s: %w", begin(text), exceeded(answer.Err))
	}
	result, err := newResult(answer, text)
	if err != nil {
		return Result{}, fmt.Errorf("query %s: %w", begin(text), err)
	}
	result.Read = q.Stats().Samples.TotalSamples
	return result, nil
}

// begin returns the beginning of a query, for a message.
func begin(text string) string {
	const most = 300
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// exceeded returns *TooMuch for Prometheus's own limits.
func exceeded(err error) error {
	if errors.As(err, new(promql.ErrTooManySamples)) {
		return &TooMuch{fmt.Sprintf("more than %d samples at once, the limit of a query", maxSamples)}
	}
	if errors.As(err, new(promql.ErrQueryTimeout)) {
		return &TooMuch{fmt.Sprintf("it takes more than %s, the limit of a query", timeout)}
	}
	return err
}

func fromMap(set map[string]string) labels.Labels { return labels.FromMap(set).WithoutEmpty() }
