package engine

import (
	"math"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

// presized is for how many steps Prometheus makes room in each series of a computed result, however few it has.
const presized = 5000

// bound is what is known about a part's series before they are computed.
type bound struct {
	series float64   // how many, at most
	from   []*series // one for each of them, with at least its labels; nil where they are not known
	steps  float64   // of the evaluation
	live   float64   // steps in which a series may have a sample
	grown  float64   // how many times longer a label may be than one of the stored series

	operators float64 // that Prometheus walks through to find where this one stands: not those in brackets
}

// room is that of the samples, in samples.
func (b bound) room() float64 { return b.series * b.live }

// computed is the room that a computed result takes, with what goes into the step that is computed, and comes out of it.
func (b bound) computed() float64 { return b.series * (2 + max(b.live, min(b.steps, presized))) }

// of returns the bounds of an expression's result, and counts what it costs. After a refusal it returns at once.
func (c *costs) of(e parser.Expr, g grid) bound {
	if g.end < g.start || c.refused != nil {
		return bound{}
	}
	c.depth++
	defer func() { c.depth-- }()
	steps := g.steps()
	if steps > maxSteps {
		c.refuse("steps", steps, maxSteps)
		return bound{}
	}
	one := bound{series: 1, steps: steps, live: steps, grown: 1}
	switch e := e.(type) {
	case *parser.StepInvariantExpr:
		b := c.of(e.Expr, grid{g.start, g.start, g.interval})
		if isWindow(e.Expr) {
			return b
		}
		b.steps, b.live = steps, steps
		c.takes(b.room())
		return b
	case *parser.ParenExpr:
		return c.of(e.Expr, g).enclosed()
	case *parser.UnaryExpr:
		return c.of(e.Expr, g)
	case *parser.VectorSelector:
		return c.selected(e, g)
	case *parser.MatrixSelector:
		b := c.selected(e.VectorSelector.(*parser.VectorSelector), g)
		b.live = longest(b.from)
		return b
	case *parser.SubqueryExpr:
		return c.of(e.Expr, g.within(e)).enclosed()
	case *parser.AggregateExpr:
		return c.aggregated(e, g).enclosed()
	case *parser.BinaryExpr:
		return c.combined(e, g)
	case *parser.Call:
		return c.called(e, g).enclosed()
	}
	return one // a number or a text
}

// enclosed is the bound of an expression in brackets, whose place is known without a walk.
func (b bound) enclosed() bound {
	b.operators = 0
	return b
}

// within returns the times of a subquery: all that any step looks back at.
func (g grid) within(e *parser.SubqueryExpr) grid {
	step := e.Step.Milliseconds()
	if step <= 0 {
		step = defaultStep.Milliseconds()
	}
	end := g.end
	if e.Timestamp != nil {
		end = g.start // one window for all steps
	}
	return grid{g.start - e.Range.Milliseconds(), end, step}
}

// selected finds the series of a selector, and for how many steps they may be found.
func (c *costs) selected(e *parser.VectorSelector, g grid) bound {
	b := bound{steps: g.steps(), grown: 1}
	c.store.find(e.LabelMatchers, func(_ *metric, s *series) { b.from = append(b.from, s) })
	b.series = float64(len(b.from))
	b.live = min(b.steps, b.longestSpan(lookback.Milliseconds())/float64(g.interval)+1)
	if e.Timestamp != nil {
		b.live = b.steps
	}
	c.takes(b.room())
	c.evaluates(b.series * b.steps)
	return b
}

// longestSpan is the longest time in which one of the series is found, in milliseconds, by looking back so far.
func (b bound) longestSpan(back int64) float64 {
	most := int64(0)
	for _, s := range b.from {
		if n := len(s.samples); n > 0 {
			most = max(most, s.samples[n-1].t-s.samples[0].t+back)
		}
	}
	return float64(most)
}

// longest is the number of samples of the longest series.
func longest(all []*series) float64 {
	most := 0
	for _, s := range all {
		most = max(most, len(s.samples))
	}
	return float64(most)
}

// together evaluates parts one after the other; each holds its result while the next is evaluated. done frees them.
func (c *costs) together(g grid, parts ...parser.Expr) (all []bound, done func()) {
	before := c.held
	for _, e := range parts {
		b := bound{}
		if e != nil && e.Type() != parser.ValueTypeString {
			b = c.of(e, g)
		}
		c.held += b.room()
		all = append(all, b)
	}
	return all, func() { c.held = before }
}

// perStep is what a part takes at each step beside its series, in visits. Prometheus asks each part around it whether there is
// time left. Fifteen answers take as long as a visit.
func (c *costs) perStep() float64 { return 1 + c.depth/15 }

// computes counts a result that is computed step by step.
func (c *costs) computes(b bound) bound {
	c.takes(b.computed())
	c.evaluates((b.series + c.perStep()) * b.steps)
	return b
}

func (c *costs) aggregated(e *parser.AggregateExpr, g grid) bound {
	all, done := c.together(g, e.Expr, e.Param)
	defer done()
	b := all[0]
	switch e.Op {
	case parser.TOPK, parser.BOTTOMK, parser.LIMITK, parser.LIMIT_RATIO:
	case parser.COUNT_VALUES:
		b.series, b.from = b.values(e.Expr), nil
	default:
		b = b.grouped(e.Grouping, e.Without)
	}
	return c.computes(b)
}

// values is how many values an expression may have: as many as it has samples, or as its series have.
func (b bound) values(e parser.Expr) float64 {
	if _, isStored := e.(*parser.VectorSelector); !isStored {
		return b.series * b.live
	}
	seen := map[uint64]bool{}
	for _, s := range b.from {
		for i := range s.samples {
			seen[math.Float64bits(s.samples[i].v)] = true
		}
	}
	return float64(len(seen))
}

// grouped is one series for each group.
func (b bound) grouped(labels []string, isWithout bool) bound {
	switch {
	case !isWithout && len(labels) == 0:
		b.series, b.from = min(b.series, 1), b.from[:min(len(b.from), 1)]
	case !isWithout && b.from != nil:
		var first []*series
		seen := map[string]bool{}
		key := []byte{}
		for _, s := range b.from {
			key = s.labels.BytesWithLabels(key[:0], labels...)
			if !seen[string(key)] {
				seen[string(key)] = true
				first = append(first, s)
			}
		}
		b.series, b.from = min(b.series, float64(len(first))), first
	}
	return b
}

func (c *costs) combined(e *parser.BinaryExpr, g grid) bound {
	all, done := c.together(g, e.LHS, e.RHS)
	defer done()
	left, right := all[0], all[1]
	b := left
	switch {
	case e.Op == parser.LOR || e.VectorMatching != nil && e.VectorMatching.FillValues.RHS != nil ||
		e.VectorMatching != nil && e.VectorMatching.FillValues.LHS != nil:
		b.series = left.series + right.series
		b.from = nil
	case e.LHS.Type() == parser.ValueTypeScalar || e.VectorMatching != nil && e.VectorMatching.Card == parser.CardOneToMany:
		b = right
	}
	if e.VectorMatching != nil && len(e.VectorMatching.Include) > 0 {
		b.from = nil // it has labels of the other side
	}
	b.live, b.grown = max(left.live, right.live), max(left.grown, right.grown)
	// At each step Prometheus finds the operator's place by a walk through all operators in it.
	b.operators = 1 + left.operators + right.operators
	c.operators++
	c.evaluates(b.operators * g.steps())
	return c.computes(b)
}

// isWindow reports whether an expression is a list of samples for each step.
func isWindow(e parser.Expr) bool {
	switch e := e.(type) {
	case *parser.StepInvariantExpr:
		return isWindow(e.Expr)
	case *parser.MatrixSelector, *parser.SubqueryExpr:
		return true
	}
	return false
}

// growth is how often a call may repeat a label's text in a label.
func growth(e *parser.Call) float64 {
	switch e.Func.Name {
	case "label_join":
		return float64(max(1, len(e.Args)-3))
	case "label_replace":
		return float64(max(1, strings.Count(literal(e.Args[2]), "$")))
	}
	return 1
}

func literal(e parser.Expr) string {
	if text, ok := e.(*parser.StringLiteral); ok {
		return text.Val
	}
	return ""
}
