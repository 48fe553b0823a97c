package opened

import (
	"context"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/source"
)

// Lookup is a source as a board's variables look up their values.
type Lookup struct{ source.Source }

// LabelValues asks the source.
func (l Lookup) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	values, err := l.Source.LabelValues(ctx, selector, label, from, to)
	return values, refusal(err)
}

// LabelNames asks the source.
func (l Lookup) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	names, err := l.Source.LabelNames(ctx, from, to)
	return names, refusal(err)
}

// Series asks the source.
func (l Lookup) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	series, err := l.Source.Series(ctx, selector, from, to)
	return series, refusal(err)
}

// Samples asks the source.
func (l Lookup) Samples(ctx context.Context, query string, at time.Time) ([]view.Sample, error) {
	a, err := l.Source.Instant(ctx, query, at)
	var samples []view.Sample
	for _, s := range a.Series {
		samples = append(samples, view.Sample{Labels: s.Labels, Value: s.Samples[0].V})
	}
	return samples, refusal(err)
}

// refusal makes an error that ends only one question one that ends only its variable.
func refusal(err error) error {
	if why, isUnanswered := reason(err); why != "" {
		return &view.Refused{Reason: why, IsUnanswered: isUnanswered}
	}
	return err
}
