// Package alert makes Prometheus's alerting and recording rules over typed expressions.
//
//	func earned(s promql.Scope) promql.Expr { return s.Rate(catalogue.ShopTakingsEurosTotal) }
//
//	alert.Alert{
//		Name: "ShopTakingsTooHigh", Severity: alert.Warning, For: 10 * time.Minute,
//		Panel: takings(t), Quantity: earned, Limit: tooMuch,
//		Summary:     "takes {{ $value | humanize }} euros a second",
//		Description: "Is a price wrong? Stop selling until you know.",
//	}
//
// # The parts of an alert
//
// Quantity is what it judges, in a scope: the alert's own has a fixed job and window, a board's has variables. The alert
// fires for each series that is at least Limit, if Guard lets it through. Panel draws the same quantity and has Limit as a
// colour step, so the alert's link shows what fired.
//
// # What is derived
//
// The expression, the labels, the link to the panel's board with the alert's series chosen, the runbook's address where
// Routing has one, and the name of the process before the summary.
//
// # What is refused
//
// A limit that is not a colour step, a panel that is not on a board or draws something else, a For of nanoseconds, a name
// that exists twice, an expression without the job label. The error names file and line.
//
// # What it does not do
//
// The package does not write files or evaluate expressions, and knows metrics only by the labels of their series.
package alert

import (
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// Severity decides who gets the alert: critical pages somebody at night, warning waits for the morning.
type Severity string

// The severities.
const (
	Warning  Severity = "warning"
	Critical Severity = "critical"
)

// Expression makes an expression in a scope: an alert's, with a fixed job and window, or a board's, with variables.
type Expression func(promql.Scope) promql.Expr

// Alert fires for each series whose quantity is at least the limit while the guard lets it through.
type Alert struct {
	Name     string // unique among the service's alerts
	Severity Severity
	For      time.Duration // how long it must hold; 0 fires at once
	// Panel is the panel that draws the quantity and has the limit as a colour step, from the function that the board
	// calls. The alert links to that board; if several boards have the panel, to the last, since overviews come
	// first.
	Panel cog.Builder[dashboard.Panel]

	Quantity Expression
	// Limit is where the alert begins to fire. With 0 it fires for every series that exists; then the panel need not
	// draw the quantity.
	Limit float64
	// Guard limits the expression to what deserves an alert. Nil does not limit it.
	Guard func(promql.Scope, promql.Expr) promql.Expr

	Summary     string // one line after the name of the process, as a Prometheus template
	Description string // what it means and the first steps: the reader has only this if there is no runbook address
}

// Expr returns the alert's whole expression in a scope.
func (a Alert) Expr(s promql.Scope) promql.Expr {
	e := a.Quantity(s)
	if a.Limit != 0 {
		e = e.Ge(promql.Number(a.Limit))
	}
	if a.Guard != nil {
		e = a.Guard(s, e)
	}
	return e
}

// Record is a recording rule.
type Record struct {
	Metric metric.Gauge
	Expr   promql.Expr
}

// Group is a group of rules that are evaluated one after the other: the records first.
type Group struct {
	Name     string
	Interval time.Duration // 0 is Prometheus's own evaluation interval
	Records  []Record
	Alerts   []Alert
}
