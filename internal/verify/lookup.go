package verify

import (
	"context"
	"errors"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/source"
)

// lookup is the source as variables look up their values.
type lookup struct{ source.Source }

func (l lookup) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	values, err := l.Source.LabelValues(ctx, selector, label, from, to)
	return values, refusal(err)
}

func (l lookup) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	names, err := l.Source.LabelNames(ctx, from, to)
	return names, refusal(err)
}

func (l lookup) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	series, err := l.Source.Series(ctx, selector, from, to)
	return series, refusal(err)
}

func (l lookup) Samples(ctx context.Context, query string, at time.Time) ([]grafana.Sample, error) {
	a, err := l.Source.Instant(ctx, query, at)
	var samples []grafana.Sample
	for _, s := range a.Series {
		samples = append(samples, grafana.Sample{Labels: s.Labels, Value: s.Samples[0].V})
	}
	return samples, refusal(err)
}

// refusal makes an error about the query one that ends only its variable.
func refusal(err error) error {
	var refused *source.Refused
	if errors.As(err, &refused) {
		return &grafana.Refused{Reason: refused.Reason}
	}
	return err
}
