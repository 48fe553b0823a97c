package dashboards

import (
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// recorded is a series that a recording rule makes for the whole service, in the naming of
// https://prometheus.io/docs/practices/rules: level, metric, operation. It is none where the service does not tell which
// requests fail.
func (t Target) recorded(name, help string) metric.Gauge {
	if t.HTTP.Requests.Name == "" || t.HTTP.Errors.Name == "" && t.HTTP.Status == "" {
		return metric.Gauge{}
	}
	return metric.Gauge{Name: name, Help: help, Labels: t.fleet()}
}

func (t Target) errorsRate5m() metric.Gauge {
	return t.recorded("job:http_errors:rate5m", "Requests that failed a second.")
}

func (t Target) requestsRate5m() metric.Gauge {
	return t.recorded("job:http_requests:rate5m", "Requests a second, probes left out.")
}

// recordedRatio is the recorded share of requests answered 5xx over a window, which its name says for production.
func (t Target) recordedRatio(window string) metric.Gauge {
	return t.recorded("job:http_errors:ratio_rate"+window, "Share of requests that failed.")
}

// burn is how many times faster than allowed the error budget is used up.
func (t Target) burn(window string) alert.Expression {
	return func(s promql.Scope) promql.Expr {
		return s.Aggregated(t.fleet()...).Value(t.recordedRatio(window)).Mul(promql.Number(1 / t.SLO.Errors))
	}
}

func budgetBurn(t Target) *timeseries.PanelBuilder {
	s := t.Scope()
	return panel.TimeSeries("Error budget burn",
		"How many times faster than the objective allows requests fail ("+t.HTTP.serverErrors()+"). Above the red line a month's budget "+
			"is gone in two days: find what fails above, and roll back what was changed.",
		panel.Number.Named("1h", t.burn("1h")(s)), panel.Number.Named("6h", t.burn("6h")(s)).Steps(burnYellow, burnRed)).
		NoValue(noRequests)
}

// HTTPRules judge requests of the whole service, in each cluster by itself. What needs hours is computed from what is
// recorded over five minutes, in a group that runs once a minute.
func HTTPRules(t Target) []alert.Group {
	return []alert.Group{
		{Name: "http", Records: t.shortRecords(), Alerts: []alert.Alert{t.latencyHigh()}},
		{
			Name: "http-budget", Interval: t.window(time.Minute), Records: t.longRecords(),
			Alerts: []alert.Alert{
				t.budgetAlert("ApiErrorBudgetBurnFast", alert.Critical, burnRed, time.Hour, "1h", "5m", 2*time.Minute),
				t.budgetAlert("ApiErrorBudgetBurnSlow", alert.Warning, burnYellow, 6*time.Hour, "6h", "30m", 15*time.Minute),
			},
		},
	}
}

func (t Target) shortRecords() []alert.Record {
	s := t.people(t.AlertScope())
	requests := t.HTTP.rate(s, t.fleet()...)
	return []alert.Record{
		{Metric: t.requestsRate5m(), Expr: requests},
		{Metric: t.errorsRate5m(), Expr: t.HTTP.failed(s, promql.Scope.Rate, t.HTTP.serverError(), t.fleet()...)},
		{Metric: t.recordedRatio("5m"), Expr: t.ratioOver(0)},
	}
}

func (t Target) longRecords() []alert.Record {
	var records []alert.Record
	for _, w := range []struct {
		name   string
		length time.Duration
	}{{"30m", 30 * time.Minute}, {"1h", time.Hour}, {"6h", 6 * time.Hour}} {
		records = append(records, alert.Record{Metric: t.recordedRatio(w.name), Expr: t.ratioOver(w.length)})
	}
	return records
}

// ratioOver is the share of failed requests over a longer window, each request counting alike; 0 is the record's own.
func (t Target) ratioOver(window time.Duration) promql.Expr {
	s := t.AlertScope().Aggregated(t.fleet()...)
	if window == 0 {
		return s.Value(t.errorsRate5m()).Div(s.Value(t.requestsRate5m()))
	}
	s = s.Over(t.lasting(window))
	return s.SumOverTime(t.errorsRate5m()).Div(s.SumOverTime(t.requestsRate5m()))
}

// fewErrors is how many failed requests are too few to wake anybody, whatever their share: one of a handful in the night.
const fewErrors = 10

// budgetAlert fires when the budget burns over a long window and still does over a short one, so that it ends soon after
// the fault does. https://sre.google/workbook/alerting-on-slos, multiwindow.
func (t Target) budgetAlert(
	name string, severity alert.Severity, limit float64, over time.Duration, long, short string, hold time.Duration,
) alert.Alert {
	return alert.Alert{
		Name: name, Severity: severity, For: t.window(hold),
		Panel:    budgetBurn(t),
		Quantity: t.burn(long), Limit: limit,
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			failed := t.HTTP.failing(t.people(s).Over(t.lasting(over)), promql.Scope.Increase, t.HTTP.serverError(), t.fleet()...)
			return e.And(t.burn(short)(s).Ge(promql.Number(limit))).And(failed.Ge(promql.Number(fewErrors)))
		},
		Summary:     `the error budget burns {{ $value | printf "%.1f" }} times faster than allowed`,
		Description: "Too many requests fail. Open the HTTP board and look for " + t.HTTP.where() + ".",
	}
}

// idle is how many requests a second are too few for a quantile to mean anything.
const idle = 0.1

func (t Target) latencyHigh() alert.Alert {
	return alert.Alert{
		Name: "ApiLatencyHigh", Severity: alert.Warning, For: t.window(10 * time.Minute),
		Panel:    latencies(t, t.requests()),
		Quantity: func(s promql.Scope) promql.Expr { return t.HTTP.latency(t.people(s), 0.95, t.fleet()...) },
		Limit:    t.SLO.Slow.Seconds(),
		Guard: func(s promql.Scope, e promql.Expr) promql.Expr {
			return e.And(t.HTTP.rate(t.people(s), t.fleet()...).Ge(promql.Number(idle)))
		},
		Summary: "95% of requests take up to {{ $value | humanizeDuration }}",
		Description: "One request in twenty is slower than the limit. Open the HTTP board: one slow path is its handler or what it " +
			"calls, all of them are CPU, garbage collection or a shared dependency.",
	}
}
