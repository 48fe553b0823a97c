// Package query reads a PromQL query as it stands in a Grafana dashboard, with variables and macros. It reports the
// selectors, functions, aggregations and operators with their places in the text, the labels of the result, and the
// dimension (bytes, seconds) of its value. Parse replaces each variable by a text that PromQL accepts there and uses
// Prometheus's own parser; every place is given in bytes of the original text. Interpolate inserts real values
// instead. The package does not evaluate queries; WhyBlank explains an empty answer by parts that its caller asks. It
// knows only the metrics of a Catalogue; what it cannot know it reports as open or unknown, and never guesses.
package query

import (
	"sort"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/parser/posrange"
)

// Query is a parsed query. It does not change, and several goroutines may use it.
type Query struct {
	Text string // the original text

	chunks  []*chunk    // the replaced parts, in the order of the text
	sub     string      // the text with the stand-ins
	expr    parser.Expr // of sub
	tree    *Part
	restore *strings.Replacer
}

// Span is a part of the original text: Text[Start:End], in bytes.
type Span struct{ Start, End int }

// Parse reads a query of up to 64 KiB, within the other limits of CheckSize. The error is an *Error.
func Parse(text string) (*Query, error) {
	chunks, err := scan(text, maxLength)
	if err != nil {
		return nil, err
	}
	q := &Query{Text: text, chunks: chunks}
	names := newStandIns(text)
	// The neighbours of a variable give the first guess of what it stands for. Where the parser wants another type,
	// that is tried next. A few rounds settle every query that can be settled.
	for range 8 {
		q.substitute(names)
		expr, err := q.parser().ParseExpr(q.sub)
		if err == nil {
			q.expr = expr
			b := &builder{q, lex(q.sub)}
			q.tree = b.part(expr, nil)
			forget(expr)
			return q, nil
		}
		if !q.reconsider(expr, err) {
			return nil, q.failure(err)
		}
	}
	return nil, q.fail(Span{0, len(text)}, "cannot determine what the variables stand for")
}

// parser accepts everything that a Prometheus can be configured to accept, and the functions that variables name.
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

// Canonical returns Prometheus's own printing of the query, with the original variables and macros. Matchers are
// sorted, durations normalised (60s becomes 1m), comments removed. A query that equals its printing is canonical.
func (q *Query) Canonical() string { return q.restore.Replace(q.expr.String()) }

// span converts a place in the substituted text to one in the original. A place inside a stand-in widens to
// everything that it stands for.
func (q *Query) span(r posrange.PositionRange) Span {
	s := Span{Start: q.offset(int(r.Start), false), End: q.offset(int(r.End), true)}
	s.End = max(s.Start, s.End)
	return s
}

func (q *Query) offset(at int, end bool) int {
	at = min(max(at, 0), len(q.sub))
	behind := sort.Search(len(q.chunks), func(i int) bool { return at <= q.chunks[i].sub.Start })
	if behind == 0 {
		return at
	}
	switch c := q.chunks[behind-1]; {
	case at >= c.sub.End:
		return at + c.span.End - c.sub.End
	case end:
		return c.span.End
	default:
		return c.span.Start
	}
}

// chunkAt returns the chunk at a place in the substituted text, or nil.
func (q *Query) chunkAt(at posrange.Pos) *chunk {
	behind := sort.Search(len(q.chunks), func(i int) bool { return int(at) < q.chunks[i].sub.Start })
	if behind > 0 && int(at) < q.chunks[behind-1].sub.End {
		return q.chunks[behind-1]
	}
	return nil
}
