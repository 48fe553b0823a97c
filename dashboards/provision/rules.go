package provision

import (
	"fmt"
	"path"
	"slices"
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

// ruleFiles makes the rules of the boards that are made: an alert sends its reader to a board.
func ruleFiles(target dashboards.Target, boards []File) ([]File, error) {
	var files []File
	for _, rules := range dashboards.Rules {
		board := path.Join(boardFolder, rules.Board+".json")
		if !slices.ContainsFunc(boards, func(f File) bool { return f.Path == board }) {
			continue
		}
		groups, err := rules.Build(target)
		if err != nil {
			return nil, err
		}
		data, err := encodeYAML(newRuleFile(groups))
		if err != nil {
			return nil, fmt.Errorf("rules of %s: %w", rules.Board, err)
		}
		files = append(files, File{Path: path.Join(ruleFolder, rules.Board+".yml"), Data: data})
	}
	return files, nil
}

func newRuleFile(groups []alert.Built) ruleFile {
	var file ruleFile
	for _, group := range groups {
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
