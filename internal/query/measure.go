package query

import (
	"fmt"
	"math"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// amount is what is known of an expression's values.
type amount struct {
	value    Dimension
	observed Dimension // of what the buckets count, where it is a histogram: what histogram_quantile answers
	// constant is the value itself, where it is a number or a product of numbers; else NaN. A sum or a difference, such
	// as 1 - 0.99, is a number that is no unit's factor, whatever its value.
	constant float64
}

func plain(d Dimension) amount { return amount{value: d, constant: math.NaN()} }

// as is a with another dimension: still a histogram of the same, where it is one.
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

// ofNumber tells a number from a duration (5m is 300 seconds) and from a macro of the time range; another variable can
// hold anything.
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

// macroDimension is that of the macros that stand for times and lengths of time.
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
		if matcher.Name == labels.MetricName && matcher.Type == labels.MatchEqual {
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
	if m.q.chunkAt(e.PosRange.Start) != nil { // a variable names it
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

// join is the amount of an operator that needs the same on both sides.
func join(e *parser.BinaryExpr, left, right amount) amount {
	switch {
	case e.ReturnBool:
		return plain(count)
	case e.Op.IsComparisonOperator():
		if e.LHS.Type() == parser.ValueTypeScalar { // 5 < x answers x
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

// either is the dimension of what may come from both sides: a number takes that of the other.
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

// compare notes a problem where the sides of an operator do not fit.
func (m *measurer) compare(e *parser.BinaryExpr, left, right amount) bool {
	if left.value.fits(right.value) {
		return true
	}
	o := m.q.operation(e)
	m.problems = append(m.problems, Problem{o.Span, fmt.Sprintf("%s %s %s: the sides do not measure the same",
		left.value, strings.ToLower(o.Op), right.value)})
	return false
}
