package opened

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/source"
)

// longest is the longest range that is asked for.
const longest = 366 * 24 * time.Hour

// span returns the range that a panel shows: the board's, or its own.
func (o *opening) span(p Panel) (from, to time.Time) {
	from, to = o.From, o.To
	p.From, p.To = from, to
	if own, ok := view.Duration(strings.TrimPrefix(p.Put(p.TimeFrom), "now-")); ok && own > 0 && own <= longest {
		from = to.Add(-own)
	}
	if shift, ok := view.Duration(strings.TrimPrefix(p.Put(p.TimeShift), "now-")); ok && shift <= longest {
		from, to = from.Add(-shift), to.Add(-shift)
	}
	return from, to
}

// queries returns the queries of a panel, without answers. Hidden ones are asked only where others need them.
func queries(p Panel) (all []Query) {
	for _, t := range p.Targets {
		if !t.Hidden || t.Needed {
			all = append(all, Query{Target: t, Why: t.Skip})
		}
	}
	return all
}

// ask asks the queries of all panels, several at once. The first error ends it.
func (o *opening) ask(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wait sync.WaitGroup
	var first sync.Once
	var cause error
	for i := range o.Shown {
		p := &o.Shown[i]
		for j := range p.Queries {
			q := &p.Queries[j]
			if q.Why != "" {
				continue
			}
			wait.Go(func() {
				if err := o.answer(ctx, p, q); err != nil {
					first.Do(func() { cause = fmt.Errorf("panel %q: %w", p.Title, err) })
					cancel()
				}
			})
		}
	}
	wait.Wait()
	return cause
}

// slot waits until a question may be asked. It returns the function to call when that is answered, so that another may be.
func (o *opening) slot(ctx context.Context) (free func(), err error) {
	select {
	case o.Slots <- struct{}{}:
		return func() { <-o.Slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// answer asks one query, as a range, at one time, or both.
func (o *opening) answer(ctx context.Context, p *Panel, q *Query) error {
	times := p.times()
	times.Scrape = o.Scrape
	for _, least := range []string{p.Interval, q.Interval} {
		if d, ok := view.Duration(p.Put(least)); ok {
			times.Scrape = max(times.Scrape, d)
		}
	}
	points := p.MaxDataPoints
	if points == 0 {
		points = o.Points
	}
	free, err := o.slot(ctx) // before the texts are made, which may be long
	if err != nil {
		return err
	}
	defer free()
	q.Step = view.Step(p.To.Sub(p.From), points, times.Scrape) * time.Duration(max(1, q.Factor))
	times.Interval = q.Step
	q.Legend = view.Put(q.Legend, p.Values, times, view.InLegend)
	text, err := query.Interpolate(q.Expr, p.Values, times)
	if err != nil {
		q.Why = err.Error()
		return nil
	}
	if o.texts.Add(int64(len(text)+len(q.Legend))) > maxTexts {
		q.Legend, q.Why = "", fmt.Sprintf("with it, the board's queries and legends would have more than %d MiB, the limit", maxTexts>>20)
		return nil
	}
	q.Text = text
	if q.Range {
		// The end is a point, so the last value is the newest.
		start := p.To.Add(-p.To.Sub(p.From).Truncate(q.Step))
		a, err := o.source.Range(ctx, text, start, p.To, q.Step)
		if err := o.take(q, Answer{false, a}, err); err != nil {
			return err
		}
	}
	if q.Instant && q.Why == "" {
		a, err := o.source.Instant(ctx, text, p.To)
		return o.take(q, Answer{true, a}, err)
	}
	return nil
}

// take keeps an answer, or why there is none. It returns an error that ends the work.
func (o *opening) take(q *Query, a Answer, err error) error {
	switch why, _ := reason(err); {
	case err == nil && o.isTooMuch(a):
		q.Answers, q.Why = nil, fmt.Sprintf("with it, the board's answers would have more than %d samples, the limit", maxSamples)
	case err == nil:
		q.Answers = append(q.Answers, a)
	case why != "":
		q.Why = why
	default:
		return err
	}
	return nil
}

// seriesSize is the size of a series' labels, in samples.
const seriesSize = 20

// isTooMuch reports whether the board's answers are too many with this one; else it counts it.
func (o *opening) isTooMuch(a Answer) bool {
	samples, _ := a.Samples()
	samples += seriesSize * len(a.Series)
	if o.samples.Add(int64(samples)) <= maxSamples {
		return false
	}
	o.samples.Add(-int64(samples)) // a smaller one may still have room
	return true
}

// reason returns why a source did not answer one question, and whether another try might be answered. It is empty for
// an error that ends the work.
func reason(err error) (why string, isUnanswered bool) {
	var refused *source.Refused
	var unanswered *source.Unanswered
	switch {
	case errors.As(err, &refused):
		return refused.Reason, false
	case errors.As(err, &unanswered):
		return unanswered.Reason, true
	}
	return "", false
}
