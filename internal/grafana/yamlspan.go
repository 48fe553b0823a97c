package grafana

import (
	"slices"
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
	at = min(at+p.width(y.Line-1, y.Column-1), len(p.text))
	isEmpty := y.Kind == yaml.ScalarNode && y.Style&^yaml.TaggedStyle == 0 && y.Value == ""
	for at < len(p.text) && (p.text[at] == '!' || p.text[at] == '&') {
		if at += len(word(p.text[at:])); isEmpty {
			return at
		}
		at = p.skipSpace(at)
	}
	return at
}

// width returns how many bytes the first characters of a line are. Where the two differ, the line is counted once.
func (p *yamlParser) width(line, characters int) int {
	offsets, ok := p.offsets[line]
	if !ok {
		end := len(p.text)
		if line+1 < len(p.starts) {
			end = p.starts[line+1]
		}
		text := p.text[p.starts[line]:end]
		if line == 0 && p.offset == 0 {
			text = strings.TrimPrefix(text, mark)
		}
		if utf8.RuneCountInString(text) != len(text) {
			for at := range text {
				offsets = append(offsets, at)
			}
		}
		p.offsets[line] = offsets
	}
	if characters < len(offsets) {
		return offsets[characters]
	}
	return characters
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

// isSure reports whether the bytes of a scalar are what they should be.
func (p *yamlParser) isSure(y *yaml.Node, s Span) bool {
	raw := p.text[s.Start-p.offset : s.End-p.offset]
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return len(raw) > 1 && raw[0] == '"' && raw[len(raw)-1] == '"'
	case y.Style&yaml.SingleQuotedStyle != 0:
		return len(raw) > 1 && raw[0] == '\'' && raw[len(raw)-1] == '\''
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return raw != "" && (raw[0] == '|' || raw[0] == '>')
	}
	return slices.Equal(words(raw), words(y.Value))
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

// breaks are the white space and the line breaks of YAML.
const breaks = " \t\r\n\u0085\u2028\u2029"

// words splits a text where a plain one may have a line break.
func words(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(breaks, c) })
}

// plainEnd returns the end of a text without quotes. Its line breaks may be spaces in the value.
func plainEnd(text, value string) int {
	at := 0
	for _, part := range words(value) {
		next := at + len(text[at:]) - len(strings.TrimLeft(text[at:], breaks))
		if !strings.HasPrefix(text[next:], part) {
			return at
		}
		at = next + len(part)
	}
	return at
}

// block returns the end of a literal or folded text, which begins with | or >, and the width of its indentation.
func block(text, value string) (end, indent int) {
	header, rest, _ := strings.Cut(text, "\n")
	indent = -1
	at, keeps := min(len(header)+1, len(text)), strings.Contains(word(header), "+")
	end = at
	for line := range strings.Lines(rest) {
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
