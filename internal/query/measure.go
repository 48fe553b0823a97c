package query

import (
	"fmt"
	"math"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

// amount is what is known about an expression's values.
type amount struct {
	value    Dimension
	observed Dimension // of a histogram: what the buckets count, so the result of histogram_quantile
	// constant is the value of a number or of a product of numbers; else NaN. It is NaN for a sum or difference, too:
	// 1 - 0.99 does not convert a unit, whatever its value.
	constant float64
}

func plain(d Dimension) amount { return amount{value: d, constant: math.NaN()} }

// as returns a with another dimension. A histogram stays one.
func (a amount) as(value Dimension) amount {
	return amount{value: value, observed: a.observed, constant: math.NaN()}
}

type measurer struct {
	q         *Query
	catalogue Catalogue
	problems  []Problem
}

func (m *measurer) of(p *Part) amount {
	switch p.Kind {
	case NumberPart:
		return m.ofNumber(p.expr.(*parser.NumberLiteral))
	case SelectorPart:
		return m.ofSelector(p.Selector)
	case SubqueryPart:
		return m.of(p.Parts[0])
	case NegationPart:
		a := m.of(p.Parts[0])
		if p.expr.(*parser.UnaryExpr).Op == parser.SUB {
			a.constant = -a.constant
		}
		return a
	case AggregationPart:
		return m.ofAggregation(p)
	case OperationPart:
		return m.ofOperation(p)
	case CallPart:
		return m.ofCall(p)
	}
	return plain(unknown)
}

// ofNumber recognises a duration (5m is 300 seconds) and the macros of the time range. Any other variable may hold
// anything.
func (m *measurer) ofNumber(e *parser.NumberLiteral) amount {
	for _, c := range m.q.chunks {
		if c.sub.Start < int(e.PosRange.Start) || int(e.PosRange.End) < c.sub.End {
			continue
		}
		if len(c.variables) != 1 || c.variables[0].Span != c.span {
			return plain(unknown)
		}
		return plain(macroDimension(c.variables[0]))
	}
	if e.Duration {
		return plain(seconds)
	}
	return amount{value: number, constant: e.Val}
}

// macroDimension returns the dimension of the macros for times and durations.
func macroDimension(v Variable) Dimension {
	switch v.Name {
	case "__interval", "__rate_interval", "__range", "__range_s":
		return seconds
	case "__from", "__to":
		if v.Format == "date:seconds" {
			return seconds
		}
		return seconds.scaled(1000)
	case "__interval_ms", "__rate_interval_ms", "__range_ms":
		return seconds.scaled(1000)
	}
	return unknown
}

func (m *measurer) ofSelector(s *Selector) amount {
	if HasVariable(s.Metric) {
		return plain(unknown)
	}
	value, observed := m.catalogue.dimensions(s.Metric)
	return amount{value: value, observed: observed, constant: math.NaN()}
}

func (m *measurer) ofAggregation(p *Part) amount {
	a := m.of(p.Operand())
	switch op := p.Aggregation.Op; {
	case HasVariable(op):
		return plain(unknown)
	case op == "count", op == "count_values", op == "group":
		return plain(count)
	case op == "stdvar":
		return a.as(a.value.times(a.value, 1))
	}
	return a.as(a.value)
}

func (m *measurer) ofOperation(p *Part) amount {
	left, right := m.of(p.Parts[0]), m.of(p.Parts[1])
	switch p.Operation.Op {
	case "*":
		return multiply(left, right)
	case "/":
		return divide(left, right)
	case "^":
		return raise(left, right)
	case "and", "unless":
		return left
	case "atan2":
		m.compare(p.Operation, left, right)
		return plain(number)
	}
	if !m.compare(p.Operation, left, right) {
		return plain(unknown)
	}
	return join(p, left, right)
}

// join returns the amount of an operator whose sides must measure the same.
func join(p *Part, left, right amount) amount {
	switch o := p.Operation; {
	case o.Bool:
		return plain(count)
	case o.IsComparison():
		if !p.Parts[0].Vector { // 5 < x returns x
			return right
		}
		return left
	case o.Op == "%":
		return left.as(left.value)
	}
	result := plain(either(left.value, right.value))
	result.observed = either(left.observed, right.observed)
	return result
}

// either returns the dimension of values that may come from both sides: a number takes the other side's.
func either(a, b Dimension) Dimension {
	switch {
	case !a.Known || !b.Known:
		return unknown
	case a.Number:
		return b
	case !b.Number && b.Scaled:
		a.Scaled = true
	}
	return a
}

// compare reports a problem where the sides of an operator do not fit.
func (m *measurer) compare(o *Operation, left, right amount) bool {
	if left.value.fits(right.value) {
		return true
	}
	m.problems = append(m.problems, Problem{Span: o.Span, Message: fmt.Sprintf("%s %s %s: the sides do not measure the same",
		left.value, strings.ToLower(o.Op), right.value)})
	return false
}
