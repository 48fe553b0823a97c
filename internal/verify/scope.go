package verify

import (
	"context"
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/report"
)

// scopes are a board as its panels see it: those in a row or tab with variables of its own see these, too.
type scopes struct {
	judge *judge
	board Board
	known map[*grafana.Section]resolved
	said  verdict // of the variables, each once
}

// of returns the board with the values of the variables that a panel sees.
func (s *scopes) of(ctx context.Context, p grafana.Panel) (resolved, error) {
	var own *grafana.Section // the innermost one with variables
	for _, section := range p.Within {
		if slices.ContainsFunc(s.board.Variables, func(v grafana.Variable) bool { return v.Section == section }) {
			own = section
		}
	}
	if o, ok := s.known[own]; ok {
		return o, nil
	}
	o, v, err := s.judge.open(ctx, Board{s.board.Path, s.board.For(p)})
	if s.known == nil {
		s.known = map[*grafana.Section]resolved{}
	}
	s.known[own] = o
	s.said.findings = added(s.said.findings, v.findings)
	s.said.notes = added(s.said.notes, v.notes)
	s.said.errors = added(s.said.errors, v.errors)
	return o, err
}

// added appends the findings that are not there yet.
func added(all, more []report.Finding) []report.Finding {
	for _, f := range more {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}
