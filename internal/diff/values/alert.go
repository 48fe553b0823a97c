package values

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/common/model"

	"gaugewright/internal/diff"
	"gaugewright/internal/source"
)

// rule asks a rule's expression as often as its group is evaluated.
func (w *work) rule(ctx context.Context, r diff.Rule) (answer, error) {
	a := answer{texts: []string{r.Expr}}
	got, err := w.Range(ctx, r.Expr, w.From, w.To, w.every(r))
	var refused *source.Refused
	var unanswered *source.Unanswered
	switch {
	case errors.As(err, &refused), errors.As(err, &unanswered):
		a.why = err.Error()
		return a, nil
	case err != nil:
		return a, err
	}
	for _, s := range got.Series {
		a.series = append(a.series, newSeries(s))
	}
	return a, nil
}

func (w *work) every(r diff.Rule) time.Duration {
	if d := parsed(r.Interval); d > 0 {
		return d
	}
	return w.Scrape
}

// parsed reads a duration of a rule file; 0 is none.
func parsed(text string) time.Duration {
	d, _ := model.ParseDuration(text)
	return time.Duration(d)
}

// alert compares when two versions of an alert would have fired. Without an old one it is new.
func (w *work) alert(ctx context.Context, old *diff.Rule, new diff.Rule) (finding, error) {
	b, err := w.rule(ctx, new)
	if err != nil || b.why != "" {
		return finding{}, err
	}
	after := w.fired(b, new)
	if old == nil {
		if after.total == 0 {
			return finding{}, nil
		}
		return say("the alert would have fired for " + after.String()), nil
	}
	a, err := w.rule(ctx, *old)
	if err != nil || a.why != "" {
		return finding{}, err
	}
	before := w.fired(a, *old)
	if before.total == 0 && after.total == 0 && (len(a.series) == 0 || len(b.series) == 0) {
		return w.neverFires(ctx, *old, new)
	}
	switch {
	case before.total == after.total && after.total == 0:
		return same("the alert would never have fired, as before"), nil
	case before == after:
		return same("the alert would have fired for " + after.String() + ", as before"), nil
	case before.total == 0:
		return say("the alert would have fired for " + after.String() + "; before: never"), nil
	case after.total == 0:
		why, foreign, err := w.missing(ctx, new.Expr)
		return say("the alert would never have fired"+why+"; before: for "+before.String(), foreign...), err
	}
	return say("the alert would have fired for " + after.String() + "; before: for " + before.String()), nil
}

// neverFires tells an alert that is quiet from one that lacks its series. Nothing is said where both versions lack them.
func (w *work) neverFires(ctx context.Context, old, new diff.Rule) (finding, error) {
	before, _, err := w.missing(ctx, old.Expr)
	if err != nil {
		return finding{}, err
	}
	after, foreign, err := w.missing(ctx, new.Expr)
	switch {
	case err != nil, before != "" && after != "":
		return finding{}, err
	case after != "":
		return say("the alert can no longer fire"+after, foreign...), nil
	case before != "":
		return say("the alert has its series now; it would never have fired"), nil
	}
	return same("the alert would never have fired, as before"), nil
}

// firing is when an alert fired, for any of its series.
type firing struct {
	total       time.Duration
	first, last int64 // milliseconds
}

// fired follows an alert through its evaluations as Prometheus does: it fires once its expression has held for the time
// of "for", and goes on for the time of "keep_firing_for".
// https://github.com/prometheus/prometheus/blob/main/rules/alerting.go
func (w *work) fired(a answer, r diff.Rule) firing {
	hold, keep, step := parsed(r.For).Milliseconds(), parsed(r.KeepFiringFor).Milliseconds(), w.every(r).Milliseconds()
	isFiring := map[int64]bool{}
	for _, s := range a.series {
		began, last, fires := int64(0), int64(-1), false
		for _, p := range s.points {
			if last < 0 || p.at-last > step+keep || p.at-last > step && !fires {
				began, fires = p.at, false
			}
			for at := last + step; fires && at < p.at; at += step { // kept
				isFiring[at] = true
			}
			fires = fires || p.at-began >= hold
			isFiring[p.at] = isFiring[p.at] || fires
			last = p.at
		}
		for at := last + step; fires && at <= last+keep && at <= w.To.UnixMilli(); at += step {
			isFiring[at] = true
		}
	}
	var f firing
	for at, is := range isFiring {
		if !is {
			continue
		}
		if f.total == 0 || at < f.first {
			f.first = at
		}
		f.last = max(f.last, at)
		f.total += w.every(r)
	}
	return f
}

// String says how long it fired.
func (f firing) String() string {
	minutes := int(f.total.Round(time.Minute).Minutes())
	switch {
	case f.total < time.Minute:
		return fmt.Sprintf("%d seconds", int(f.total.Seconds()))
	case minutes == 1:
		return "1 minute"
	}
	return fmt.Sprintf("%d minutes", minutes)
}
