package values

import (
	"context"
	"errors"
	"time"

	"gaugewright/internal/source"
)

// noting is a source that notes the first question without an answer.
type noting struct {
	source.Source
	first *source.Unanswered
}

func note[T any](n *noting, answer T, err error) (T, error) {
	var unanswered *source.Unanswered
	if n.first == nil && errors.As(err, &unanswered) {
		n.first = unanswered
	}
	return answer, err
}

func (n *noting) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	values, err := n.Source.LabelValues(ctx, selector, label, from, to)
	return note(n, values, err)
}

func (n *noting) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	names, err := n.Source.LabelNames(ctx, from, to)
	return note(n, names, err)
}

func (n *noting) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	series, err := n.Source.Series(ctx, selector, from, to)
	return note(n, series, err)
}

func (n *noting) Instant(ctx context.Context, query string, at time.Time) (source.Answer, error) {
	answer, err := n.Source.Instant(ctx, query, at)
	return note(n, answer, err)
}

func (n *noting) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (source.Answer, error) {
	answer, err := n.Source.Range(ctx, query, start, end, step)
	return note(n, answer, err)
}
