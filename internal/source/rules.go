package source

import (
	"context"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
)

// RuleState is what a server says of a rule that it has loaded.
type RuleState struct {
	IsBroken bool
	Err      string
}

// Rules returns the rules that the server has loaded, by group and name.
func (p *Prometheus) Rules(ctx context.Context) (map[[2]string]RuleState, error) {
	states := map[[2]string]RuleState{}
	err := p.ask(ctx, func(ctx context.Context) error {
		result, err := p.api.Rules(ctx, nil)
		for _, group := range result.Groups {
			add := func(name string, health v1.RuleHealth, lastError string) {
				states[[2]string{group.Name, name}] = RuleState{health == v1.RuleHealthBad, lastError}
			}
			for _, rule := range group.Rules {
				switch rule := rule.(type) {
				case v1.AlertingRule:
					add(rule.Name, rule.Health, rule.LastError)
				case v1.RecordingRule:
					add(rule.Name, rule.Health, rule.LastError)
				}
			}
		}
		return err
	})
	return states, err
}
