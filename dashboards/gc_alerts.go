package dashboards

import (
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/promql"
)

// GCRules judge the cost of garbage collection, by process.
func GCRules(t Target) []alert.Group {
	return []alert.Group{{Name: "gc", Alerts: []alert.Alert{t.gcThrash(), t.gcLimiterActive()}}}
}

// Below this many collections a second, their CPU share is that of an idle program.
const rareCycles = 0.5

func (t Target) gcThrash() alert.Alert {
	return alert.Alert{
		Name: "GoGCThrash", Severity: alert.Warning, For: t.window(10 * time.Minute),
		Panel:    gcCPU(t),
		Quantity: compulsoryGC, Limit: gcCPURed,
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			return e.And(cycles(s).Ge(promql.Number(rareCycles)))
		},
		Summary: "garbage collection takes {{ $value | humanizePercentage }} of the CPU",
		Description: "The collector always runs. Either the heap is close to GOMEMLIMIT, or much is allocated on a small heap: raise GOGC or " +
			"GOMEMLIMIT, and find the allocations in an allocs profile.",
	}
}

func (t Target) gcLimiterActive() alert.Alert {
	return alert.Alert{
		Name: "GoGCLimiterActive", Severity: alert.Critical, For: t.window(time.Minute),
		Panel:    limiter(t),
		Quantity: t.limited, Limit: 1,
		Summary: "the runtime lets memory pass GOMEMLIMIT to stay alive",
		Description: "Collection would take more than half of the CPU, so the runtime stops trying to keep the limit: the OOM killer is next. " +
			"Raise the limit, shed load or restart.",
	}
}
