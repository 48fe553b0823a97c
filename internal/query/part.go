package query

import (
	"github.com/prometheus/prometheus/promql/parser"
)

// Part is a part of a query: an operator with its sides, a call with its arguments, a selector. Parentheses are no
// parts of their own.
type Part struct {
	Kind   PartKind
	Span   Span
	Vector bool    // it is a vector, with a range or without; else a number or a string
	Parent *Part   // nil for the query as a whole
	Parts  []*Part // in the order written: sides, arguments; of an aggregation its parameter, then what it aggregates

	Selector    *Selector
	Aggregation *Aggregation
	Operation   *Operation
	Call        *Call
	Subquery    *Subquery
	Number      float64 // of a number
	Text        string  // of a string, without quotes
	Variable    bool    // a variable stands for the number or is in the string

	expr parser.Expr
}

// PartKind is the kind of a part.
type PartKind string

// The kinds. Each has the field of its name set, but for a Negation, the unary minus.
const (
	SelectorPart    PartKind = "selector"
	AggregationPart PartKind = "aggregation"
	OperationPart   PartKind = "operation"
	CallPart        PartKind = "call"
	SubqueryPart    PartKind = "subquery"
	NumberPart      PartKind = "number"
	TextPart        PartKind = "text"
	NegationPart    PartKind = "negation"
)

// Tree returns the query as a tree.
func (q *Query) Tree() *Part { return q.part(q.expr, nil, nil) }

// Walk calls f for the part and all below it, outer ones first, until f returns false for a part: then not below it.
func (p *Part) Walk(f func(*Part) bool) {
	if p == nil || !f(p) {
		return
	}
	for _, below := range p.Parts {
		below.Walk(f)
	}
}

// Is reports whether the part is a call or an aggregation of one of these names.
func (p *Part) Is(names ...string) bool {
	if p == nil {
		return false
	}
	own := ""
	switch {
	case p.Call != nil:
		own = p.Call.Func
	case p.Aggregation != nil:
		own = p.Aggregation.Op
	}
	for _, name := range names {
		if own == name && own != "" {
			return true
		}
	}
	return false
}

// Operand returns the vector that a call or an aggregation is over; nil without one.
func (p *Part) Operand() *Part {
	if p == nil || p.Call == nil && p.Aggregation == nil && p.Subquery == nil {
		return nil
	}
	if p.Aggregation != nil {
		return p.Parts[len(p.Parts)-1]
	}
	for _, below := range p.Parts {
		if below.Vector {
			return below
		}
	}
	return nil
}

// PartLabels returns the labels that the series of a part can carry, as Labels does for the query.
func (q *Query) PartLabels(p *Part, c Catalogue) LabelSet {
	l := labeller{q: q, catalogue: c}
	return named(l.of(p.expr))
}

// PartDimension returns the dimension of a part's values.
func (q *Query) PartDimension(p *Part, c Catalogue) Dimension {
	m := measurer{q: q, catalogue: c}
	return m.of(p.expr).value
}

// PartObserved returns the dimension of what a histogram's buckets count, for the part that has them.
func (q *Query) PartObserved(p *Part, c Catalogue) Dimension {
	m := measurer{q: q, catalogue: c}
	return m.of(p.expr).observed
}

// Written returns the part as it is written, without the parentheses around it.
func (q *Query) Written(p *Part) string { return q.Text[p.Span.Start:p.Span.End] }

func (q *Query) part(e parser.Expr, parent *Part, path []parser.Node) *Part {
	for {
		switch inner := e.(type) {
		case *parser.ParenExpr:
			path = append(path, e)
			e = inner.Expr
			continue
		case *parser.StepInvariantExpr:
			e = inner.Expr
			continue
		}
		break
	}
	p := &Part{Span: q.span(e.PositionRange()), Parent: parent, expr: e}
	p.Vector = e.Type() == parser.ValueTypeVector || e.Type() == parser.ValueTypeMatrix
	q.fill(p, path[:len(path):len(path)])
	return p
}

// fill sets what the kind of a part has, and the parts below it.
func (q *Query) fill(p *Part, path []parser.Node) {
	var below []parser.Expr
	switch e := p.expr.(type) {
	case *parser.VectorSelector:
		q.fillSelector(p, e, path)
	case *parser.MatrixSelector:
		q.fillSelector(p, e.VectorSelector.(*parser.VectorSelector), append(path, e))
	case *parser.AggregateExpr:
		a := q.aggregation(e)
		p.Kind, p.Aggregation = AggregationPart, &a
		if e.Param != nil {
			below = append(below, e.Param)
		}
		below = append(below, e.Expr)
	case *parser.BinaryExpr:
		o := q.operation(e)
		p.Kind, p.Operation, below = OperationPart, &o, []parser.Expr{e.LHS, e.RHS}
	case *parser.Call:
		span, _ := q.between(q.nameOf(e.PosRange.Start))
		p.Kind, below = CallPart, e.Args
		p.Call = &Call{Func: q.restore.Replace(e.Func.Name), Experimental: e.Func.Experimental, Span: span}
	case *parser.SubqueryExpr:
		s := q.subquery(e)
		p.Kind, p.Subquery, p.Span, below = SubqueryPart, &s, s.Span, []parser.Expr{e.Expr}
	case *parser.UnaryExpr:
		p.Kind, below = NegationPart, []parser.Expr{e.Expr}
	case *parser.NumberLiteral:
		p.Kind, p.Number = NumberPart, e.Val
		p.Variable = q.chunkAt(e.PosRange.Start) != nil
	case *parser.StringLiteral:
		p.Kind, p.Text = TextPart, q.restore.Replace(e.Val)
		p.Variable = q.chunkAt(e.PosRange.Start) != nil
	}
	path = append(path, p.expr)
	for _, e := range below {
		p.Parts = append(p.Parts, q.part(e, p, path))
	}
}

func (q *Query) fillSelector(p *Part, e *parser.VectorSelector, path []parser.Node) {
	s := q.selector(e, path)
	p.Kind, p.Selector, p.Span = SelectorPart, &s, s.Span
}
