package verify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/source"
)

// lookup is the source as one board's variables look up their values.
type lookup struct {
	source.Source
	missed []string // why questions have no answer
}

// isMissed reports whether a problem of a variable is that its question has no answer.
func (l *lookup) isMissed(problem string) bool {
	return slices.ContainsFunc(l.missed, func(reason string) bool { return strings.HasSuffix(problem, ": "+reason) })
}

func (l *lookup) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	values, err := l.Source.LabelValues(ctx, selector, label, from, to)
	return values, l.refusal(err)
}

func (l *lookup) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	names, err := l.Source.LabelNames(ctx, from, to)
	return names, l.refusal(err)
}

func (l *lookup) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	series, err := l.Source.Series(ctx, selector, from, to)
	return series, l.refusal(err)
}

func (l *lookup) Samples(ctx context.Context, query string, at time.Time) ([]view.Sample, error) {
	a, err := l.Source.Instant(ctx, query, at)
	var samples []view.Sample
	for _, s := range a.Series {
		samples = append(samples, view.Sample{Labels: s.Labels, Value: s.Samples[0].V})
	}
	return samples, l.refusal(err)
}

// refusal makes an error about the query, or about one question, one that ends only its variable.
func (l *lookup) refusal(err error) error {
	if why := noAnswer(err); why != "" {
		l.missed = append(l.missed, why)
		return &view.Refused{Reason: why}
	}
	var refused *source.Refused
	if errors.As(err, &refused) {
		return &view.Refused{Reason: refused.Reason}
	}
	return err
}
