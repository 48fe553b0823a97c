package dashboards

import (
	"strings"
	"time"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/metric/golang"
	"gaugewright/dashboards/promql"
)

// leak is something whose floor should not keep growing. The floor is what is left without bursts and the collector's
// sawtooth.
type leak struct {
	of     []subject     // the first one that the target has is judged
	over   time.Duration // the floor is the least value in this window
	since  time.Duration // how far back the other floor is
	limit  float64       // growth in that time, as a share, that counts as a leak
	small  float64       // a floor below this is harmless, whatever its growth
	uptime time.Duration // how long a process must have run, so that growth is not its warm-up
}

// subject is a gauge that may leak.
type subject struct {
	gauge metric.Gauge
	name  string // in a sentence
	means string
}

// The leaks that boards draw and alerts judge.
var (
	heapLeak = leak{
		of: []subject{
			{golang.GoGCHeapLiveBytes, "live heap", "Bytes that the last garbage collection found reachable"},
			{heapInUseNames[0], "heap in use", "Bytes in spans of the heap that hold objects, garbage included"},
			{golang.GoMemoryUsedBytes, "memory in use", "Bytes that the Go runtime holds and has not returned, stacks and garbage included"},
			{heapInUseNames[1], "heap in use", "Bytes in spans of the heap that hold objects, garbage included"},
		},
		over: 15 * time.Minute, since: time.Hour,
		limit: creepRed, small: 64 << 20, uptime: 3 * time.Hour,
	}
	goroutineLeak = leak{
		of:   []subject{{gauge: goroutineNames[0]}, {gauge: goroutineNames[1]}, {gauge: goroutineNames[2]}},
		over: 15 * time.Minute, since: 30 * time.Minute,
		limit: goroutinesRed, small: 200, uptime: 75 * time.Minute,
	}
)

// subject is the leak's subject that the target has, or the last one.
func (t Target) subject(l leak) subject {
	for _, of := range l.of {
		if !t.lacks(of.gauge.Name) {
			return of
		}
	}
	return l.of[len(l.of)-1]
}

// title is the subject as a panel's title.
func (b subject) title() string { return strings.ToUpper(b.name[:1]) + b.name[1:] }

// now is the subject's value, by process.
func (b subject) now(s promql.Scope) promql.Expr { return byProcess(s, b.gauge, s.Value(b.gauge)) }

// floor is the least value, some time ago. That time is at least the window, or the floors would overlap.
func (t Target) floor(l leak, s promql.Scope, ago time.Duration) promql.Expr {
	of := t.subject(l)
	s = s.Over(t.lasting(l.over))
	if ago > 0 {
		s = s.Offset(max(t.window(ago), t.window(l.over)))
	}
	return byProcess(s, of.gauge, s.MinOverTime(of.gauge))
}

// grown is the growth of the floor, some time ago, as a share of its earlier value.
func (t Target) grown(l leak, s promql.Scope, ago time.Duration) promql.Expr {
	return t.floor(l, s, ago).Div(t.floor(l, s, ago+l.since)).Sub(promql.Number(1))
}

// growth is the growth of the floor until now.
func (t Target) growth(l leak) func(promql.Scope) promql.Expr {
	return func(s promql.Scope) promql.Expr { return t.grown(l, s, 0) }
}

// growthOfLarge is growth for a panel on many processes: what is so small that its growth is harmless counts as zero.
// Else the largest growth of a hundred healthy processes would always be red.
func (t Target) growthOfLarge(l leak, s promql.Scope) promql.Expr {
	return t.grown(l, s, 0).Mul(t.floor(l, s, 0).Bool().Ge(promql.Number(l.small)))
}

// leaking keeps what also grew before, is large enough, has run for long enough, and does not follow the traffic.
func (t Target) leaking(l leak) func(promql.Scope, promql.Expr) promql.Expr {
	return func(s promql.Scope, e promql.Expr) promql.Expr {
		e = e.And(t.grown(l, s, l.since).Ge(promql.Number(l.limit))).And(t.floor(l, s, 0).Ge(promql.Number(l.small)))
		return t.unlessRamp(s, t.uptimeOver(s, e, l.uptime), 2*l.since)
	}
}

// history is how far back the growth looks.
func (t Target) history(l leak) string { return t.spoken(l.over + l.since) }

// uptimeOver keeps processes that have run for long enough.
func (t Target) uptimeOver(s promql.Scope, e promql.Expr, uptime time.Duration) promql.Expr {
	return e.And(promql.First(
		s.Since(golang.ProcessStartTimeSeconds).Ge(promql.Number(t.window(uptime).Seconds())),
		perProcess(s, s.Value(metric.Gauge(golang.RuntimeUptimeMillisecondsTotal))).Base().Ge(promql.Number(t.window(uptime).Seconds())),
		unbroken(s, t.window(uptime))))
}

// unbroken are processes, by OpenTelemetry's current names, that existed at that time and have not restarted since:
// none of its metrics has a process's start time.
func unbroken(s promql.Scope, since time.Duration) promql.Expr {
	began := golang.GoMemoryAllocatedBytesTotal
	resets := perProcess(s, s.Over(promql.Lasting(since)).Resets(began))
	return resets.Eq(promql.Number(0)).And(perProcess(s, s.Offset(since).Raw(began)))
}

// traffic is the number of requests a second that each process answers.
func (t Target) traffic(s promql.Scope) promql.Expr {
	return requests{t.HTTP, t.people(s), promql.Scope.Rate}.outcomes().all(t.Identity...)
}

// ramp is the growth of traffic, in the time over which a leak is judged, from which memory may grow with it.
const ramp = 1.1

// unlessRamp leaves out processes with growing traffic: more requests at once need more memory and more goroutines.
// Requests are counted over a quarter of the span at its end and at its beginning; a service without request metrics
// is judged by its CPU time.
func (t Target) unlessRamp(s promql.Scope, e promql.Expr, span time.Duration) promql.Expr {
	s = s.Over(t.lasting(span / 4))
	traffic := func(s promql.Scope) promql.Expr {
		return promql.First(t.traffic(s), s.Rate(golang.ProcessCPUSecondsTotal))
	}
	before := s.Offset(max(t.window(span), t.window(span/4)))
	return e.Unless(traffic(s).Div(traffic(before)).Ge(promql.Number(ramp)))
}
