package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// opened is a board with its variables resolved for each of the ranges.
type opened struct {
	boardFile
	values []map[string]query.Value // one for each range of shown
}

func (j *judge) times(shown time.Duration, step, scrape time.Duration) query.Times {
	return query.Times{From: j.end.Add(-shown), To: j.end, Interval: step, Scrape: scrape}
}

// ask runs a query of a panel over all ranges.
func (j *judge) ask(ctx context.Context, at place, o opened, p grafana.Panel, t grafana.Target) (*result, error) {
	t.Legend = view.Put(t.Legend, o.values[0], query.Times{}, view.InLegend)
	r := &result{judged: judged{place: at, State: notJudged, Why: t.Skip}, answer: view.Answer{Target: t}}
	if t.Hidden && !t.Needed {
		r.Why = "hidden"
	}
	if r.Why != "" {
		return r, nil
	}
	scrape := j.interval
	for _, least := range []string{p.Interval, t.Interval} {
		if d, ok := view.Duration(least); ok {
			scrape = max(scrape, d)
		}
	}
	for i, shown := range shown {
		copies, _ := view.Copies(p, o.values[i], 1)
		step := view.Step(shown, p.MaxDataPoints, scrape) * time.Duration(t.Factor)
		text, err := query.Interpolate(t.Expr, copies[0], j.times(shown, step, scrape))
		if err != nil {
			r.blame(broken, "%v", err)
			break
		}
		if ok, err := j.over(ctx, r, text, shown, step, o.board.Variables); err != nil || !ok {
			if err != nil {
				return r, fmt.Errorf("%s: %w", at, err)
			}
			break
		}
	}
	r.conclude(p.Defaults.NoValue)
	return r, nil
}

// over runs a query over one range. It reports whether other ranges are worth a try.
func (j *judge) over(
	ctx context.Context, r *result, text string, shown, step time.Duration, variables []grafana.Variable,
) (bool, error) {
	read, err := j.look(ctx, text)
	if r.refused(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r.labels, r.isBrief = read.labels, j.isBrief(read)
	var wrong []lack
	if len(read.waits) > 0 {
		wrong = pickedIn(r.answer.Target.Expr, variables).wrong(read)
	}
	for _, note := range read.notes {
		if !slices.ContainsFunc(wrong, func(l lack) bool { return l.note == note }) {
			r.note(note)
		}
	}
	missing, waiting, err := j.lacks(ctx, read)
	if r.refused(err) {
		return false, nil
	}
	if missing == "" && len(wrong) > 0 {
		missing = wrong[0].String() + wrong[0].has
	}
	if waiting != "" && missing == "" {
		r.wait(waiting)
	}
	if missing != "" || err != nil {
		r.blame(dead, "%s", missing)
		return false, err
	}
	for _, problem := range read.wrong {
		r.blame(label, "%s", problem.Message)
	}
	for _, instant := range modes(r.answer.Target) {
		started := time.Now()
		a, err := j.run(ctx, text, instant, shown, step)
		r.Took += time.Since(started)
		if r.refused(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		r.take(a, shown)
	}
	return true, nil
}

// modes returns how a query runs: true for an instant query, false for a range query, or both.
func modes(t grafana.Target) []bool {
	var all []bool
	if t.Range {
		all = append(all, false)
	}
	if t.Instant {
		all = append(all, true)
	}
	return all
}

func (j *judge) run(ctx context.Context, text string, instant bool, shown, step time.Duration) (answer, error) {
	question := text
	if !instant {
		question = fmt.Sprintf("%s %s %s", shown, step, text)
	}
	return j.answers.get(question, func() (answer, error) {
		if instant {
			return j.source.Instant(ctx, text, j.end)
		}
		return j.source.Range(ctx, text, j.end.Add(-shown.Truncate(step)), j.end, step) // so that the end is a point
	})
}
