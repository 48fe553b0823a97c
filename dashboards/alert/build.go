package alert

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"time"

	"gaugewright/dashboards/promql"
)

// Service is what rules are built for.
type Service struct {
	Alerts  promql.Scope // the alerts' scope: every process, over their own windows
	Panels  promql.Scope // the panels' scope: the processes that the reader chose
	Boards  Boards
	Routing Routing
	// Place returns where a name is in the source, for messages. It may be nil.
	Place func(name string) string
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

// Build makes the group's rules, without those whose metrics the target does not expose. The error lists every
// mistake with the rule and its place in the source.
func (g Group) Build(s Service) (Built, error) {
	built := Built{Name: g.Name, Interval: g.Interval}
	var errs []error
	for _, record := range g.Records {
		if record.Metric.Name == "" || record.Expr.Missing() {
			continue
		}
		if err := record.Expr.Err(); err != nil {
			errs = append(errs, fmt.Errorf("record %s: %w", record.Metric.Name, err))
		}
		built.Rules = append(built.Rules, Rule{Record: record.Metric.Name, Expr: record.Expr.String()})
	}
	for _, a := range g.Alerts {
		rule, err := a.build(s)
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("alert %s%s: %w", cmp.Or(a.Name, "without a name"), s.place(a.Name), err))
		case rule.Alert != "":
			built.Rules = append(built.Rules, rule)
		}
	}
	return built, errors.Join(errs...)
}

func (s Service) place(name string) string {
	if s.Place == nil || s.Place(name) == "" {
		return ""
	}
	return " (" + s.Place(name) + ")"
}

// build makes the alert's rule, or none if the target exposes too little for it.
func (a Alert) build(s Service) (Rule, error) {
	if err := a.complete(); err != nil {
		return Rule{}, err
	}
	e := a.Expr(s.Alerts)
	if e.Missing() {
		return Rule{}, nil
	}
	if err := e.Err(); err != nil {
		return Rule{}, err
	}
	on, err := s.Boards.find(a.Panel)
	if err != nil {
		return Rule{}, err
	}
	if err := errors.Join(keepsJob(e), a.drawn(s, on)); err != nil {
		return Rule{}, err
	}
	labels := map[string]string{}
	maps.Copy(labels, s.Routing.Labels)
	labels["severity"] = string(a.Severity)
	return Rule{
		Alert: a.Name, Expr: e.String(), For: a.For, Labels: labels, Annotations: a.annotations(e, on, s.Routing),
	}, nil
}
