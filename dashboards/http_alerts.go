package dashboards

import (
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/promql"
)

// HTTPRules judge requests of the whole service, separately for each cluster. Windows of hours are computed from
// series recorded over five minutes, in a group that runs once a minute.
func HTTPRules(t Target) []alert.Group {
	return []alert.Group{
		{Name: "http", Records: append(t.pathRecords(), t.jobRecords()...), Alerts: []alert.Alert{t.latencyHigh()}},
		{
			Name: "http-budget", Interval: t.window(time.Minute), Records: t.longRecords(),
			Alerts: []alert.Alert{
				t.budgetAlert("ApiErrorBudgetBurnFast", alert.Critical, burnRed, time.Hour, "1h", "5m", 2*time.Minute),
				t.budgetAlert("ApiErrorBudgetBurnSlow", alert.Warning, burnYellow, 6*time.Hour, "6h", "30m", 15*time.Minute),
			},
		},
	}
}

// burn is how many times faster than allowed the error budget is used up.
func (t Target) burn(window string) alert.Expression {
	return func(s promql.Scope) promql.Expr {
		return s.Aggregated(t.fleet()...).Value(t.recordedRatio(window)).Mul(promql.Number(1 / t.SLO.Errors))
	}
}

// fewErrors is the number of failed requests below which nobody is woken, whatever their share: one of a handful at
// night.
const fewErrors = 10

// budgetAlert fires when the budget burns over a long window and still burns over a short one, so that it ends soon
// after the fault. https://sre.google/workbook/alerting-on-slos, multiwindow.
func (t Target) budgetAlert(
	name string, severity alert.Severity, limit float64, over time.Duration, long, short string, hold time.Duration,
) alert.Alert {
	return alert.Alert{
		Name: name, Severity: severity, For: t.window(hold),
		Panel:    budgetBurn(t),
		Quantity: t.burn(long), Limit: limit,
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			raw := requests{t.HTTP, t.people(s).Over(t.lasting(over)), promql.Scope.Increase}
			failed := raw.comparable().outcomes().failed(t.HTTP.serverError(), t.fleet()...)
			return e.And(t.burn(short)(s).Ge(promql.Number(limit))).And(failed.Ge(promql.Number(fewErrors)))
		},
		Summary:     `the error budget burns {{ $value | printf "%.1f" }} times faster than allowed`,
		Description: "Too many requests fail. Open the HTTP board and look for " + t.HTTP.lookAt() + ".",
	}
}

// idle is the number of requests a second below which a quantile has no meaning.
const idle = 0.1

// p95 is the time within which 95% of the service's requests are answered.
func (t Target) p95(s promql.Scope) promql.Expr {
	return t.ofService(s).quantile(0.95, t.fleet()...)
}

func (t Target) latencyHigh() alert.Alert {
	return alert.Alert{
		Name: "ApiLatencyHigh", Severity: alert.Warning, For: t.window(10 * time.Minute),
		Panel:    latencies(t, t.ofService(t.serviceScope())),
		Quantity: t.p95,
		Limit:    t.SLO.Slow.Seconds(),
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			return e.And(t.ofService(s).outcomes().all(t.fleet()...).Ge(promql.Number(idle)))
		},
		Summary: "95% of requests take up to {{ $value | humanizeDuration }}",
		Description: "One request in twenty is slower than the limit. Open the HTTP board: one slow path is its handler or what it " +
			"calls, all of them are CPU, garbage collection or a shared dependency.",
	}
}
