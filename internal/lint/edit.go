package lint

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// edit is a certain change of a file: a piece of a query, or a value as a whole.
type edit struct {
	node   *grafana.Node
	piece  *query.Span // of the query, which begins at offset in the node's text; nil: the whole value
	offset int         // -1: the node has another text
	text   string      // for a piece; else the bytes of the new value
}

// change replaces bytes of a file.
type change struct {
	grafana.Span
	text string
}

// change returns the edit as bytes. It returns false for a text whose bytes are not the ones it says, such as a folded one.
func (e edit) change(data []byte) (change, bool) {
	span := e.node.Span()
	if e.node.Syntax() == grafana.Quoted || span.End <= span.Start || span.End > len(data) {
		return change{}, false
	}
	if e.piece == nil {
		return change{span, e.text}, true
	}
	if e.offset < 0 || e.node.Kind() != grafana.String {
		return change{}, false
	}
	raw := string(data[span.Start:span.End])
	start, end, ok := within(e.node, raw, e.offset+e.piece.Start, e.offset+e.piece.End)
	if !ok {
		return change{}, false
	}
	text := e.text
	if strings.HasPrefix(raw, `"`) {
		text = quotedInside(text)
	}
	return change{grafana.Span{Start: span.Start + start, End: span.Start + end}, text}, true
}

// within returns where a piece of a node's text is in its bytes.
func within(n *grafana.Node, raw string, start, end int) (from, upTo int, ok bool) {
	if strings.HasPrefix(raw, `"`) {
		from, ok = offsetInJSON(raw, start)
		upTo, isEnd := offsetInJSON(raw, end)
		return from, upTo, ok && isEnd
	}
	at := strings.Index(raw, n.Text()) // plain, on one line, or a block without an indent in it
	if at < 0 {
		return 0, 0, false
	}
	return at + start, at + end, true
}

// offsetInJSON returns the place in a quoted text of the byte that is at the offset in what it says.
func offsetInJSON(raw string, offset int) (int, bool) {
	at, decoded := 1, 0
	for decoded < offset {
		size, width := 1, 1
		if at >= len(raw)-1 {
			return 0, false
		}
		if raw[at] == '\\' {
			size = 2
			if raw[at+1] == 'u' {
				if size = 6; at+12 <= len(raw) && isPair(raw[at:at+12]) {
					size = 12
				}
			}
			if at+size > len(raw) {
				return 0, false
			}
			var text string
			if json.Unmarshal([]byte(`"`+raw[at:at+size]+`"`), &text) != nil {
				return 0, false
			}
			width = len(text)
		}
		at += size
		decoded += width
	}
	return at, decoded == offset
}

// isPair reports whether two escapes are the halves of one character.
func isPair(raw string) bool {
	var text string
	return json.Unmarshal([]byte(`"`+raw+`"`), &text) == nil && utf8.RuneCountInString(text) == 1 && text != "\ufffd"
}

// quotedInside escapes a text for the inside of quotation marks.
func quotedInside(text string) string {
	quoted := grafana.NewText(text).String()
	return quoted[1 : len(quoted)-1]
}
