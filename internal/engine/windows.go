package engine

import (
	"github.com/prometheus/prometheus/promql/parser"
)

// heavy are the functions that sort their window, which takes so many times as long as to read it.
var heavy = map[string]float64{"quantile_over_time": 30, "mad_over_time": 60}

// called counts a function: over a window, over labels, or step by step.
func (c *costs) called(e *parser.Call, g grid) bound {
	for i, arg := range e.Args {
		if isWindow(arg) {
			return c.windowed(e, i, g)
		}
	}
	all, done := c.together(g, e.Args...)
	defer done()
	b := bound{series: 1, steps: g.steps(), live: g.steps(), grown: 1} // of a function of numbers
	for i, arg := range e.Args {
		if arg.Type() == parser.ValueTypeVector {
			b = all[i]
			break
		}
	}
	switch e.Func.Name {
	case "label_replace", "label_join":
		c.relabels(e, &b)
	case "absent", "scalar", "vector":
		b = bound{series: 1, steps: g.steps(), live: g.steps(), grown: 1}
	case "histogram_quantiles":
		b.series *= float64(len(e.Args))
	}
	return c.computes(b)
}

// relabels counts the text of the labels that a call makes. Calls within each other can double it each time.
func (c *costs) relabels(e *parser.Call, b *bound) {
	b.grown *= growth(e)
	text := 0.0
	for _, s := range b.from {
		text += float64(s.labels.ByteSize())
	}
	if b.from == nil {
		text = b.series * 100 // about
	}
	extra := 0
	for _, arg := range e.Args[1:] {
		extra += len(literal(arg))
	}
	if text = text*b.grown + b.series*float64(extra); text > maxText {
		c.refuse("bytes of labels", text, maxText)
	}
	b.from = nil // its labels may be others
}

// windowed counts a function that reads a window of samples in each step.
func (c *costs) windowed(e *parser.Call, at int, g grid) bound {
	others := append(append([]parser.Expr{}, e.Args[:at]...), e.Args[at+1:]...)
	_, done := c.together(g, others...)
	defer done()
	window, isInvariant := e.Args[at], false
	if once, ok := window.(*parser.StepInvariantExpr); ok {
		window, isInvariant = once.Expr, true
	}
	weight := max(1, heavy[e.Func.Name])
	b := bound{}
	switch window := window.(type) {
	case *parser.MatrixSelector:
		b = c.overStored(window, g, weight, isInvariant)
	case *parser.SubqueryExpr:
		b = c.overSubquery(window, g, weight)
	}
	if e.Func.Name == "absent_over_time" {
		b = bound{series: 1, steps: g.steps(), live: g.steps(), grown: 1}
	}
	return b
}

// overStored counts what a function reads of stored series. How many samples a window has at most is counted only where
// the number of all samples would be too many.
func (c *costs) overStored(e *parser.MatrixSelector, g grid, weight float64, isInvariant bool) bound {
	selector := e.VectorSelector.(*parser.VectorSelector)
	b := bound{steps: g.steps(), grown: 1}
	c.store.find(selector.LabelMatchers, func(_ *metric, s *series) { b.from = append(b.from, s) })
	b.series = float64(len(b.from))
	back := (e.Range + 2*lookback).Milliseconds()
	b.live = min(b.steps, b.longestSpan(back)/float64(g.interval)+1)
	if isInvariant || selector.Timestamp != nil {
		b.live = b.steps
	}
	samples := 0.0
	for _, s := range b.from {
		samples += float64(len(s.samples))
	}
	if c.work+weight*samples*b.live > maxWork {
		samples = 0
		for _, s := range b.from {
			samples += float64(s.samples.most(back))
		}
	}
	c.works(weight*samples*b.live + b.series*b.steps)
	c.takes(b.room() + longest(b.from))
	return b
}

// most is the largest number of samples in a window of so many milliseconds.
func (s samples) most(window int64) int {
	most, first := 0, 0
	for last := range s {
		for s[last].t-s[first].t > window {
			first++
		}
		most = max(most, last-first+1)
	}
	return most
}

// overSubquery counts what a function reads of the samples of a subquery.
func (c *costs) overSubquery(e *parser.SubqueryExpr, g grid, weight float64) bound {
	inner := c.of(e, g)
	own := g.within(e)
	b := inner
	b.steps = g.steps()
	window := float64(e.Range.Milliseconds()/own.interval) + 1
	span := inner.live*float64(own.interval) + float64(e.Range.Milliseconds())
	b.live = min(b.steps, span/float64(g.interval)+1)
	c.works(weight * b.series * b.live * min(window, inner.live))
	c.takes(inner.room() + b.room() + min(window, inner.live))
	return b
}
