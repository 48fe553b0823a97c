// Package alert makes Prometheus's alerting and recording rules over typed expressions. An alert says what it judges (the
// quantity, which its panel draws too), from which value on, and what must hold beside; its labels and links are derived.
// The package writes no file, evaluates nothing, and knows no metric.
package alert

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// Severity says who is told: critical pages somebody at night, warning waits for the morning.
type Severity string

// The severities.
const (
	Warning  Severity = "warning"
	Critical Severity = "critical"
)

// Expression makes an expression in a scope: in an alert's with its fixed job and window, or in a board's with variables.
type Expression func(promql.Scope) promql.Expr

// Alert fires for each series whose quantity is at least the limit while the guard lets it through.
type Alert struct {
	Name     string
	Severity Severity
	For      time.Duration
	Board    string // the uid of the board that a reader should open
	Panel    string // the panel on it that draws the quantity and has the limit as a colour step

	Quantity Expression
	Limit    float64
	// Guard takes the expression down to what deserves waking somebody. Nil guards nothing.
	Guard func(promql.Scope, promql.Expr) promql.Expr

	Summary     string // one line after the name of the process, as a Prometheus template
	Description string // what it means and what to do
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

// Routing is what alerts carry for the people who get them. Without an address they carry no such link.
type Routing struct {
	Grafana  string            // address of Grafana, without a final slash
	Runbooks string            // address of the folder of the runbook pages, without a final slash
	Labels   map[string]string // on every alert, to route by: team, service
}

// Rule is a rule as Prometheus reads it.
type Rule struct {
	Record      string
	Alert       string
	Expr        string
	For         time.Duration
	Labels      map[string]string
	Annotations map[string]string
}

// Built is a group as Prometheus reads it.
type Built struct {
	Name     string
	Interval time.Duration
	Rules    []Rule
}

// Build makes the group's rules in the alerts' scope, but for those of what the target does not expose. The error names the
// rule, and where an expression is at fault its file and line.
func (g Group) Build(s promql.Scope, routing Routing) (Built, error) {
	built := Built{Name: g.Name, Interval: g.Interval}
	for _, record := range g.Records {
		if record.Metric.Name == "" || record.Expr.Missing() {
			continue
		}
		if err := record.Expr.Err(); err != nil {
			return Built{}, fmt.Errorf("record %s: %w", record.Metric.Name, err)
		}
		built.Rules = append(built.Rules, Rule{Record: record.Metric.Name, Expr: record.Expr.String()})
	}
	for _, a := range g.Alerts {
		e := a.Expr(s)
		if e.Missing() {
			continue
		}
		rule, err := a.rule(e, routing)
		if err != nil {
			return Built{}, fmt.Errorf("alert %s: %w", a.Name, err)
		}
		built.Rules = append(built.Rules, rule)
	}
	return built, nil
}

func (a Alert) rule(e promql.Expr, routing Routing) (Rule, error) {
	if a.Severity == "" || a.Summary == "" || a.Description == "" || a.Board == "" {
		return Rule{}, errors.New("severity, summary, description and board are all needed")
	}
	if err := e.Err(); err != nil {
		return Rule{}, err
	}
	labels := map[string]string{}
	maps.Copy(labels, routing.Labels)
	labels["severity"] = string(a.Severity)
	return Rule{
		Alert:       a.Name,
		Expr:        e.String(),
		For:         a.For,
		Labels:      labels,
		Annotations: a.annotations(e, routing),
	}, nil
}

// annotations are the alert's texts, and links where there is an address.
func (a Alert) annotations(e promql.Expr, routing Routing) map[string]string {
	texts := map[string]string{"summary": who(e) + ": " + a.Summary, "description": a.Description}
	if routing.Runbooks != "" {
		texts["runbook_url"] = routing.Runbooks + "/" + a.Name + ".md"
	}
	if routing.Grafana != "" {
		texts["dashboard_url"] = routing.Grafana + "/d/" + a.Board + choose(e)
	}
	return texts
}

// Expr is the alert's whole expression in a scope.
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

// who names the series that the alert is about: by the labels that tell them apart, or by the job.
func who(e promql.Expr) string {
	var names []string
	for _, label := range e.Varying() {
		names = append(names, template(label))
	}
	if len(names) == 0 {
		return template(metric.JobLabel)
	}
	return strings.Join(names, "/")
}

func template(label metric.Label) string { return "{{ $labels." + string(label) + " }}" }

// choose is the part of a board's address that chooses the alert's series in its variables.
func choose(e promql.Expr) string {
	var chosen []string
	for _, label := range append([]metric.Label{metric.JobLabel}, e.Varying()...) {
		chosen = append(chosen, fmt.Sprintf("var-%s={{ $labels.%s | urlquery }}", label, label))
	}
	return "?" + strings.Join(chosen, "&")
}
