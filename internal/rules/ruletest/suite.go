package ruletest

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/common/model"
	"gopkg.in/yaml.v3"

	"gaugewright/internal/input"
	"gaugewright/internal/rules"
)

// Suite is a file of unit tests in promtool's format, with the rules that it tests.
// https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
type Suite struct {
	Path  string
	Files []rules.File // the rule files, in the order they are named
	tests []*test
	rules []*rule // in the order they are evaluated
	suiteFile
}

// suiteFile is the content of the file.
type suiteFile struct {
	RuleFiles      []string       `yaml:"rule_files"`
	Interval       model.Duration `yaml:"evaluation_interval"`
	GroupEvalOrder []string       `yaml:"group_eval_order"`
	FuzzyCompare   bool           `yaml:"fuzzy_compare"`
	Tests          []testFile     `yaml:"tests"`
}

type testFile struct {
	Name           string            `yaml:"name"`
	Interval       model.Duration    `yaml:"interval"`
	InputSeries    []seriesFile      `yaml:"input_series"`
	AlertTests     []alertTest       `yaml:"alert_rule_test"`
	ExprTests      []exprTest        `yaml:"promql_expr_test"`
	ExternalLabels map[string]string `yaml:"external_labels"`
	ExternalURL    string            `yaml:"external_url"`
	Start          startTime         `yaml:"start_timestamp"`
}

type seriesFile struct {
	Series string `yaml:"series"`
	Values string `yaml:"values"`
}

type alertTest struct {
	EvalTime  model.Duration `yaml:"eval_time"`
	Alert     string         `yaml:"alertname"`
	ExpAlerts []struct {
		Labels      map[string]string `yaml:"exp_labels"`
		Annotations map[string]string `yaml:"exp_annotations"`
	} `yaml:"exp_alerts"`
	line int
}

type exprTest struct {
	Expr       string         `yaml:"expr"`
	EvalTime   model.Duration `yaml:"eval_time"`
	ExpSamples []struct {
		Labels    string  `yaml:"labels"`
		Value     float64 `yaml:"value"`
		Histogram string  `yaml:"histogram"` // if set, the value is ignored
	} `yaml:"exp_samples"`
	reads reading
	line  int
}

// startTime is the time of the first sample: RFC 3339, or seconds since 1970.
type startTime struct{ time.Time }

// UnmarshalYAML reads either form.
func (s *startTime) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if err := unmarshal(&text); err != nil {
		return err
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		whole, part := math.Modf(seconds)
		s.Time = time.Unix(int64(whole), int64(part*float64(time.Second))).UTC()
		return nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return fmt.Errorf("start_timestamp %q is neither RFC 3339 nor seconds since 1970", text)
	}
	s.Time = at
	return nil
}

// LoadSuite reads a file of tests and its rule files. Their paths are relative to the file and may be patterns. A
// file that names no rule files tests the other files. Reading is strict: an unknown field is an error, and so is a
// pattern that matches no file, where promtool only warns. Errors begin with the path.
func LoadSuite(path string, others ...rules.File) (*Suite, error) {
	text, err := input.File(path, input.Document)
	if err != nil {
		return nil, err
	}
	s, err := parseSuite(path, text, others)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func parseSuite(path string, text []byte, others []rules.File) (*Suite, error) {
	s := &Suite{Path: path}
	if err := decode(text, &s.suiteFile); err != nil {
		return nil, err
	}
	if err := s.findLines(text); err != nil {
		return nil, err
	}
	if s.Interval == 0 {
		s.Interval = model.Duration(time.Minute)
	}
	if err := s.loadRules(); err != nil {
		return nil, err
	}
	if len(s.RuleFiles) == 0 {
		s.Files = others
	}
	var err error
	if s.rules, err = s.compile(s.Files); err != nil {
		return nil, err
	}
	values := 0
	for i, file := range s.Tests {
		s.tests = append(s.tests, newTest(i, file, s, &values))
	}
	return s, nil
}

// findLines notes the line of each check.
func (s *suiteFile) findLines(text []byte) error {
	var tree struct {
		Tests []struct {
			Alerts []yaml.Node `yaml:"alert_rule_test"`
			Exprs  []yaml.Node `yaml:"promql_expr_test"`
		} `yaml:"tests"`
	}
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return rules.PlainError(err)
	}
	for i, t := range tree.Tests {
		alerts, exprs := slices.DeleteFunc(t.Alerts, empty), slices.DeleteFunc(t.Exprs, empty)
		for j := range s.Tests[i].AlertTests {
			s.Tests[i].AlertTests[j].line = alerts[j].Line
		}
		for j := range s.Tests[i].ExprTests {
			s.Tests[i].ExprTests[j].line = exprs[j].Line
		}
	}
	return nil
}

func (s *Suite) loadRules() error {
	loaded := map[string]bool{}
	for _, pattern := range s.RuleFiles {
		if !filepath.IsAbs(pattern) {
			pattern = filepath.Join(filepath.Dir(s.Path), pattern)
		}
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			return errors.Join(fmt.Errorf("rule_files: no file matches %s", pattern), err)
		}
		for _, path := range paths {
			if loaded[path] {
				continue
			}
			loaded[path] = true
			file, err := rules.Load(path)
			if err != nil {
				return err
			}
			s.Files = append(s.Files, file)
		}
	}
	return nil
}

// compile compiles the rules of the files in the order of evaluation. As in promtool, groups that group_eval_order
// does not name come along with its first group, but always in the same order.
func (s *Suite) compile(files []rules.File) ([]*rule, error) {
	order := map[string]int{}
	for i, name := range s.GroupEvalOrder {
		if _, ok := order[name]; ok {
			return nil, fmt.Errorf("group_eval_order: group %s is named twice", name)
		}
		order[name] = i
	}
	type placed struct {
		path   string
		number int // in its file
		rules.Group
	}
	var groups []placed
	for _, file := range files {
		for i, group := range file.Groups {
			groups = append(groups, placed{file.Path, i, group})
		}
	}
	slices.SortStableFunc(groups, func(a, b placed) int { return order[a.Name] - order[b.Name] })
	var all []*rule
	for _, group := range groups {
		for i, r := range group.Rules {
			compiled, err := compile(group.Group, r, place{group.path, group.number, i}, time.Duration(s.Interval))
			if err != nil {
				return nil, err
			}
			all = append(all, compiled)
		}
	}
	return all, nil
}

// Unknown returns the alerts that tests ask for and no rule makes, sorted. Such a test would pass if it expects none.
func (s *Suite) Unknown() []string {
	unknown := map[string]bool{}
	for _, t := range s.Tests {
		for _, check := range t.AlertTests {
			known := slices.ContainsFunc(s.rules, func(r *rule) bool { return r.Alert == check.Alert })
			unknown[check.Alert] = !known
		}
	}
	maps.DeleteFunc(unknown, func(_ string, is bool) bool { return !is })
	return slices.Sorted(maps.Keys(unknown))
}
