package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

// PromQL is the parser that Prometheus and promtool use without feature flags.
var PromQL = parser.NewParser(parser.Options{})

// validate refuses what promtool check rules refuses in the groups of one file. It also refuses an expression that is
// neither a vector nor a scalar; promtool accepts it, but every evaluation fails.
func validate(groups []Group) error {
	var all []error
	seen := map[string]bool{}
	for _, group := range groups {
		switch {
		case group.Name == "":
			all = append(all, fmt.Errorf("line %d: the group has no name", group.Line))
		case seen[group.Name]:
			all = append(all, fmt.Errorf("line %d: group %s: the name exists twice", group.Line, group.Name))
		}
		seen[group.Name] = true
		// Prometheus checks a group's labels like a rule's.
		for _, mistake := range mistakes(rulefmt.Rule{Record: "r", Expr: "0", Labels: group.Labels}) {
			all = append(all, fmt.Errorf("line %d: group %s: %s", group.Line, group.Name, mistake))
		}
		for _, rule := range group.Rules {
			if isLogQL(rule.Expr) {
				all = append(all, foreignError{fmt.Errorf("line %d: %s: its expr is LogQL: rules of Loki cannot be judged", rule.Line, rule.title())})
				continue
			}
			for _, mistake := range mistakes(rule.Rule) {
				all = append(all, fmt.Errorf("line %d: %s: %s", rule.Line, rule.title(), mistake))
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

// mistakes returns what is wrong with a rule in Prometheus's words, sorted, since it checks labels in no fixed order.
func mistakes(r rulefmt.Rule) []string {
	var all []string
	for _, wrapped := range r.Validate(rulefmt.RuleNode{}, model.UTF8Validation, PromQL) {
		all = append(all, wrapped.Unwrap().Error())
	}
	slices.Sort(all)
	if _, err := parseExpr(r.Expr); errors.Is(err, errKind) {
		all = append(all, err.Error())
	}
	return all
}

var errKind = errors.New("a rule needs a vector or a scalar")

// parseExpr reads the expression of a rule, which must return a vector or a scalar.
func parseExpr(text string) (parser.Expr, error) {
	expr, err := PromQL.ParseExpr(text)
	if err != nil {
		return nil, err
	}
	if kind := expr.Type(); kind != parser.ValueTypeVector && kind != parser.ValueTypeScalar {
		return nil, fmt.Errorf("%s returns a %s: %w", OneLine(text), parser.DocumentedType(kind), errKind)
	}
	return expr, nil
}

// OneLine returns a text of several lines on one, for a message.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
