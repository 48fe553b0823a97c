// Package wildcard matches a text with a pattern of fixed pieces that has any text between them. It takes time in
// proportion to the text, and a pattern of any size, which a regular expression does not. It knows no classes and no
// single-character wildcard.
package wildcard

import "strings"

// Match reports whether text is the pieces in their order, with any text between two of them, also none.
// No pieces match nothing.
func Match(pieces []string, text string) bool {
	if len(pieces) == 0 {
		return false
	}
	if len(pieces) == 1 {
		return text == pieces[0]
	}
	last := len(pieces) - 1
	text, hasPrefix := strings.CutPrefix(text, pieces[0])
	text, hasSuffix := strings.CutSuffix(text, pieces[last])
	for _, piece := range pieces[1:last] {
		at := strings.Index(text, piece)
		if at < 0 {
			return false
		}
		text = text[at+len(piece):]
	}
	return hasPrefix && hasSuffix
}
