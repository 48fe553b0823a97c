package grafana

import (
	"fmt"
	"slices"
	"strings"
)

// configMap reads the boards among the values of a ConfigMap. Its other values are nobody's fault, unless they are
// called .json and are none.
func (c *collector) configMap(n *Node, depth int) {
	before := len(c.boards) + len(c.errs)
	for _, m := range n.At("data").Members() {
		text := strings.TrimSpace(strings.TrimPrefix(m.Value.Text(), mark))
		if strings.HasSuffix(m.Name, ".json") || strings.HasPrefix(text, "{") {
			c.nested(fmt.Sprintf("data[%q]", m.Name), m.Value, depth)
		}
	}
	if len(c.boards)+len(c.errs) == before {
		name := n.At("metadata", "name").Text()
		c.others = append(c.others, fmt.Errorf("not a dashboard: the ConfigMap %q has no boards in its data", name))
	}
}

// nested reads the board in a text of the file.
func (c *collector) nested(name string, value *Node, depth int) {
	line := value.Place().Line
	root, err := c.inner(value)
	if err != nil {
		c.fail(fmt.Errorf("%s: not JSON: %w", name, err))
		return
	}
	found := &collector{file: c.file, isNested: true}
	found.document(root, depth+1)
	c.boards = append(c.boards, found.boards...)
	for _, err := range append(found.errs, found.others...) {
		c.others = append(c.others, fmt.Errorf("%s at line %d: %w", name, line, err))
	}
}

// inner reads the JSON in a text, and gives each value its place in the file.
func (c *collector) inner(value *Node) (*Node, error) {
	text := value.Text()
	if value.Kind() != String {
		return nil, fmt.Errorf("line %d: the value is not a text", value.Place().Line)
	}
	runs := value.runs()
	root, err := parseJSON(&file{text: text}, text, 0)
	if wrong, ok := err.(*syntaxError); ok {
		wrong.file, wrong.at = value.file, value.outer(Span{wrong.at, wrong.at + 1}, runs).Start
	}
	if err != nil {
		return nil, err
	}
	root.move(value, runs)
	return root, nil
}

// move gives a value of a text, and all in it, the place of the text's bytes in the file.
func (n *Node) move(value *Node, runs []run) {
	n.file = value.file
	n.syntax = Quoted
	if value.isBlock() && runs != nil {
		n.syntax = JSON
	}
	n.span = value.outer(n.span, runs)
	for i := range n.keys {
		n.keys[i].Span = value.outer(n.keys[i].Span, runs)
	}
	for _, child := range n.items {
		child.move(value, runs)
	}
}

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

// runs compares a decoded text with its bytes in the file. It returns nil where they do not run side by side: a folded
// text, or quotes over several lines.
func (n *Node) runs() []run {
	raw := n.file.text[n.span.Start:n.span.End]
	switch {
	case raw == "":
		return nil
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
