package query

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/prometheus/prometheus/promql/parser"
)

// Cause is the kind of reason why a query has no answer.
type Cause string

// The causes. The last four are faults of the query: it will not have an answer later either.
const (
	Filtered  Cause = "filtered"  // no sample passes a comparison
	Excluded  Cause = "excluded"  // unless, or another choice of series, leaves nothing
	Present   Cause = "present"   // absent(x) while there is x
	NoAlert   Cause = "no-alert"  // ALERTS while none is pending or firing
	NotYet    Cause = "not-yet"   // a selector finds nothing, perhaps later
	TooEarly  Cause = "too-early" // it looks at a time for which there are no samples yet
	Unpaired  Cause = "unpaired"  // no series of an operator's two sides match now
	Ended     Cause = "ended"     // a selector's series have no sample now
	NotNeeded Cause = "not-needed"
	ByZero    Cause = "by-zero"   // a division by something that is 0 now
	NotAsked  Cause = "not-asked" // the query has too many parts

	TooShort    Cause = "too-short"   // a window holds fewer samples than its function needs
	NeverPairs  Cause = "never-pairs" // the labels of an operator's two sides cannot match
	NeverPasses Cause = "never-passes"
	Unexplained Cause = "unexplained"
)

// Blank is why a query has no answer. Without a Cause there is no reason: it has one.
type Blank struct {
	Cause Cause
	Part  string // what is to blame: > 0, offset 1w, a selector
	text  string
}

// IsFault reports whether the query itself is wrong, not only the moment.
func (b Blank) IsFault() bool {
	switch b.Cause {
	case TooShort, NeverPairs, NeverPasses, Unexplained:
		return true
	}
	return false
}

// String returns the reason, such as "nothing passes > 0 now".
func (b Blank) String() string { return b.text }

func blank(cause Cause, part, format string, args ...any) Blank {
	return Blank{cause, part, fmt.Sprintf(format, args...)}
}

// Evidence is what the source of a query's answers knows.
type Evidence struct {
	Presence []Presence      // of each of Selectors
	Fixed    map[string]bool // labels whose values the target determines: a value that does not match never will
	// Ask returns the labels of the answer's series to a part of the query, asked as the whole was.
	Ask func(part string) ([]map[string]string, error)
}

// maxAsked bounds how many parts of one query are asked.
const maxAsked = 64

var errTooMany = errors.New("too many parts")

// WhyBlank returns why a query without variables has no answer: it follows the empty parts down to the first whose own
// parts have answers. The error is that of Ask.
func (q *Query) WhyBlank(e Evidence) (Blank, error) { return q.why(e, (*blanks).of) }

// WhyNaN returns why the answer has no numbers: scalar(x) in it has no x, or it divides by what is 0. Else the Cause is
// empty.
func (q *Query) WhyNaN(e Evidence) (Blank, error) { return q.why(e, (*blanks).ofNumbers) }

func (q *Query) why(e Evidence, of func(*blanks, parser.Expr) (Blank, error)) (Blank, error) {
	b := &blanks{Evidence: e, index: map[*parser.VectorSelector]int{}, selectors: q.Selectors(), subqueries: q.subqueries()}
	for i, s := range q.vectors() {
		b.index[s] = i
	}
	found, err := of(b, q.expr)
	if errors.Is(err, errTooMany) {
		return blank(NotAsked, "", "to see why it is empty, more than %d of its parts would be asked", maxAsked), nil
	}
	return found, err
}

// blanks walks the empty parts of a query.
type blanks struct {
	Evidence
	index      map[*parser.VectorSelector]int
	selectors  []Selector
	subqueries map[*parser.SubqueryExpr]*Subquery
	within     []*parser.SubqueryExpr // around the part, outer ones first
	asked      int
}

func (q *Query) subqueries() map[*parser.SubqueryExpr]*Subquery {
	all := map[*parser.SubqueryExpr]*Subquery{}
	q.tree.Walk(func(p *Part) bool {
		if e, ok := p.expr.(*parser.SubqueryExpr); ok {
			all[e] = p.Subquery
		}
		return true
	})
	return all
}

// ask returns the answer's series to a part. A number is always there.
func (b *blanks) ask(e parser.Expr) ([]map[string]string, error) {
	switch e.Type() {
	case parser.ValueTypeScalar, parser.ValueTypeString:
		return []map[string]string{{}}, nil
	}
	if b.asked++; b.asked > maxAsked {
		return nil, errTooMany
	}
	return b.Ask(b.instant(e).String())
}

// instant returns a part as an expression of its own: a window's last samples, those of the steps of a subquery.
func (b *blanks) instant(e parser.Expr) parser.Expr {
	switch window := e.(type) {
	case *parser.MatrixSelector:
		selector := *window.VectorSelector.(*parser.VectorSelector)
		selector.Anchored, selector.Smoothed = false, false // only for some functions
		bare := *window
		bare.VectorSelector = &selector
		e = last(&bare)
	case *parser.SubqueryExpr:
		e = last(window)
	}
	for i := len(b.within) - 1; i >= 0; i-- {
		subquery := *b.within[i]
		subquery.Expr = &parser.ParenExpr{Expr: e}
		e = last(&subquery)
	}
	return e
}

func last(window parser.Expr) parser.Expr {
	return &parser.Call{Func: parser.Functions["last_over_time"], Args: parser.Expressions{window}}
}

// of returns why a part is empty.
func (b *blanks) of(e parser.Expr) (Blank, error) {
	switch e := e.(type) {
	case *parser.ParenExpr:
		return b.of(e.Expr)
	case *parser.UnaryExpr:
		return b.of(e.Expr)
	case *parser.VectorSelector:
		return b.ofSelector(e), nil
	case *parser.MatrixSelector:
		return b.ofWindow(e)
	case *parser.SubqueryExpr:
		b.within = append(b.within, e)
		defer func() { b.within = b.within[:len(b.within)-1] }()
		return b.of(e.Expr)
	case *parser.AggregateExpr:
		return b.ofAggregation(e)
	case *parser.BinaryExpr:
		return b.ofBinary(e)
	case *parser.Call:
		return b.ofCall(e)
	}
	return b.unexplained(e), nil
}

func (b *blanks) unexplained(e parser.Expr) Blank {
	return blank(Unexplained, e.String(), "%s gives no answer, though its parts do", short(e))
}

// needed returns why a part is empty that needs all of its parts, for the empty ones among them: a fault before the
// rest. Where none is empty, the Cause is.
func (b *blanks) needed(parts ...parser.Expr) (Blank, error) {
	var empty []Blank
	for _, part := range parts {
		series, err := b.ask(part)
		if err != nil {
			return Blank{}, err
		}
		if len(series) > 0 {
			continue
		}
		why, err := b.of(part)
		if err != nil {
			return Blank{}, err
		}
		empty = append(empty, why)
	}
	return first(empty, func(w Blank) bool { return w.IsFault() }), nil
}

// ofNumbers returns why an answer has no numbers.
func (b *blanks) ofNumbers(e parser.Expr) (Blank, error) {
	why, err := b.ofScalars(e)
	if err != nil || why.Cause != "" {
		return why, err
	}
	return b.ofDivisors(e)
}

// ofScalars returns why the first scalar(x) without an x has none.
func (b *blanks) ofScalars(e parser.Expr) (Blank, error) {
	var inner parser.Expressions
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if call, ok := n.(*parser.Call); ok && call.Func.Name == "scalar" {
			inner = append(inner, call.Args...)
		}
		return nil
	})
	return b.needed(inner...)
}

// first returns the first blank that is preferred, else the first that is about a part that the query needs.
func first(all []Blank, preferred func(Blank) bool) Blank {
	isOther := func(w Blank) bool { return w.Cause != NotNeeded }
	isAny := func(Blank) bool { return true }
	for _, is := range []func(Blank) bool{preferred, isOther, isAny} {
		for _, w := range all {
			if is(w) {
				return w
			}
		}
	}
	return Blank{}
}

// short returns an expression in at most 60 bytes, without half a character.
func short(e parser.Expr) string {
	text := e.String()
	if len(text) <= 60 {
		return text
	}
	end := 57
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "..."
}
