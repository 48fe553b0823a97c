package provision

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"gaugewright/dashboards"
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

// rules are a service's rules in one file.
type rules struct {
	name string // of the file, without its extension
	file ruleFile
	yaml []byte // the file's text, set by encode
}

// buildRules makes a service's rules. It leaves out a file without rules for this target. The error lists every
// mistake in them.
func buildRules(s Service, boards []board) ([]rules, error) {
	shown := make(alert.Boards, len(boards))
	for i, b := range boards {
		shown[i] = b.built
	}
	build, files := dashboards.RuleFile.Build, s.Rules
	if files == nil {
		build, files = dashboards.RuleFile.BuildSome, dashboards.Rules
	}
	var all []rules
	var errs []error
	taken := names{}
	for _, file := range files {
		groups, err := build(file, s.Target, shown)
		if err := errors.Join(err, taken.add(s.Target, file, groups)); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.Target.Job, err))
		}
		if made := newRuleFile(groups); len(made.Groups) > 0 {
			all = append(all, rules{name: s.Target.UID(file.Name), file: made})
		}
	}
	return all, errors.Join(errs...)
}

// newRuleFile returns the groups that have rules.
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

// lasting writes a duration as Prometheus does; an empty text for none.
func lasting(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return string(promql.Lasting(d))
}

// keepsRules refuses to remove rules named after a board that is still made: the name was mistyped, or a service with
// its own list of rules forgot them. To remove them on purpose, delete the file.
func (s *survey) keepsRules(from string) error {
	for _, found := range s.findings {
		folder, file := path.Split(found.path)
		board := path.Join(boardFolder, strings.TrimSuffix(file, ".yml")+".json")
		if _, made := s.files[board]; made && found.state == obsolete && folder == ruleFolder+"/" {
			return fmt.Errorf("%s: its board is made and its rules are not: at %s give a RuleFile named %s (or dashboards.Rules, "+
				"which has ours), or delete the file if its alerts should go; nothing was written",
				s.folder.path(found.path), from, strings.TrimSuffix(file, ".yml"))
		}
	}
	return nil
}
