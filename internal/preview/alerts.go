package preview

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/rules"
	"gaugewright/internal/source"
)

// Alert is an alert that would be pending or firing now.
type Alert struct {
	Name    string            `json:"name"`
	State   rules.State       `json:"state"`
	Since   time.Time         `json:"since"`   // its expression holds
	IsOlder bool              `json:"isOlder"` // it may hold for longer: nobody looked further back
	Value   float64           `json:"value"`
	Labels  map[string]string `json:"labels"` // of the series and of the rule
	Series  string            `json:"series"` // the same as one text
	Why     string            `json:"why"`    // the rule could not be evaluated; then there is nothing else but its name
}

// back is how far back it is seen since when an expression holds, and how finely.
const (
	back  = time.Hour
	looks = 240
)

// Alerts returns the alerts of rule files that would be pending or firing on a source, those that fire first. Since their
// expressions are asked anew over the last hour, the rules need not be loaded anywhere; what they read from recording
// rules must be there. An error comes from the source.
func Alerts(ctx context.Context, files []rules.File, src source.Source, now time.Time) ([]Alert, error) {
	all := []Alert{}
	now = now.Truncate(time.Millisecond) // as samples are
	for _, file := range files {
		for _, rule := range file.Alerts() {
			active, err := activeNow(ctx, rule, src, now)
			if err != nil {
				return nil, err
			}
			all = append(all, active...)
		}
	}
	slices.SortStableFunc(all, func(a, b Alert) int {
		return cmp.Or(cmp.Compare(rank[a.State], rank[b.State]), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Series, b.Series))
	})
	return all, nil
}

var rank = map[rules.State]int{rules.Firing: 1, rules.Pending: 2, "": 3}

// activeNow returns the alerts of one rule.
func activeNow(ctx context.Context, rule rules.Placed, src source.Source, now time.Time) ([]Alert, error) {
	hold, keep := time.Duration(rule.For), time.Duration(rule.KeepFiringFor)
	span := back + hold + keep
	step := max(span/looks, time.Second).Truncate(time.Second)
	start := now.Add(-span.Truncate(step))
	answer, err := src.Range(ctx, rule.Expr, start, now, step)
	if err != nil {
		if text := reason(err); text != "" {
			return []Alert{{Name: rule.Alert, Why: text}}, nil
		}
		return nil, err
	}
	var active []Alert
	for _, series := range answer.Series {
		since, isActive := held(series.Samples, now, step, hold, keep)
		if !isActive {
			continue
		}
		labels := maps.Clone(series.Labels)
		delete(labels, "__name__")
		maps.Copy(labels, rule.Labels)
		one := Alert{
			Name: rule.Alert, State: rules.Pending, Since: since, IsOlder: since.Equal(start), Labels: labels,
			Value: series.Samples[len(series.Samples)-1].V, Series: view.SeriesText(labels),
		}
		if now.Sub(since) >= hold {
			one.State = rules.Firing
		}
		active = append(active, one)
	}
	return active, nil
}

// held returns since when an alert is active: its expression holds without a gap, or it fired and is kept firing.
func held(samples []source.Sample, now time.Time, step, hold, keep time.Duration) (since time.Time, isActive bool) {
	var last time.Time
	for _, s := range samples {
		fired := !last.IsZero() && last.Sub(since) >= hold
		if gap := s.T.Sub(last); last.IsZero() || gap > step && !(fired && gap-step < keep) {
			since = s.T
		}
		last = s.T
	}
	fired := last.Sub(since) >= hold
	return since, !last.IsZero() && (!last.Before(now) || fired && now.Sub(last) < keep)
}

// reason returns why a question has no answer. It is empty for an error that ends the work.
func reason(err error) string {
	var refused *source.Refused
	var unanswered *source.Unanswered
	switch {
	case errors.As(err, &refused):
		return refused.Reason
	case errors.As(err, &unanswered):
		return unanswered.Reason
	}
	return ""
}

func (p *Preview) serveAlerts(w http.ResponseWriter, r *http.Request) {
	free, err := p.busy(r.Context())
	if err != nil {
		return // the viewer is gone
	}
	defer free()
	p.again()
	p.mu.RLock()
	files := p.files.Rules
	p.mu.RUnlock()
	all, err := Alerts(r.Context(), files, p.Source, p.latest())
	if err != nil {
		p.fail(w, http.StatusBadGateway, err.Error())
		return
	}
	p.answer(w, all)
}
