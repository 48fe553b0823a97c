package main

import (
	"context"
	"fmt"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
)

// loaded compares the rules with those that a server has loaded. Each must exist there and be healthy.
func (r *report) loaded(ctx context.Context, s source, f files) error {
	server, ok := s.(*remote)
	if !ok || len(f.rules) == 0 {
		return nil
	}
	states, err := server.rules(ctx)
	if err != nil {
		r.Notes = append(r.Notes, finding{place: place{File: f.rules[0].Path, Panel: "rules"}, Text: fmt.Sprintf(
			"the server does not say which rules it has loaded: %v", err)})
		return ctx.Err()
	}
	for _, file := range f.rules {
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				at := place{File: file.Path, Line: rule.Line, Board: group.Name, Panel: rule.Name()}
				state, ok := states[[2]string{group.Name, rule.Name()}]
				switch {
				case !ok:
					r.Findings = append(r.Findings, finding{at, notLoaded, "the server has no such rule in group " + group.Name})
				case state.health == v1.RuleHealthBad:
					r.Findings = append(r.Findings, finding{at, broken, "the server says: " + state.err})
				}
			}
		}
	}
	return nil
}

type ruleState struct {
	health v1.RuleHealth
	err    string
}

// rules returns the server's rules by group and name.
func (r *remote) rules(ctx context.Context) (map[[2]string]ruleState, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTime)
	defer cancel()
	result, err := r.api.Rules(ctx, nil)
	if err != nil {
		return nil, r.judge(err)
	}
	states := map[[2]string]ruleState{}
	for _, group := range result.Groups {
		for _, rule := range group.Rules {
			switch rule := rule.(type) {
			case v1.AlertingRule:
				states[[2]string{group.Name, rule.Name}] = ruleState{rule.Health, rule.LastError}
			case v1.RecordingRule:
				states[[2]string{group.Name, rule.Name}] = ruleState{rule.Health, rule.LastError}
			}
		}
	}
	return states, nil
}
