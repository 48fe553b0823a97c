package source

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"time"

	"gaugewright/internal/engine"
)

// Memory is a source over an engine in this process.
type Memory struct{ Engine *engine.Engine }

// Parallel returns the number of processors.
func (Memory) Parallel() int { return runtime.GOMAXPROCS(0) }

// LabelValues asks the engine.
func (m Memory) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	values, err := m.Engine.LabelValues(ctx, selector, label, from, to)
	return values, refused(ctx, err)
}

// LabelNames asks the engine.
func (m Memory) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	names, err := m.Engine.LabelNames(ctx, from, to)
	return names, refused(ctx, err)
}

// Series asks the engine.
func (m Memory) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	series, err := m.Engine.Series(ctx, selector, from, to)
	return series, refused(ctx, err)
}

// Instant evaluates the query.
func (m Memory) Instant(ctx context.Context, query string, at time.Time) (Answer, error) {
	result, err := m.Engine.Instant(ctx, query, at)
	return ofEngine(result), refused(ctx, err)
}

// Range evaluates the query.
func (m Memory) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (Answer, error) {
	result, err := m.Engine.Range(ctx, query, start, end, step)
	return ofEngine(result), refused(ctx, err)
}

// refused converts the engine's error: it is the query's fault, unless the work was interrupted, or would be too much.
func refused(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	if errors.As(err, new(*engine.TooMuch)) {
		return &Unanswered{Reason: err.Error()}
	}
	return &Refused{Reason: err.Error()}
}

func ofEngine(result engine.Result) Answer {
	return Answer{Series: result.Series, Remarks: slices.Concat(result.Warnings, result.Infos)}
}
