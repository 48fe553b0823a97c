package dashboards

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/source"
)

// RuleFile is a file of alerting and recording rules. An alert's panel alone decides to which board it belongs.
type RuleFile struct {
	Name   string // of the file: the target's UIDPrefix goes before it, and .yml after it
	Groups func(Target) []alert.Group
}

// Build makes the file's groups for a target and its boards, without rules for metrics that the target does not have.
// The error lists every mistake of every rule, with the file and line where the rule is named.
func (f RuleFile) Build(t Target, boards alert.Boards) ([]alert.Built, error) {
	if err := t.Check(); err != nil {
		return nil, fmt.Errorf("target: %w", err)
	}
	if f.Groups == nil {
		return nil, fmt.Errorf("rules of %s: Groups is nil: give the function that makes them", f.Name)
	}
	return f.build(t, boards, f.Groups(t))
}

// BuildSome is Build for boards that need not be all: it leaves out alerts whose panels are on none of them, and
// files without any alert left, with their records.
func (f RuleFile) BuildSome(t Target, boards alert.Boards) ([]alert.Built, error) {
	if f.Groups == nil || t.Check() != nil {
		return f.Build(t, boards) // returns the error
	}
	elsewhere := func(a alert.Alert) bool { return a.Panel != nil && !boards.Have(a.Panel) }
	groups := slices.Clone(f.Groups(t))
	left, kept := 0, 0
	for i, group := range groups {
		groups[i].Alerts = slices.DeleteFunc(slices.Clone(group.Alerts), elsewhere)
		kept += len(groups[i].Alerts)
		left += len(group.Alerts) - len(groups[i].Alerts)
	}
	if left > 0 && kept == 0 {
		return nil, nil
	}
	return f.build(t, boards, groups)
}

func (f RuleFile) build(t Target, boards alert.Boards, groups []alert.Group) ([]alert.Built, error) {
	service := alert.Service{
		Alerts: t.AlertScope(), Panels: t.Scope(), Boards: boards, Routing: t.Routing, Place: f.Place,
	}
	var all []alert.Built
	var errs []error
	for _, group := range groups {
		built, err := group.Build(service)
		if err != nil {
			errs = append(errs, fmt.Errorf("rules of %s: group %s: %w", f.Name, group.Name, err))
		}
		if len(built.Rules) > 0 {
			all = append(all, built)
		}
	}
	return all, errors.Join(errs...)
}

// Place returns where a rule of the file is named in Go, as file:line, for messages; if that is not found, the
// function that makes the rules.
func (f RuleFile) Place(rule string) string {
	var places []string
	if rule != "" {
		for _, place := range source.Strings(f.Groups, rule) {
			places = append(places, place.String())
		}
	}
	if len(places) == 0 {
		return source.Of(f.Groups).String()
	}
	return strings.Join(places, " and ")
}
