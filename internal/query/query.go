// Package query reads a PromQL query as a Grafana dashboard holds it, with variables and macros in it, and tells what
// it says: its selectors, functions, aggregations and operators with their places in the text, the labels that
// survive to the result, and the dimension (bytes, seconds) of its value. Each variable is replaced by something
// PromQL accepts where it stands, the rest is read by Prometheus's own parser, and every place is given in bytes of
// the text as it was written. Interpolate puts real values in instead. The package evaluates nothing, and knows no
// metrics but those that a Catalogue tells it; what it cannot know it calls open or unknown, and never guesses.
package query

import (
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/parser/posrange"
)

// Limits on what Parse reads, so that no text makes it slow: parsing and printing take time quadratic in the depth.
const (
	maxLength    = 64 << 10 // bytes of text
	maxOperators = 2048     // operators, brackets and parentheses outside strings
	maxVariables = 900      // variables outside strings; the stand-ins have three digits
)

// Query is a query that has been read. It does not change, and may be used by several goroutines.
type Query struct {
	Text string // as it was given

	chunks  []*chunk      // what was replaced, in the order of the text
	sub     string        // the text with the stand-ins
	expr    parser.Expr   // of sub
	tokens  []parser.Item // of sub, without comments
	restore *strings.Replacer
}

// Span is a part of the text that was given: Text[Start:End], in bytes.
type Span struct{ Start, End int }

// Parse reads a query of up to 64 KiB. The error is an *Error.
func Parse(text string) (*Query, error) {
	chunks, err := scan(text)
	if err != nil {
		return nil, err
	}
	q := &Query{Text: text, chunks: chunks}
	names := newStandIns(text)
	// What a variable stands for is first judged by what is beside it. Where the parser wants another type there, it is
	// tried as that; a few rounds settle every query that can be settled.
	for range 8 {
		q.substitute(names)
		expr, err := q.parser().ParseExpr(q.sub)
		if err == nil {
			q.expr, q.tokens = expr, lex(q.sub)
			return q, nil
		}
		if !q.reconsider(expr, err) {
			return nil, q.failure(err)
		}
	}
	return nil, q.fail(Span{0, len(text)}, "what the variables stand for cannot be told")
}

// parser accepts what any Prometheus may be told to accept, and the functions that variables name.
func (q *Query) parser() parser.Parser {
	options := parser.Options{EnableExperimentalFunctions: true, EnableBinopFillModifiers: true}
	options.Functions = q.functions()
	return parser.NewParser(options)
}

// Position converts an offset in bytes, such as a Span's Start, to a line and a column, both from 1, the column in
// bytes.
func (q *Query) Position(offset int) (line, column int) { return position(q.Text, offset) }

func position(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	return strings.Count(before, "\n") + 1, len(before) - strings.LastIndexByte(before, '\n')
}

// Canonical is Prometheus's own printing of the query, with the variables and macros as they were written: matchers
// sorted, durations normalised (60s becomes 1m), comments gone. A query whose Text equals it is canonical.
func (q *Query) Canonical() string { return q.restore.Replace(q.expr.String()) }

// span converts a place in the substituted text to one in the original; a place inside a stand-in widens to all that it
// stands for.
func (q *Query) span(r posrange.PositionRange) Span {
	s := Span{Start: q.offset(int(r.Start), false), End: q.offset(int(r.End), true)}
	s.End = max(s.Start, s.End)
	return s
}

func (q *Query) offset(at int, end bool) int {
	at = min(max(at, 0), len(q.sub))
	shift := 0 // original minus substituted, behind the chunks passed so far
	for _, c := range q.chunks {
		switch {
		case at <= c.sub.Start:
			return at + shift
		case at < c.sub.End && end:
			return c.span.End
		case at < c.sub.End:
			return c.span.Start
		}
		shift = c.span.End - c.sub.End
	}
	return at + shift
}

// chunkAt is the chunk that a place in the substituted text falls in, or nil.
func (q *Query) chunkAt(at posrange.Pos) *chunk {
	for _, c := range q.chunks {
		if c.sub.Start <= int(at) && int(at) < c.sub.End {
			return c
		}
	}
	return nil
}
