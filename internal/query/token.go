package query

import (
	"sort"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/parser/posrange"
)

// The parser's tree does not hold where labels, matchers, operators and durations are written; its tokens do.

// lex returns the tokens of a text that the parser has accepted, without comments.
func lex(text string) []parser.Item {
	tokens := make([]parser.Item, 0, len(text)/4+4) // a token and the space behind it have five bytes or so
	lexer := parser.Lex(text)
	for {
		var token parser.Item
		lexer.NextItem(&token)
		switch token.Typ {
		case parser.COMMENT:
			continue
		case parser.EOF, parser.ERROR:
			return tokens
		}
		tokens = append(tokens, token)
	}
}

// tokenAt returns the index of the first token at or behind a place in the substituted text.
func (q *Query) tokenAt(at posrange.Pos) int {
	return sort.Search(len(q.tokens), func(i int) bool { return q.tokens[i].Pos >= at })
}

// is reports whether token i exists and is of one of the types.
func (q *Query) is(i int, types ...parser.ItemType) bool {
	for _, t := range types {
		if 0 <= i && i < len(q.tokens) && q.tokens[i].Typ == t {
			return true
		}
	}
	return false
}

// closing returns the index of the bracket that closes the one at i, or of the last token.
func (q *Query) closing(i int) int {
	depth := 0
	for ; i < len(q.tokens); i++ {
		switch q.tokens[i].Typ {
		case parser.LEFT_PAREN, parser.LEFT_BRACE, parser.LEFT_BRACKET:
			depth++
		case parser.RIGHT_PAREN, parser.RIGHT_BRACE, parser.RIGHT_BRACKET:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(q.tokens) - 1
}

// opening returns the index of the bracket that the one at i closes, or of the first token.
func (q *Query) opening(i int) int {
	depth := 0
	for ; i > 0; i-- {
		switch q.tokens[i].Typ {
		case parser.RIGHT_PAREN, parser.RIGHT_BRACE, parser.RIGHT_BRACKET:
			depth++
		case parser.LEFT_PAREN, parser.LEFT_BRACE, parser.LEFT_BRACKET:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

// between returns the span of the tokens from (inclusive) to upTo (exclusive), and their original text.
func (q *Query) between(from, upTo int) (Span, string) {
	if from >= upTo || upTo > len(q.tokens) {
		return Span{}, ""
	}
	last := q.tokens[upTo-1]
	span := q.span(posrange.PositionRange{Start: q.tokens[from].Pos, End: last.Pos + posrange.Pos(len(last.Val))})
	return span, q.Text[span.Start:span.End]
}

// labelList reads the label names in the parentheses that open at i.
func (q *Query) labelList(i int) []Label {
	labels := []Label{}
	for end := q.closing(i); i < end; i++ {
		if !q.is(i, parser.COMMA, parser.LEFT_PAREN) {
			span, written := q.between(i, i+1)
			labels = append(labels, Label{Name: unquote(written), Span: span})
		}
	}
	return labels
}

// Label is a label name in a query.
type Label struct {
	Name string // as written where it is a variable: $label
	Span Span
}
