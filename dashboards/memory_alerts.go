package dashboards

import (
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/promql"
)

// MemoryRules judge the live heap, by process.
func MemoryRules(t Target) []alert.Group {
	return []alert.Group{{Name: "memory", Alerts: []alert.Alert{t.memoryCreep(), t.limitNear(), t.limitAhead()}}}
}

func (t Target) memoryCreep() alert.Alert {
	return alert.Alert{
		Name: "GoMemoryCreep", Severity: alert.Warning, For: t.window(15 * time.Minute),
		Panel:    floorGrowth(t),
		Quantity: t.growth(heapLeak), Limit: heapLeak.limit, Guard: t.leaking(heapLeak),
		Summary: "the " + t.subject(heapLeak).name + "'s floor grew by {{ $value | humanizePercentage }} in " + t.spoken(heapLeak.since) + ", and as much before",
		Description: "Memory that the program still holds keeps growing while traffic does not. Take two heap profiles half an hour apart " +
			"and compare them with go tool pprof -diff_base.",
	}
}

func (t Target) limitNear() alert.Alert {
	return alert.Alert{
		Name: "GoNearMemoryLimit", Severity: alert.Critical, For: t.window(5 * time.Minute),
		Panel:    memoryLimitUse(t),
		Quantity: limitUse, Limit: memoryLimitRed,
		Summary: "the live heap fills {{ $value | humanizePercentage }} of GOMEMLIMIT",
		Description: "The collector runs ever more often to stay below the limit, until the program does little else. Raise GOMEMLIMIT (and " +
			"the container's limit), shed load, or restart while you look for what grew.",
	}
}

// forecastUptime is how long a process must have run before its trend is meaningful.
const forecastUptime = 2 * time.Hour

// While half of the limit is free, a forecast is a guess.
const half = 0.5

func (t Target) limitAhead() alert.Alert {
	return alert.Alert{
		Name: "GoMemoryLimitForecast", Severity: alert.Warning, For: t.window(15 * time.Minute),
		Panel:    limitForecast(t),
		Quantity: t.forecast, Limit: forecastRed,
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			e = t.uptimeOver(s, e.And(limitUse(s).Ge(promql.Number(half))), forecastUptime)
			return t.unlessRamp(s, e, forecastUptime)
		},
		Summary: "in " + t.spoken(forecastFor) + " the live heap will be at {{ $value | humanizePercentage }} of GOMEMLIMIT",
		Description: "Going on like this the process reaches its memory limit within hours. Plan a restart before, and compare two heap " +
			"profiles to find what grows.",
	}
}
