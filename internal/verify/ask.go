package verify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
)

func (j *judge) times(shown time.Duration, step, scrape time.Duration) query.Times {
	return query.Times{From: j.End.Add(-shown), To: j.End, Interval: step, Scrape: scrape}
}

// askAll runs a query of a panel over all ranges, for every copy of a repeated panel.
func (j *judge) askAll(ctx context.Context, at report.Place, o resolved, p grafana.Panel, t grafana.Target) (*result, error) {
	t.Legend = o.put(t.Legend)
	r := &result{
		Judged: Judged{Place: at, State: NotJudged, Why: skipped(t)}, answer: view.Answer{Target: t},
		excused: excuses(p.Defaults.NoValue),
	}
	if r.Why != "" {
		return r, nil
	}
	for i, shown := range o.ranges(p) {
		ok, err := j.askCopies(ctx, r, o.values[i], p, shown, existing(o.Variables, p))
		if err != nil {
			return r, fmt.Errorf("%s: %w", at, err)
		}
		if !ok {
			break
		}
	}
	if r.Why != "" {
		return r, nil
	}
	r.foldDead()
	r.judgeUnit(p)
	if r.query != nil && len(view.LegendLabels(t.Legend)) > 0 {
		var err error
		if r.others, err = j.others(ctx, r.query); r.refused(err) {
			return r, nil
		} else if err != nil {
			return r, err
		}
	}
	r.conclude(p.Defaults.NoValue)
	return r, nil
}

// skipped returns why a query is not judged at all, or an empty text.
func skipped(t grafana.Target) string {
	if t.Hidden && !t.Needed {
		return "hidden"
	}
	return t.Skip
}

// maxCopies bounds the copies of a repeated panel that are judged.
const maxCopies = 100

// askCopies runs a query over one range, for every copy of its panel. It reports whether other ranges are worth a try.
func (j *judge) askCopies(
	ctx context.Context, r *result, values map[string]query.Value, p grafana.Panel, shown time.Duration, variables []string,
) (all bool, err error) {
	t := r.answer.Target
	scrape := j.interval
	for _, least := range []string{p.Interval, t.Interval} {
		if d, ok := view.Duration(least); ok {
			scrape = max(scrape, d)
		}
	}
	step := view.Step(shown, p.MaxDataPoints, scrape) * time.Duration(t.Factor)
	copies, total := view.Copies(p, values, maxCopies)
	if total > len(copies) {
		r.note(fmt.Sprintf("the panel is repeated %d times: the first %d are judged", total, len(copies)))
	}
	all = true
	for _, values := range copies {
		text, err := query.Interpolate(t.Expr, values, j.times(shown, step, scrape))
		if why := unknownHere(err); why != "" {
			r.Why = why
			return false, nil
		}
		if err != nil {
			r.blame(broken, "%v", err)
			return false, nil
		}
		ok, err := j.over(ctx, r, text, shown, step, variables)
		if err != nil {
			return false, err
		}
		all = all && ok
	}
	return all, nil
}

// over runs a query over one range; the values of the variables exist. It reports whether other ranges are worth a try.
func (j *judge) over(
	ctx context.Context, r *result, text string, shown, step time.Duration, variables []string,
) (bool, error) {
	if ok, err := j.prepare(ctx, r, text, variables); err != nil || !ok {
		return false, err
	}
	for _, instant := range modes(r.answer.Target) {
		a, err := j.timed(ctx, r, text, instant, shown, step)
		if r.weight += a.weight(); r.weight > 2*maxAnswer && err == nil {
			err = errTooMany
		}
		if err == nil {
			r.take(a, shown)
			switch {
			case a.samples == 0 && !r.excused && r.waiting == "":
				err = j.explain(ctx, r, text, instant, shown, step)
			case a.samples > 0 && a.finite == 0:
				err = j.explainOdd(ctx, r, text, instant, shown, step)
			}
		}
		if r.refused(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
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

// timed runs a query, and adds the time that it took.
func (j *judge) timed(ctx context.Context, r *result, text string, instant bool, shown, step time.Duration) (answer, error) {
	started := time.Now()
	a, err := j.run(ctx, text, instant, shown, step)
	r.Took += time.Since(started)
	return a, err
}

func (j *judge) run(ctx context.Context, text string, instant bool, shown, step time.Duration) (answer, error) {
	question := text
	if !instant {
		question = fmt.Sprintf("%s %s %s", shown, step, text)
	}
	return j.answers.get(question, func() (answer, error) {
		var a source.Answer
		var err error
		if instant {
			a, err = j.source.Instant(ctx, text, j.End)
		} else {
			if j.Observed > 0 && strings.Contains(text, "absent") { // before the observation everything is absent
				shown = min(shown, j.Observed)
			}
			a, err = j.source.Range(ctx, text, j.End.Add(-shown.Truncate(step)), j.End, step) // so that the end is a point
		}
		made := summed(a)
		if made.weight() > maxAnswer {
			return answer{}, errTooMany
		}
		return made, err
	})
}
