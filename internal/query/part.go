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

// Tree returns the query as a tree. It is the same one each time; nobody changes it.
func (q *Query) Tree() *Part { return q.tree }

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
	l := labeller{catalogue: c}
	return named(l.of(p))
}

// PartDimension returns the dimension of a part's values.
func (q *Query) PartDimension(p *Part, c Catalogue) Dimension {
	m := measurer{q: q, catalogue: c}
	return m.of(p).value
}

// PartObserved returns the dimension of what a histogram's buckets count, for the part that has them.
func (q *Query) PartObserved(p *Part, c Catalogue) Dimension {
	m := measurer{q: q, catalogue: c}
	return m.of(p).observed
}

// Written returns the part as it is written, without the parentheses around it.
func (q *Query) Written(p *Part) string { return q.Text[p.Span.Start:p.Span.End] }
