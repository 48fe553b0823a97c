package main

import (
	"context"
	"math"
	"runtime"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana/view"
)

// source answers queries: the engine in this process, or a Prometheus elsewhere. A *view.Refused error is about
// the query; any other error ends the run.
type source interface {
	view.Source
	Instant(ctx context.Context, query string, at time.Time) (answer, error)
	Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (answer, error)
	// Parallel returns how many questions may be asked at once.
	Parallel() int
}

// answer holds the relevant parts of an answer.
type answer struct {
	series  []map[string]string // labels
	samples int
	finite  int      // samples other than NaN and Inf
	remarks []string // PromQL's warnings and infos
	server  []string // a server's remarks on itself: that the answer is partial
}

// open returns the source that the options name, filled if it is an engine, and the end of its data.
func (o options) open(ctx context.Context, f files) (source, time.Time, error) {
	end := time.Now().Truncate(time.Millisecond)
	if o.prometheus != nil {
		remote, err := newRemote(ctx, o.prometheus, o.access)
		return remote, end, err
	}
	h, err := newHistory(f)
	if err == nil && o.targets != nil {
		err = h.scrapeTargets(ctx, o.targets, end)
	} else if err == nil {
		err = h.runApp(ctx, end)
	}
	if err != nil {
		return nil, end, err
	}
	return memory{h.engine}, end, nil
}

// memory is a source over an engine.
type memory struct{ engine *engine.Engine }

func (memory) Parallel() int { return runtime.GOMAXPROCS(0) }

func (m memory) LabelValues(ctx context.Context, selector, label string, from, to time.Time) ([]string, error) {
	values, err := m.engine.LabelValues(ctx, selector, label, from, to)
	return values, refused(ctx, err)
}

func (m memory) Series(ctx context.Context, selector string, from, to time.Time) ([]map[string]string, error) {
	series, err := m.engine.Series(ctx, selector, from, to)
	return series, refused(ctx, err)
}

func (m memory) LabelNames(ctx context.Context, from, to time.Time) ([]string, error) {
	series, err := m.engine.Series(ctx, "", from, to)
	seen := map[string]bool{}
	var names []string
	for _, labels := range series {
		for name := range labels {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names, refused(ctx, err)
}

func (m memory) Samples(ctx context.Context, query string, at time.Time) ([]view.Sample, error) {
	result, err := m.engine.Instant(ctx, query, at)
	var samples []view.Sample
	for _, s := range result.Series {
		samples = append(samples, view.Sample{Labels: s.Labels, Value: s.Samples[0].V})
	}
	return samples, refused(ctx, err)
}

func (m memory) Instant(ctx context.Context, query string, at time.Time) (answer, error) {
	result, err := m.engine.Instant(ctx, query, at)
	return summed(result), refused(ctx, err)
}

func (m memory) Range(ctx context.Context, query string, start, end time.Time, step time.Duration) (answer, error) {
	result, err := m.engine.Range(ctx, query, start, end, step)
	return summed(result), refused(ctx, err)
}

// refused converts the engine's error: it is the query's fault, unless the run was interrupted.
func refused(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	return &view.Refused{Reason: err.Error()}
}

func summed(result engine.Result) answer {
	var a answer
	for _, s := range result.Series {
		a.series = append(a.series, s.Labels)
		a.samples += len(s.Samples)
		for _, sample := range s.Samples {
			if sample.H != nil || isFinite(sample.V) {
				a.finite++
			}
		}
	}
	a.remarks = append(append(a.remarks, result.Warnings...), result.Infos...)
	return a
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
