package dashboards

import (
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric/app"
	"gaugewright/dashboards/promql"
)

// MemoryRules judge the live heap, by process.
func MemoryRules(t Target) []alert.Group {
	return []alert.Group{{Name: "memory", Alerts: []alert.Alert{t.memoryCreep(), t.limitNear(), t.limitAhead()}}}
}

// A heap below this is small whatever its growth: it would take a working day to matter.
const smallHeap = 64 << 20

// How long a process must have run before its growth is no warm-up.
const (
	creepUptime    = 3 * time.Hour
	forecastUptime = 2 * time.Hour
)

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

func (t Target) memoryCreep() alert.Alert {
	return alert.Alert{
		Name: "GoMemoryCreep", Severity: alert.Warning, For: t.window(15 * time.Minute),
		Board: "go-memory", Panel: "Heap floor growth",
		Quantity: t.creep, Limit: creepRed,
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			hourBefore := t.floor(s, floorSince).Div(t.floor(s, 2*floorSince)).Sub(promql.Number(1))
			e = e.And(hourBefore.AtLeast(creepRed)).And(t.floor(s, 0).AtLeast(smallHeap))
			return t.unlessRamp(s, t.uptimeOver(s, e, creepUptime), 2*floorSince)
		},
		Summary: "the live heap's floor grew by {{ $value | humanizePercentage }} in " + t.spoken(floorSince) + ", and as much before",
		Description: "Memory that the program still holds keeps growing while traffic does not. Take two heap profiles half an hour apart " +
			"and compare them with go tool pprof -diff_base.",
	}
}

func (t Target) limitNear() alert.Alert {
	return alert.Alert{
		Name: "GoNearMemoryLimit", Severity: alert.Critical, For: t.window(5 * time.Minute),
		Board: "go-memory", Panel: "Memory limit in use",
		Quantity: limitUse, Limit: memoryLimitRed,
		Summary: "the live heap fills {{ $value | humanizePercentage }} of GOMEMLIMIT",
		Description: "The collector runs ever more often to stay below the limit, until the program does little else. Raise GOMEMLIMIT (and " +
			"the container's limit), shed load, or restart while you look for what grew.",
	}
}

// half of the limit is free until later: a forecast from below it is a guess.
const half = 0.5

func (t Target) limitAhead() alert.Alert {
	return alert.Alert{
		Name: "GoMemoryLimitForecast", Severity: alert.Warning, For: t.window(15 * time.Minute),
		Board: "go-memory", Panel: "Memory limit forecast",
		Quantity: t.forecast, Limit: forecastRed,
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			e = t.uptimeOver(s, e.And(limitUse(s).AtLeast(half)), forecastUptime)
			return t.unlessRamp(s, e, forecastUptime)
		},
		Summary: "in " + t.spoken(forecastFor) + " the live heap will be at {{ $value | humanizePercentage }} of GOMEMLIMIT",
		Description: "Going on like this the process reaches its memory limit within hours. Plan a restart before, and compare two heap " +
			"profiles to find what grows.",
	}
}
