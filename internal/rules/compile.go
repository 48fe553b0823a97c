package rules

import (
	"fmt"
	"maps"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// rule is a compiled rule. It does not change, so that many tests share it.
type rule struct {
	Rule
	expr        string // with its subqueries' steps
	labels      labels.Labels
	annotations labels.Labels
	hold, keep  time.Duration
	offset      time.Duration
	limit       int
	place       place
	traits
}

// compile prepares a rule of a group. A subquery without a step gets the given step, as a server gives it the
// evaluation interval; 0 leaves it to the engine.
func compile(group Group, r Rule, step time.Duration) (*rule, error) {
	expr, err := r.parse()
	if err != nil {
		return nil, fmt.Errorf("group %s: %s: expr: %w", group.Name, r.title(), err)
	}
	setSteps(expr, step)
	one := &rule{
		Rule:        r,
		expr:        expr.String(),
		labels:      labels.FromMap(r.allLabels(group)),
		annotations: labels.FromMap(r.Annotations),
		hold:        time.Duration(r.For),
		keep:        time.Duration(r.KeepFiringFor),
		limit:       group.Limit,
	}
	if group.QueryOffset != nil {
		one.offset = time.Duration(*group.QueryOffset)
	}
	one.traits = traitsOf(one, expr)
	return one, nil
}

// allLabels returns the labels of the rule and of its group. The rule's own win.
func (r Rule) allLabels(group Group) map[string]string {
	set := maps.Clone(group.Labels)
	if set == nil {
		set = map[string]string{}
	}
	maps.Copy(set, r.Labels)
	return set
}

// setSteps gives a step to every subquery that has none.
func setSteps(expr parser.Expr, step time.Duration) {
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		if sub, ok := node.(*parser.SubqueryExpr); ok && sub.Step == 0 && sub.StepExpr == nil {
			sub.Step = step
		}
		return nil
	})
}
