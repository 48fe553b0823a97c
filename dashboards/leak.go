package dashboards

import (
	"time"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/promql"
)

// leak is a gauge whose floor should not go on growing: what is left of it when bursts and the collector's sawtooth are
// taken away.
type leak struct {
	gauge  metric.Gauge
	over   time.Duration // the window that the floor is the least value of
	since  time.Duration // what the floor is compared with lies this far back
	limit  float64       // growth in that time, as a share, from which on it leaks
	small  float64       // a floor below this costs nothing, whatever its growth
	uptime time.Duration // how long a process must have run before growth is no warm-up
}

// The leaks that boards draw and alerts judge.
var (
	heapLeak = leak{
		gauge: app.GoGCHeapLiveBytes, over: 15 * time.Minute, since: time.Hour,
		limit: creepRed, small: 64 << 20, uptime: 3 * time.Hour,
	}
	goroutineLeak = leak{
		gauge: app.GoGoroutines, over: 15 * time.Minute, since: 30 * time.Minute,
		limit: goroutinesRed, small: 200, uptime: 75 * time.Minute,
	}
)

// floor is the least value, some time ago. That time is never shorter than the window, or the floors would overlap.
func (t Target) floor(l leak, s promql.Scope, ago time.Duration) promql.Expr {
	s = s.Over(t.lasting(l.over))
	if ago > 0 {
		s = s.Before(max(t.window(ago), t.window(l.over)))
	}
	return s.Floor(l.gauge)
}

// grown is how much the floor grew by some time ago, as a share of what it had been.
func (t Target) grown(l leak, s promql.Scope, ago time.Duration) promql.Expr {
	return t.floor(l, s, ago).Div(t.floor(l, s, ago+l.since)).Sub(promql.Number(1))
}

// growth is how much the floor grew until now.
func (t Target) growth(l leak) func(promql.Scope) promql.Expr {
	return func(s promql.Scope) promql.Expr { return t.grown(l, s, 0) }
}

// leaking keeps what grew before too, is no trifle, has run for long enough, and does not follow the traffic.
func (t Target) leaking(l leak) func(promql.Scope, promql.Expr) promql.Expr {
	return func(s promql.Scope, e promql.Expr) promql.Expr {
		e = e.And(t.grown(l, s, l.since).AtLeast(l.limit)).And(t.floor(l, s, 0).AtLeast(l.small))
		return t.unlessRamp(s, t.uptimeOver(s, e, l.uptime), 2*l.since)
	}
}

// history is how far back the growth looks.
func (t Target) history(l leak) string { return t.spoken(l.over + l.since) }

// uptimeOver keeps what belongs to processes that have run for long enough.
func (t Target) uptimeOver(s promql.Scope, e promql.Expr, uptime time.Duration) promql.Expr {
	return e.And(s.Since(app.ProcessStartTimeSeconds).AtLeast(t.window(uptime).Seconds()))
}

// ramp is growth of traffic in the time that a leak is judged over, from which on memory may well grow with it.
const ramp = 1.1

// unlessRamp leaves out processes whose traffic has been growing too: more requests at once need more memory and more
// goroutines. Requests are counted over a quarter of the span at its end and at its beginning.
func (t Target) unlessRamp(s promql.Scope, e promql.Expr, span time.Duration) promql.Expr {
	s = t.people(s).Over(t.lasting(span / 4))
	rate := func(s promql.Scope) promql.Expr { return t.HTTP.rate(s, t.Identity...) }
	before := s.Before(max(t.window(span), t.window(span/4)))
	return e.Unless(rate(s).Div(rate(before)).AtLeast(ramp))
}
