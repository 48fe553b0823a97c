package query

import (
	"errors"
	"fmt"

	"github.com/prometheus/prometheus/promql/parser"
)

// Error says why a text is not a query.
type Error struct {
	Span         Span
	Line, Column int // of the Span's start, from 1, the column in bytes
	Message      string
	// Variable is the variable to blame, as written, or empty. The text may be a valid query, but the variable stands
	// where its content cannot be guessed: an operator, an offset with its keyword, a part of an expression.
	Variable string
	// NotJudged is true where the text may be right: it is over a limit, or what Grafana puts in is not known here.
	NotJudged bool
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }

func newError(text string, span Span, message string) *Error {
	line, column := position(text, span.Start)
	span.End = max(span.Start, span.End)
	return &Error{Span: span, Line: line, Column: column, Message: message}
}

func (q *Query) fail(span Span, message string) *Error { return newError(q.Text, span, message) }

// failure returns the parser's first error with places of the original text.
func (q *Query) failure(err error) *Error {
	var failures parser.ParseErrors
	if !errors.As(err, &failures) || len(failures) == 0 {
		return q.fail(Span{0, len(q.Text)}, "Prometheus's parser failed: "+err.Error())
	}
	first := failures[0]
	e := q.fail(q.span(first.PositionRange), q.restore.Replace(first.Err.Error()))
	for _, c := range q.touching(first.PositionRange) {
		if c.place != AsText && e.Variable == "" && !c.builtin() {
			e.Variable = q.Text[c.span.Start:c.span.End]
		}
	}
	return e
}

// builtin reports whether all in the chunk that is not written out are macros: their values are known well enough.
func (c *chunk) builtin() bool {
	for _, v := range c.variables {
		if !v.Builtin() {
			return false
		}
	}
	return true
}
