package query

import (
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/parser/posrange"
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
func (q *Query) Calls() []Call {
	var all []Call
	visit(q, func(n *parser.Call, _ []parser.Node) {
		span, _ := q.between(q.nameOf(n.PosRange.Start))
		c := Call{Func: q.restore.Replace(n.Func.Name), Experimental: n.Func.Experimental, Span: span}
		for _, arg := range n.Args {
			if text := q.number(arg); text != "" {
				c.Numbers = append(c.Numbers, text)
			}
			c.Texts = append(c.Texts, q.texts(arg)...)
		}
		all = append(all, c)
	})
	return all
}

// texts returns the text of a string, and nothing for any other expression.
func (q *Query) texts(e parser.Expr) []string {
	if literal, ok := e.(*parser.StringLiteral); ok {
		return []string{q.restore.Replace(literal.Val)}
	}
	return nil
}

// Experimental returns the first function, aggregation or modifier that works only with one of Prometheus's features
// enabled; empty without one.
func (q *Query) Experimental() string {
	for _, c := range q.Calls() {
		if c.Experimental {
			return c.Func
		}
	}
	for _, a := range q.Aggregations() {
		if a.Experimental {
			return a.Op
		}
	}
	fills := ""
	visit(q, func(n *parser.BinaryExpr, _ []parser.Node) {
		if m := n.VectorMatching; m != nil && (m.FillValues.LHS != nil || m.FillValues.RHS != nil) {
			fills = "fill"
		}
	})
	return fills
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
	var all []Aggregation
	visit(q, func(n *parser.AggregateExpr, _ []parser.Node) { all = append(all, q.aggregation(n)) })
	return all
}

func (q *Query) aggregation(n *parser.AggregateExpr) Aggregation {
	op, next := q.nameOf(n.PosRange.Start)
	span, _ := q.between(op, next)
	a := Aggregation{Op: q.restore.Replace(n.Op.String()), Without: n.Without, Span: span}
	a.Number, a.Experimental = q.number(n.Param), n.Op.IsExperimentalAggregator()
	a.Texts = q.texts(n.Param)
	grouping := next // sum by (...) (x), else sum(x) by (...)
	if q.is(grouping, parser.LEFT_PAREN) {
		grouping = q.closing(grouping) + 1
	}
	if q.is(grouping, parser.BY, parser.WITHOUT) {
		a.Labels = q.labelList(grouping + 1)
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
}

// Operations returns all uses of binary operators, outer ones first.
func (q *Query) Operations() []Operation {
	var all []Operation
	visit(q, func(n *parser.BinaryExpr, _ []parser.Node) { all = append(all, q.operation(n)) })
	return all
}

// operation reads the operator and its modifiers backwards from the right side, the only place where the tree says
// exactly where they end.
func (q *Query) operation(n *parser.BinaryExpr) Operation {
	o := Operation{Op: n.Op.String(), Left: q.number(n.LHS), Right: q.number(n.RHS), Bool: n.ReturnBool}
	o.Vectors = n.LHS.Type() == parser.ValueTypeVector && n.RHS.Type() == parser.ValueTypeVector
	i := q.tokenAt(n.RHS.PositionRange().Start) - 1
	for ; i > 0 && !q.tokens[i].Typ.IsOperator(); i-- {
		list := []Label(nil)
		if q.is(i, parser.RIGHT_PAREN) {
			open := q.opening(i)
			list, i = q.labelList(open), open-1
		}
		switch q.tokens[i].Typ {
		case parser.ON, parser.IGNORING:
			o.Matching, o.On = list, q.is(i, parser.ON)
		case parser.GROUP_LEFT, parser.GROUP_RIGHT:
			o.Group, o.Include = strings.ToLower(q.tokens[i].Val), list
		}
	}
	o.Span, _ = q.between(i, i+1)
	return o
}

// Exchanged returns the operator whose two sides are exchanged in another query that is the same but for that; empty
// where there is none.
func (q *Query) Exchanged(other *Query) string {
	want := other.Canonical()
	own, err := Parse(q.Text) // to be changed
	if err != nil || len(own.Canonical()) != len(want) {
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

// Subquery is the evaluation of an instant query over a range: [30m:1m].
type Subquery struct {
	Range, Step, Offset, At string // as written; an empty Step is Prometheus's evaluation interval
	Span                    Span   // with the query in it
}

// Subqueries returns all subqueries, outer ones first.
func (q *Query) Subqueries() []Subquery {
	var all []Subquery
	visit(q, func(n *parser.SubqueryExpr, _ []parser.Node) { all = append(all, q.subquery(n)) })
	return all
}

func (q *Query) subquery(n *parser.SubqueryExpr) Subquery {
	from := q.tokenAt(n.Expr.PositionRange().Start)
	open := from // the first [ outside other brackets: only an instant vector can stand before it
	for open < len(q.tokens) && !q.is(open, parser.LEFT_BRACKET) {
		if q.is(open, parser.LEFT_PAREN, parser.LEFT_BRACE) {
			open = q.closing(open)
		}
		open++
	}
	colon, end := open, q.closing(open)
	for colon < end && !q.is(colon, parser.COLON) {
		colon++
	}
	var s Subquery
	_, s.Range = q.between(open+1, colon)
	_, s.Step = q.between(colon+1, end)
	end, s.Offset, s.At = q.modifiers(end + 1)
	s.Span, _ = q.between(from, end)
	return s
}

// nameOf returns the index of the token at a place, and of the next one.
func (q *Query) nameOf(at posrange.Pos) (name, next int) {
	name = q.tokenAt(at)
	return name, name + 1
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
