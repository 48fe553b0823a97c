package rules

import (
	"fmt"
	"maps"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"gaugewright/internal/engine"
)

// Compiled is a rule that can be evaluated. It does not change, so that many evaluations share it.
type Compiled struct {
	Rule
	Group Group
	Query string // the expression, with its subqueries' steps

	labels      labels.Labels
	annotations labels.Labels
	hold, keep  time.Duration
	offset      time.Duration
}

// Compile prepares a rule of a group. A subquery without a step gets the given step, as a server gives it the
// evaluation interval; 0 leaves it to the engine.
func Compile(group Group, r Rule, step time.Duration) (*Compiled, error) {
	expr, err := parseExpr(r.Expr)
	if err != nil {
		return nil, fmt.Errorf("group %s: %s: expr: %w", group.Name, r.title(), err)
	}
	setSteps(expr, step)
	c := &Compiled{
		Rule:        r,
		Group:       group,
		Query:       expr.String(),
		labels:      labels.FromMap(group.LabelsOf(r)),
		annotations: labels.FromMap(r.Annotations),
		hold:        time.Duration(r.For),
		keep:        time.Duration(r.KeepFiringFor),
	}
	if group.QueryOffset != nil {
		c.offset = time.Duration(*group.QueryOffset)
	}
	return c, nil
}

// Start returns the rule before its first evaluation. It reads from the engine and writes to it.
func (c *Compiled) Start(e *engine.Engine, external External) *Running {
	return &Running{Compiled: c, engine: e, external: external, active: map[uint64]*active{}}
}

// LabelsOf returns the labels of the group and of one of its rules. The rule's own win.
func (g Group) LabelsOf(r Rule) map[string]string {
	set := maps.Clone(g.Labels)
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
