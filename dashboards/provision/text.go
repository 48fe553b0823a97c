package provision

import (
	"strings"
	"unicode/utf8"
)

const hex = "0123456789abcdef"

// appendText adds a JSON string. It also escapes what YAML cannot hold directly, such as a byte order mark, so that
// the text can go into a manifest line by line.
func appendText(out []byte, text string) []byte {
	out = append(out, '"')
	done := 0
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		if plain(c) && !(c == utf8.RuneError && size == 1) {
			i += size
			continue
		}
		out = append(out, text[done:i]...)
		if at := strings.IndexRune("\"\\\b\f\n\r\t", c); at >= 0 {
			out = append(out, '\\', `"\bfnrt`[at])
		} else {
			out = append(out, '\\', 'u', hex[c>>12&15], hex[c>>8&15], hex[c>>4&15], hex[c&15])
		}
		i += size
		done = i
	}
	return append(append(out, text[done:]...), '"')
}

// plain reports whether a character is written as it is, in JSON and in YAML: https://yaml.org/spec/1.2.2/#51-character-set
func plain(c rune) bool {
	switch {
	case c < 0x7f:
		return c >= ' ' && c != '"' && c != '\\'
	case c < 0xa0, c == 0x2028, c == 0x2029, c == 0xfeff, c == 0xfffe, c == 0xffff:
		return false
	}
	return true
}
