package grafana

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The YAML parser says where a value begins, in lines and characters. This file finds the bytes, and where it ends.

// yamlLines returns where the lines begin, as YAML 1.1 counts them.
func yamlLines(text string) []int {
	starts := []int{0}
	for at, c := range text {
		switch c {
		case '\r':
			if !strings.HasPrefix(text[at+1:], "\n") {
				starts = append(starts, at+1)
			}
		case '\n', '\u0085', '\u2028', '\u2029':
			starts = append(starts, at+utf8.RuneLen(c))
		}
	}
	return starts
}

// start returns the byte where a value begins, after its tag and anchor.
func (p *yamlParser) start(y *yaml.Node) int {
	if y.Line < 1 || y.Line > len(p.starts) {
		return len(p.text)
	}
	at := p.starts[y.Line-1]
	if y.Line == 1 && p.offset == 0 && strings.HasPrefix(p.text, mark) {
		at += len(mark)
	}
	for range y.Column - 1 {
		if _, size := utf8.DecodeRuneInString(p.text[at:]); at < len(p.text) {
			at += size
		}
	}
	isEmpty := y.Kind == yaml.ScalarNode && y.Style&^yaml.TaggedStyle == 0 && y.Value == ""
	for at < len(p.text) && (p.text[at] == '!' || p.text[at] == '&') {
		if at += len(word(p.text[at:])); isEmpty {
			return at
		}
		at = p.skipSpace(at)
	}
	return at
}

// skipSpace skips white space and comments.
func (p *yamlParser) skipSpace(at int) int {
	for at < len(p.text) {
		switch p.text[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			line, _, _ := strings.Cut(p.text[at:], "\n")
			at += len(line)
		default:
			return at
		}
	}
	return at
}

// span returns the bytes of a value whose parts are read.
func (p *yamlParser) span(y *yaml.Node) Span {
	start := p.start(y)
	end := start
	switch {
	case y.Kind == yaml.AliasNode:
		end += len(word(p.text[start:]))
	case y.Kind == yaml.ScalarNode:
		end = p.scalarEnd(y, start)
	default:
		for _, child := range y.Content {
			end = max(end, p.ends[child])
		}
		if strings.HasPrefix(p.text[start:], "{") || strings.HasPrefix(p.text[start:], "[") {
			end = p.closed(max(end, start+1))
		}
	}
	p.ends[y] = end
	return Span{start + p.offset, end + p.offset}
}

// word returns what comes before white space or punctuation of a flow.
func word(text string) string {
	end := strings.IndexFunc(text, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",[]{}", c) })
	if end < 0 {
		return text
	}
	return text[:end]
}

// closed returns the byte after the bracket that closes a flow whose last part ends here.
func (p *yamlParser) closed(at int) int {
	at = p.skipSpace(at)
	if strings.HasPrefix(p.text[at:], ",") {
		at = p.skipSpace(at + 1)
	}
	return min(at+1, len(p.text))
}

func (p *yamlParser) scalarEnd(y *yaml.Node, start int) int {
	rest := p.text[start:]
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return start + quotedEnd(rest, `"`, `\`)
	case y.Style&yaml.SingleQuotedStyle != 0:
		return start + quotedEnd(rest, "'", "'")
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		end, _ := block(rest, y.Value)
		return start + end
	}
	return start + plainEnd(rest, y.Value)
}

// quotedEnd returns the end of a quoted text; escape comes before a quotation mark that belongs to the text.
func quotedEnd(text, quote, escape string) int {
	for at := 1; at < len(text); at++ {
		switch {
		case escape == quote && strings.HasPrefix(text[at:], quote+quote), escape != quote && text[at:at+1] == escape:
			at++
		case text[at:at+1] == quote:
			return at + 1
		}
	}
	return len(text)
}

// plainEnd returns the end of a text without quotes. Its line breaks may be spaces in the value.
func plainEnd(text, value string) int {
	at := 0
	for _, part := range strings.Fields(value) {
		found := strings.Index(text[at:], part)
		if found < 0 {
			return at
		}
		at += found + len(part)
	}
	return at
}

// block returns the end of a literal or folded text, which begins with | or >, and the width of its indentation.
func block(text, value string) (end, indent int) {
	lines := strings.SplitAfter(text, "\n")
	indent = -1
	at, keeps := len(lines[0]), strings.Contains(word(lines[0]), "+")
	end = at
	for _, line := range lines[1:] {
		content := strings.TrimRight(line, "\r\n")
		spaces := len(content) - len(strings.TrimLeft(content, " "))
		isBlank := spaces == len(content)
		if indent < 0 && !isBlank {
			first := strings.TrimLeft(value, "\n")
			indent = max(0, spaces-(len(first)-len(strings.TrimLeft(first, " "))))
		}
		if !isBlank && (spaces < indent || strings.Trim(value, " \n") == "") {
			break
		}
		if at += len(line); !isBlank || keeps {
			end = at
		}
	}
	return end, indent
}
