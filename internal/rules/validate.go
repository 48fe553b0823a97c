package rules

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// promqlParser is the parser that Prometheus and promtool use without feature flags.
var promqlParser = parser.NewParser(parser.Options{})

// validate refuses what promtool check rules refuses. It also refuses an expression that is neither a vector nor a
// scalar; promtool accepts it, but every evaluation fails.
func (f File) validate() error {
	var all []error
	seen := map[string]bool{}
	for i, group := range f.Groups {
		switch {
		case group.Name == "":
			all = append(all, fmt.Errorf("group %d: it has no name", i+1))
		case seen[group.Name]:
			all = append(all, fmt.Errorf("group %s: the name exists twice", group.Name))
		}
		seen[group.Name] = true
		for _, mistake := range labelMistakes(group.Labels) {
			all = append(all, fmt.Errorf("group %s: %w", group.Name, mistake))
		}
		for _, rule := range group.Rules {
			for _, mistake := range rule.mistakes() {
				all = append(all, fmt.Errorf("line %d: %s: %w", rule.Line, rule.title(), mistake))
			}
		}
	}
	return errors.Join(all...)
}

func (r Rule) title() string {
	switch {
	case r.Alert != "":
		return "alert " + r.Alert
	case r.Record != "":
		return "record " + r.Record
	}
	return "rule"
}

func (r Rule) mistakes() []error {
	var all []error
	switch {
	case r.Record != "" && r.Alert != "":
		all = append(all, errors.New("it has both alert and record: make two rules of it"))
	case r.Record == "" && r.Alert == "":
		all = append(all, errors.New("it has neither alert nor record"))
	}
	if _, err := r.parse(); err != nil {
		all = append(all, fmt.Errorf("expr: %w", err))
	}
	if r.Record != "" {
		all = append(all, r.recordMistakes()...)
	}
	all = append(all, labelMistakes(r.Labels)...)
	for _, name := range slices.Sorted(maps.Keys(r.Annotations)) {
		if !model.UTF8Validation.IsValidLabelName(name) {
			all = append(all, fmt.Errorf("annotation %q: not a valid name", name))
		}
	}
	if r.Alert != "" {
		all = append(all, r.templateMistakes()...)
	}
	return all
}

// parse reads the rule's expression, which must return a vector or a scalar.
func (r Rule) parse() (parser.Expr, error) {
	if r.Expr == "" {
		return nil, errors.New("the expression is missing")
	}
	expr, err := promqlParser.ParseExpr(r.Expr)
	if err != nil {
		return nil, err
	}
	if kind := expr.Type(); kind != parser.ValueTypeVector && kind != parser.ValueTypeScalar {
		return nil, fmt.Errorf("it returns a %s: a rule needs a vector or a scalar", parser.DocumentedType(kind))
	}
	return expr, nil
}

func (r Rule) recordMistakes() []error {
	var all []error
	if len(r.Annotations) > 0 {
		all = append(all, errors.New("annotations: only an alert can have them"))
	}
	if r.For != 0 {
		all = append(all, errors.New("for: only an alert can have it"))
	}
	if r.KeepFiringFor != 0 {
		all = append(all, errors.New("keep_firing_for: only an alert can have it"))
	}
	switch {
	case !model.UTF8Validation.IsValidMetricName(r.Record):
		all = append(all, errors.New("record: not a valid metric name"))
	case strings.ContainsAny(r.Record, "{}"):
		all = append(all, errors.New("record: a name cannot have braces; put labels under labels"))
	}
	return all
}

// labelMistakes returns the mistakes in the order of the names.
func labelMistakes(set map[string]string) []error {
	var all []error
	for _, name := range slices.Sorted(maps.Keys(set)) {
		switch {
		case !model.UTF8Validation.IsValidLabelName(name) || name == model.MetricNameLabel:
			all = append(all, fmt.Errorf("label %q: a rule cannot set this name", name))
		case !model.LabelValue(set[name]).IsValid():
			all = append(all, fmt.Errorf("label %q: the value is not UTF-8", name))
		}
	}
	return all
}

func (r Rule) templateMistakes() []error {
	var all []error
	for kind, texts := range map[string]map[string]string{"label": r.Labels, "annotation": r.Annotations} {
		for name, text := range texts {
			if err := parseTemplate(r.Alert, text); err != nil {
				all = append(all, fmt.Errorf("%s %q: %w", kind, name, err))
			}
		}
	}
	slices.SortFunc(all, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return all
}
