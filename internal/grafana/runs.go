package grafana

import (
	"slices"
	"strings"
)

// run says that from these bytes on, a decoded text and the file run side by side.
type run struct{ inner, outer int }

// outer returns where a part of a decoded text is in the file: at the whole text, where that is not known.
func (n *Node) outer(s Span, runs []run) Span {
	if runs == nil || s.Start >= s.End {
		return n.span
	}
	at := func(inner int) int {
		i, found := slices.BinarySearchFunc(runs, inner, func(r run, inner int) int { return r.inner - inner })
		if !found {
			i = max(0, i-1)
		}
		return runs[i].outer + inner - runs[i].inner
	}
	return Span{at(s.Start), at(s.End)}
}

// isBlock reports whether a text is written as a literal block of YAML.
func (n *Node) isBlock() bool {
	return n.syntax == YAML && n.span.Start < len(n.file.text) && n.file.text[n.span.Start] == '|'
}

// runs compares a decoded text with its bytes in the file. It returns nil where they do not run side by side: quotes over
// several lines, or base64.
func (n *Node) runs() []run {
	raw := n.file.text[n.span.Start:n.span.End]
	switch {
	case raw == "":
		return nil
	case raw[0] == '>':
		return foldedRuns(raw, n.text, n.span.Start)
	case raw[0] == '|':
		return literalRuns(raw, n.text, n.span.Start)
	case raw[0] == '"':
		return quotedRuns(raw, n.text, n.span.Start)
	case raw[0] == '\'' && !strings.Contains(raw[1:len(raw)-1], "''") && raw[1:len(raw)-1] == n.text:
		return []run{{0, n.span.Start + 1}}
	case raw == n.text:
		return []run{{0, n.span.Start}}
	}
	return nil
}

// literalRuns compares a literal block line by line.
func literalRuns(raw, text string, start int) []run {
	_, indent := block(raw, text)
	var runs []run
	header, _, _ := strings.Cut(raw, "\n")
	inner, outer := 0, len(header)+1
	for line := range strings.Lines(text) {
		end := strings.IndexByte(raw[min(outer, len(raw)):], '\n')
		if end < 0 {
			end = len(raw) - outer
		}
		content := strings.TrimSuffix(line, "\n")
		if content != "" {
			if !strings.HasPrefix(raw[min(outer+indent, len(raw)):], content) {
				return nil
			}
			runs = append(runs, run{inner, start + outer + indent})
		}
		inner += len(line)
		outer += end + 1
	}
	return runs
}

// foldedRuns compares a folded block line by line. Line breaks may be spaces in the text.
func foldedRuns(raw, text string, start int) []run {
	_, indent := block(raw, text)
	var runs []run
	header, rest, _ := strings.Cut(raw, "\n")
	inner, outer := 0, len(header)+1
	for line := range strings.Lines(rest) {
		content := strings.TrimRight(line[min(indent, len(line)):], "\r\n")
		if strings.TrimSpace(content) != "" {
			for !strings.HasPrefix(text[inner:], content) {
				if inner == len(text) || text[inner] != ' ' && text[inner] != '\n' {
					return nil
				}
				inner++
			}
			runs = append(runs, run{inner, start + outer + indent})
			inner += len(content)
		}
		outer += len(line)
	}
	return runs
}

// quotedRuns compares a text in quotation marks with its escapes, byte by byte: each escape begins a run.
func quotedRuns(raw, text string, start int) []run {
	runs := []run{{0, start + 1}}
	inner := 0
	for at := 1; at < len(raw)-1; at++ {
		if raw[at] != '\\' {
			if inner >= len(text) || raw[at] != text[inner] {
				return nil
			}
			inner++
			continue
		}
		length, size := escape(raw[at:], text[min(inner, len(text)):])
		if length == 0 {
			return nil
		}
		runs = append(runs, run{inner, start + at}, run{inner + size, start + at + length})
		inner += size
		at += length - 1
	}
	if inner != len(text) {
		return nil
	}
	return runs
}

// escape returns the length of an escape, and how many bytes of the text it is; 0 where that is not clear.
func escape(raw, text string) (length, size int) {
	single := map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f'}
	if len(raw) < 2 || text == "" {
		return 0, 0
	}
	if c, ok := single[raw[1]]; ok && text[0] == c {
		return 2, 1
	}
	if raw[1] == 'u' && len(raw) >= 6 && text[0] < 0x80 {
		return 6, 1
	}
	return 0, 0
}
