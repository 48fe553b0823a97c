package query

import (
	"cmp"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

// Call is a call of a function.
type Call struct {
	Func         string   // as written where it is a variable
	Numbers      []string // the arguments that are numbers: 0.95; as written where it is a variable
	Texts        []string // the arguments that are strings, without quotes
	Experimental bool     // only with Prometheus's experimental functions enabled
	Span         Span     // of the name
}

// Calls returns all calls of functions, outer ones first.
func (q *Query) Calls() []Call { return collect(q, func(p *Part) *Call { return p.Call }) }

func (b *builder) call(n *parser.Call) *Call {
	name := b.tokenAt(n.PosRange.Start)
	span, _ := b.between(name, name+1)
	c := &Call{Func: b.name(n.PosRange.Start, n.Func.Name), Experimental: n.Func.Experimental, Span: span}
	for _, arg := range n.Args {
		c.Texts = append(c.Texts, b.texts(arg)...)
		if text := b.number(arg); text != "" {
			c.Numbers = append(c.Numbers, text)
		}
	}
	return c
}

// texts returns the text of a string, and nothing for any other expression.
func (b *builder) texts(e parser.Expr) []string {
	if literal, ok := e.(*parser.StringLiteral); ok {
		return []string{b.text(literal.PosRange.Start, literal.Val)}
	}
	return nil
}

// Experimental returns the first function, aggregation or modifier that works only with one of Prometheus's features
// enabled; empty without one.
func (q *Query) Experimental() string {
	var function, aggregation, modifier string
	q.tree.Walk(func(p *Part) bool {
		switch {
		case p.Call != nil && p.Call.Experimental:
			function = cmp.Or(function, p.Call.Func)
		case p.Aggregation != nil && p.Aggregation.Experimental:
			aggregation = cmp.Or(aggregation, p.Aggregation.Op)
		case p.Operation != nil && (p.Operation.fillsLeft || p.Operation.fillsRight):
			modifier = "fill"
		}
		return true
	})
	return cmp.Or(function, aggregation, modifier)
}

// Aggregation is a use of an aggregation operator.
type Aggregation struct {
	Op           string   // sum, topk; as written where it is a variable
	Without      bool     // Labels are dropped, not kept
	Labels       []Label  // nil without by and without
	Number       string   // of topk, quantile and such: 10; as written where it is a variable
	Texts        []string // the label of count_values, without quotes
	Experimental bool     // only with Prometheus's experimental functions enabled
	Span         Span     // of the operator
}

// Aggregations returns all uses of aggregation operators, outer ones first.
func (q *Query) Aggregations() []Aggregation {
	return collect(q, func(p *Part) *Aggregation { return p.Aggregation })
}

func (b *builder) aggregation(n *parser.AggregateExpr) *Aggregation {
	op := b.tokenAt(n.PosRange.Start)
	span, _ := b.between(op, op+1)
	a := &Aggregation{Op: b.name(n.PosRange.Start, n.Op.String()), Without: n.Without, Span: span}
	a.Number, a.Experimental = b.number(n.Param), n.Op.IsExperimentalAggregator()
	a.Texts = b.texts(n.Param)
	grouping := op + 1 // sum by (...) (x), else sum(x) by (...)
	if b.is(grouping, parser.LEFT_PAREN) {
		grouping = b.closing(grouping) + 1
	}
	if b.is(grouping, parser.BY, parser.WITHOUT) {
		a.Labels = b.labelList(grouping + 1)
	}
	return a
}

// Operation is a use of a binary operator.
type Operation struct {
	Op       string  // + - * / % ^ == != > < >= <= and or unless atan2
	Left     string  // the left side, if it is a number: 100; as written where it is a variable
	Right    string  // so too the right side
	Bool     bool    // a comparison that answers 0 or 1
	Vectors  bool    // both sides are vectors
	On       bool    // Matching are labels to match on, not to ignore
	Matching []Label // nil without on and ignoring
	Group    string  // group_left, group_right or empty
	Include  []Label // of group_left or group_right
	Span     Span    // of the operator

	fillsLeft, fillsRight bool // a series of the other side can stand alone
}

// IsComparison reports whether the operator is a comparison.
func (o *Operation) IsComparison() bool {
	switch o.Op {
	case "==", "!=", ">", "<", ">=", "<=":
		return true
	}
	return false
}

// Operations returns all uses of binary operators, outer ones first.
func (q *Query) Operations() []Operation {
	return collect(q, func(p *Part) *Operation { return p.Operation })
}

// operation reads the operator and its modifiers backwards from the right side, the only place where the tree says
// exactly where they end.
func (b *builder) operation(n *parser.BinaryExpr) *Operation {
	o := &Operation{Op: n.Op.String(), Left: b.number(n.LHS), Right: b.number(n.RHS), Bool: n.ReturnBool}
	o.Vectors = n.LHS.Type() == parser.ValueTypeVector && n.RHS.Type() == parser.ValueTypeVector
	if n.VectorMatching != nil {
		o.fillsLeft, o.fillsRight = n.VectorMatching.FillValues.LHS != nil, n.VectorMatching.FillValues.RHS != nil
	}
	i := b.tokenAt(n.RHS.PositionRange().Start) - 1
	for ; i > 0 && !b.tokens[i].Typ.IsOperator(); i-- {
		list := []Label(nil)
		if b.is(i, parser.RIGHT_PAREN) {
			open := b.opening(i)
			list, i = b.labelList(open), open-1
		}
		switch b.tokens[i].Typ {
		case parser.ON, parser.IGNORING:
			o.Matching, o.On = list, b.is(i, parser.ON)
		case parser.GROUP_LEFT, parser.GROUP_RIGHT:
			o.Group, o.Include = strings.ToLower(b.tokens[i].Val), list
		}
	}
	o.Span, _ = b.between(i, i+1)
	return o
}

// Exchanged returns the operator whose two sides are exchanged in another query that is the same but for that; empty
// where there is none, and where there are more than MaxExchanged to be tried: each prints the query.
func (q *Query) Exchanged(other *Query) string {
	if len(q.Operations()) > MaxExchanged {
		return ""
	}
	want := other.Canonical()
	own, err := Parse(q.Text) // to be changed
	if err != nil || letters(own.Canonical()) != letters(want) {
		return ""
	}
	found := ""
	visit(own, func(n *parser.BinaryExpr, _ []parser.Node) {
		if found != "" || n.LHS.String() == n.RHS.String() {
			return
		}
		n.LHS, n.RHS = n.RHS, n.LHS
		if own.Canonical() == want {
			found = n.Op.String()
		}
		n.LHS, n.RHS = n.RHS, n.LHS
	})
	return found
}

// MaxExchanged is how many operators a query may have of which one is looked for whose sides are exchanged.
const MaxExchanged = 100

// letters returns how often each letter is in a text.
func letters(text string) (times [256]int) {
	for i := range len(text) {
		times[text[i]]++
	}
	return times
}

// Subquery is the evaluation of an instant query over a range: [30m:1m].
type Subquery struct {
	Range, Step, Offset, At string // as written; an empty Step is Prometheus's evaluation interval
	Span                    Span   // with the query in it
}

// Subqueries returns all subqueries, outer ones first.
func (q *Query) Subqueries() []Subquery {
	return collect(q, func(p *Part) *Subquery { return p.Subquery })
}

func (b *builder) subquery(n *parser.SubqueryExpr) *Subquery {
	from := b.tokenAt(n.Expr.PositionRange().Start)
	open := from // the first [ outside other brackets: only an instant vector can stand before it
	for open < len(b.tokens) && !b.is(open, parser.LEFT_BRACKET) {
		if b.is(open, parser.LEFT_PAREN, parser.LEFT_BRACE) {
			open = b.closing(open)
		}
		open++
	}
	colon, end := open, b.closing(open)
	for colon < end && !b.is(colon, parser.COLON) {
		colon++
	}
	s := &Subquery{}
	_, s.Range = b.between(open+1, colon)
	_, s.Step = b.between(colon+1, end)
	end, s.Offset, s.At = b.modifiers(end + 1)
	s.Span, _ = b.between(from, end)
	return s
}

// collect returns what the parts have of one kind, outer ones first.
func collect[T any](q *Query, of func(*Part) *T) []T {
	var all []T
	q.tree.Walk(func(p *Part) bool {
		if one := of(p); one != nil {
			all = append(all, *one)
		}
		return true
	})
	return all
}

// visit calls f for every node of a type, outer ones first.
func visit[N parser.Node](q *Query, f func(n N, path []parser.Node)) {
	parser.Inspect(q.expr, func(n parser.Node, path []parser.Node) error {
		if n, ok := n.(N); ok {
			f(n, path)
		}
		return nil
	})
}
