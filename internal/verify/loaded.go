package verify

import (
	"context"
	"fmt"

	"gaugewright/internal/report"
	"gaugewright/internal/source"
)

// loaded compares the rules with those that a server has loaded. Each must exist there and be healthy.
func (r *Report) loaded(ctx context.Context, s source.Source, f Files) error {
	server, ok := s.(*source.Prometheus)
	if !ok || len(f.Rules) == 0 {
		return nil
	}
	states, err := server.Rules(ctx)
	if err != nil {
		r.Notes = append(r.Notes, report.Finding{Place: report.Place{File: f.Rules[0].Path, Panel: "rules"}, Text: fmt.Sprintf(
			"the server does not say which rules it has loaded: %v", err)})
		return ctx.Err()
	}
	for _, file := range f.Rules {
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				at := report.Place{File: file.Path, Line: rule.Line, Board: group.Name, Panel: rule.Name()}
				state, ok := states[[2]string{group.Name, rule.Name()}]
				switch {
				case !ok:
					r.Findings = append(r.Findings, report.Finding{Place: at, Kind: notLoaded, Text: "the server has no such rule in group " + group.Name})
				case state.IsBroken:
					r.Findings = append(r.Findings, report.Finding{Place: at, Kind: broken, Text: "the server says: " + state.Err})
				}
			}
		}
	}
	return nil
}
