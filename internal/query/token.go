package query

import (
	"sort"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/parser/posrange"
)

// lex returns the tokens of a text that the parser has accepted, without comments.
func lex(text string) []parser.Item {
	tokens := make([]parser.Item, 0, len(text)/4+4) // a token and the space behind it have five bytes or so
	lexer := parser.Lex(text)
	for {
		tokens = append(tokens, parser.Item{})
		last := len(tokens) - 1
		lexer.NextItem(&tokens[last])
		switch tokens[last].Typ {
		case parser.COMMENT:
			tokens = tokens[:last]
		case parser.EOF, parser.ERROR:
			return tokens[:last]
		}
	}
}

// tokenAt returns the index of the first token at or behind a place in the substituted text.
func (b *builder) tokenAt(at posrange.Pos) int {
	return sort.Search(len(b.tokens), func(i int) bool { return b.tokens[i].Pos >= at })
}

// is reports whether token i exists and is of one of the types.
func (b *builder) is(i int, types ...parser.ItemType) bool {
	for _, t := range types {
		if 0 <= i && i < len(b.tokens) && b.tokens[i].Typ == t {
			return true
		}
	}
	return false
}

// closing returns the index of the bracket that closes the one at i, or of the last token.
func (b *builder) closing(i int) int {
	depth := 0
	for ; i < len(b.tokens); i++ {
		switch b.tokens[i].Typ {
		case parser.LEFT_PAREN, parser.LEFT_BRACE, parser.LEFT_BRACKET:
			depth++
		case parser.RIGHT_PAREN, parser.RIGHT_BRACE, parser.RIGHT_BRACKET:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(b.tokens) - 1
}

// opening returns the index of the bracket that the one at i closes, or of the first token.
func (b *builder) opening(i int) int {
	depth := 0
	for ; i > 0; i-- {
		switch b.tokens[i].Typ {
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
func (b *builder) between(from, upTo int) (Span, string) {
	if from >= upTo || upTo > len(b.tokens) {
		return Span{}, ""
	}
	last := b.tokens[upTo-1]
	span := b.span(posrange.PositionRange{Start: b.tokens[from].Pos, End: last.Pos + posrange.Pos(len(last.Val))})
	return span, b.Text[span.Start:span.End]
}

// labelList reads the label names in the parentheses that open at i.
func (b *builder) labelList(i int) []Label {
	labels := []Label{}
	for end := b.closing(i); i < end; i++ {
		if !b.is(i, parser.COMMA, parser.LEFT_PAREN) {
			span, written := b.between(i, i+1)
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
