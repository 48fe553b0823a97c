package query

import (
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/parser/posrange"
)

// builder makes the tree of a query from the parser's, which does not hold where labels, matchers, operators and
// durations are written, and from its tokens, which do.
type builder struct {
	*Query
	tokens []parser.Item // of the substituted text, without comments
}

// part makes the part of an expression, and those below it.
func (b *builder) part(e parser.Expr, parent *Part) *Part {
	e = bare(e)
	p := &Part{Span: b.span(e.PositionRange()), Parent: parent, expr: e}
	p.Vector = e.Type() == parser.ValueTypeVector || e.Type() == parser.ValueTypeMatrix
	b.fill(p)
	return p
}

// bare removes what makes no part of its own.
func bare(e parser.Expr) parser.Expr {
	for {
		switch outer := e.(type) {
		case *parser.ParenExpr:
			e = outer.Expr
		case *parser.StepInvariantExpr:
			e = outer.Expr
		default:
			return e
		}
	}
}

// fill sets what the kind of a part has, and the parts below it.
func (b *builder) fill(p *Part) {
	switch e := p.expr.(type) {
	case *parser.VectorSelector:
		b.fillSelector(p, e, false)
	case *parser.MatrixSelector:
		b.fillSelector(p, e.VectorSelector.(*parser.VectorSelector), true)
	case *parser.AggregateExpr:
		p.Kind, p.Aggregation = AggregationPart, b.aggregation(e)
		if e.Param != nil {
			b.below(p, e.Param, e.Expr)
			return
		}
		b.below(p, e.Expr)
	case *parser.BinaryExpr:
		p.Kind, p.Operation = OperationPart, b.operation(e)
		b.below(p, e.LHS, e.RHS)
	case *parser.Call:
		p.Kind, p.Call = CallPart, b.call(e)
		b.below(p, e.Args...)
	case *parser.SubqueryExpr:
		p.Kind, p.Subquery = SubqueryPart, b.subquery(e)
		p.Span = p.Subquery.Span
		b.below(p, e.Expr)
	case *parser.UnaryExpr:
		p.Kind = NegationPart
		b.below(p, e.Expr)
	case *parser.NumberLiteral:
		p.Kind, p.Number, p.Variable = NumberPart, e.Val, b.chunkAt(e.PosRange.Start) != nil
	case *parser.StringLiteral:
		p.Kind, p.Text, p.Variable = TextPart, b.text(e.PosRange.Start, e.Val), b.chunkAt(e.PosRange.Start) != nil
	}
}

func (b *builder) below(p *Part, all ...parser.Expr) {
	p.Parts = make([]*Part, len(all))
	for i, e := range all {
		p.Parts[i] = b.part(e, p)
	}
}

func (b *builder) fillSelector(p *Part, e *parser.VectorSelector, isRange bool) {
	p.Kind, p.Selector = SelectorPart, b.selector(e, isRange)
	p.Selector.surround(p.Parent)
	p.Span = p.Selector.Span
}

// name returns the name at a place as it is written, where a variable is in it; else it is the parser's.
func (b *builder) name(at posrange.Pos, parsed string) string {
	if b.chunkAt(at) == nil {
		return parsed
	}
	return b.restore.Replace(parsed)
}

// text returns a string as it is written, without quotes, where the parser has read a stand-in; else it is the parser's.
func (b *builder) text(at posrange.Pos, parsed string) string {
	if c := b.chunkAt(at); c != nil && (c.masked || c.place == AsString) {
		return unquote(b.Text[c.span.Start:c.span.End])
	}
	return parsed
}
