package query

import (
	"fmt"
	"math"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
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

func (m *measurer) of(e parser.Expr) amount {
	switch e := e.(type) {
	case *parser.NumberLiteral:
		return m.ofNumber(e)
	case *parser.VectorSelector:
		return m.ofSelector(e)
	case *parser.MatrixSelector:
		return m.of(e.VectorSelector)
	case *parser.SubqueryExpr:
		return m.of(e.Expr)
	case *parser.ParenExpr:
		return m.of(e.Expr)
	case *parser.UnaryExpr:
		a := m.of(e.Expr)
		if e.Op == parser.SUB {
			a.constant = -a.constant
		}
		return a
	case *parser.AggregateExpr:
		return m.ofAggregation(e)
	case *parser.BinaryExpr:
		return m.ofBinary(e)
	case *parser.Call:
		return m.ofCall(e)
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

func (m *measurer) ofSelector(e *parser.VectorSelector) amount {
	name := e.Name
	for _, matcher := range e.LabelMatchers {
		if matcher.Name == model.MetricNameLabel && matcher.Type == labels.MatchEqual {
			name = matcher.Value
		}
	}
	name = m.q.restore.Replace(name)
	if isVariable(name) {
		return plain(unknown)
	}
	value, observed := m.catalogue.dimensions(name)
	return amount{value: value, observed: observed, constant: math.NaN()}
}

func (m *measurer) ofAggregation(e *parser.AggregateExpr) amount {
	a := m.of(e.Expr)
	if m.q.chunkAt(e.PosRange.Start) != nil { // its name is a variable
		return plain(unknown)
	}
	switch e.Op {
	case parser.COUNT, parser.COUNT_VALUES, parser.GROUP:
		return plain(count)
	case parser.STDVAR:
		return a.as(a.value.times(a.value, 1))
	}
	return a.as(a.value)
}

func (m *measurer) ofBinary(e *parser.BinaryExpr) amount {
	left, right := m.of(e.LHS), m.of(e.RHS)
	switch e.Op {
	case parser.MUL:
		return multiply(left, right)
	case parser.DIV:
		return divide(left, right)
	case parser.POW:
		return raise(left, right)
	case parser.LAND, parser.LUNLESS:
		return left
	case parser.ATAN2:
		m.compare(e, left, right)
		return plain(number)
	}
	if !m.compare(e, left, right) {
		return plain(unknown)
	}
	return join(e, left, right)
}

// join returns the amount of an operator whose sides must measure the same.
func join(e *parser.BinaryExpr, left, right amount) amount {
	switch {
	case e.ReturnBool:
		return plain(count)
	case e.Op.IsComparisonOperator():
		if e.LHS.Type() == parser.ValueTypeScalar { // 5 < x returns x
			return right
		}
		return left
	case e.Op == parser.MOD:
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
func (m *measurer) compare(e *parser.BinaryExpr, left, right amount) bool {
	if left.value.fits(right.value) {
		return true
	}
	o := m.q.operation(e)
	m.problems = append(m.problems, Problem{Span: o.Span, Message: fmt.Sprintf("%s %s %s: the sides do not measure the same",
		left.value, strings.ToLower(o.Op), right.value)})
	return false
}
