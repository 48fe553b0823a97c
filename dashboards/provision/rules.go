package provision

import (
	"fmt"
	"slices"
	"time"

	"gaugewright/dashboards/alert"
	"gaugewright/dashboards/promql"
)

// The types below are a Prometheus rule file:
// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/

type ruleFile struct {
	Groups []ruleGroup `yaml:"groups"`
}

type ruleGroup struct {
	Name     string `yaml:"name"`
	Interval string `yaml:"interval,omitempty"`
	Rules    []rule `yaml:"rules"`
}

type rule struct {
	Record      string            `yaml:"record,omitempty"`
	Alert       string            `yaml:"alert,omitempty"`
	Expr        string            `yaml:"expr"`
	For         string            `yaml:"for,omitempty"`
	Labels      map[string]string `yaml:"labels,omitempty"`
	Annotations map[string]string `yaml:"annotations,omitempty"`
}

// ruleFolder is where Prometheus finds the rules, below the output folder.
const ruleFolder = "prometheus/rules"

// rules are the rules of a board that is made.
type rules struct {
	number int    // which of the service's rule files, for messages
	board  string // its uid, which names the file
	file   ruleFile
	yaml   []byte // the file's text, once encode made it
}

// buildRules makes the rules of the boards that are made: an alert sends its reader to a board. A file in which nothing is
// left for this target is left out.
func buildRules(s Service, boards []board) ([]rules, error) {
	var all []rules
	for i, file := range s.Rules {
		uid := s.Target.UID(file.Board)
		if !slices.ContainsFunc(boards, func(b board) bool { return b.uid == uid }) {
			continue
		}
		if at := slices.IndexFunc(all, func(r rules) bool { return r.board == uid }); at >= 0 {
			return nil, fmt.Errorf("%s: rule files %d and %d are both of the board %s: put their groups into one",
				s.Target.Job, all[at].number, i+1, uid)
		}
		groups, err := file.Build(s.Target)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Target.Job, err)
		}
		if made := newRuleFile(groups); len(made.Groups) > 0 {
			all = append(all, rules{number: i + 1, board: uid, file: made})
		}
	}
	return all, nil
}

// newRuleFile is the groups that have rules.
func newRuleFile(groups []alert.Built) ruleFile {
	var file ruleFile
	for _, group := range groups {
		if len(group.Rules) == 0 {
			continue
		}
		g := ruleGroup{Name: group.Name, Interval: lasting(group.Interval)}
		for _, r := range group.Rules {
			g.Rules = append(g.Rules, rule{
				Record: r.Record, Alert: r.Alert, Expr: r.Expr, For: lasting(r.For), Labels: r.Labels, Annotations: r.Annotations,
			})
		}
		file.Groups = append(file.Groups, g)
	}
	return file
}

// lasting is a duration as Prometheus writes it, and nothing where there is none.
func lasting(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return string(promql.Lasting(d))
}
