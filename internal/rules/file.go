package rules

import (
	"fmt"
	"path/filepath"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"gopkg.in/yaml.v3"

	"gaugewright/internal/input"
)

// File is what a file has in rule groups.
type File struct {
	Path   string  `yaml:"-"` // empty if not read from a file
	Groups []Group `yaml:"groups"`

	unread []Placed // the first rule of each document that Prometheus does not read
}

// Group is a list of rules that are evaluated one after the other.
// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group
type Group struct {
	Name        string            `yaml:"name"`
	Interval    model.Duration    `yaml:"interval,omitempty"` // 0 means the server's own
	QueryOffset *model.Duration   `yaml:"query_offset,omitempty"`
	Limit       int               `yaml:"limit,omitempty"` // of series or alerts of one rule; 0 means no limit
	Labels      map[string]string `yaml:"labels,omitempty"`
	Rules       []Rule            `yaml:"rules"`
	Line        int               `yaml:"-"` // of its beginning in the file, from 1
}

// Rule is an alerting or a recording rule.
// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule
type Rule struct {
	rulefmt.Rule `yaml:",inline"`
	Line         int `yaml:"-"` // of its beginning in the file, from 1

	texts []text // of its labels and annotations, and the labels of its group
}

// Name returns the name of the alert or of the recorded series.
func (r Rule) Name() string {
	if r.Alert != "" {
		return r.Alert
	}
	return r.Record
}

// Load reads a file as Parse does. The error begins with its path; what Parse returns with it is returned, too.
func Load(path string) (File, error) {
	data, err := input.File(path, input.Document)
	if err != nil {
		return File{}, err
	}
	file, err := Parse(data)
	file.Path = path
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return file, err
}

// UnmarshalYAML reads a group with its line.
func (g *Group) UnmarshalYAML(node *yaml.Node) error {
	type fields Group // without this method
	err := decode(node, (*fields)(g), groupFields)
	g.Line = node.Line
	for i, rule := range g.Rules {
		for _, t := range textsOf("label", g.Labels, field(node, "labels")) {
			if _, own := rule.Labels[t.name]; !own {
				g.Rules[i].texts = append(g.Rules[i].texts, t)
			}
		}
	}
	return err
}

// UnmarshalYAML reads a rule with its lines.
func (r *Rule) UnmarshalYAML(node *yaml.Node) error {
	err := decode(node, &r.Rule, ruleFields)
	r.Line = node.Line
	r.texts = append(textsOf("label", r.Labels, field(node, "labels")),
		textsOf("annotation", r.Annotations, field(node, "annotations"))...)
	return err
}

// Placed is a rule and its place.
type Placed struct {
	Path  string // of its file
	Group string
	Rule
}

// Alerts returns the alerts of the file, with the labels of their group.
func (f File) Alerts() []Placed {
	var all []Placed
	for _, group := range f.Groups {
		for _, rule := range group.Rules {
			if rule.Alert != "" {
				rule.Labels = group.LabelsOf(rule)
				all = append(all, Placed{f.Path, group.Name, rule})
			}
		}
	}
	return all
}

// ID returns the absolute path of the file, which identifies it.
func (f File) ID() string {
	if full, err := filepath.Abs(f.Path); err == nil {
		return full
	}
	return f.Path
}
