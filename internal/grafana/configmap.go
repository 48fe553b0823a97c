package grafana

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// configMap reads the boards among the values of a ConfigMap. Its other values are nobody's fault, unless they are
// called .json and are none, or look like a board and cannot be read.
func (c *collector) configMap(n *Node, depth int) {
	before := len(c.boards) + len(c.errs)
	for _, m := range n.At("data").Members() {
		c.entry(fmt.Sprintf("data[%q]", m.Name), m.Name, m.Value, depth)
	}
	for _, m := range n.At("binaryData").Members() {
		c.binary(fmt.Sprintf("binaryData[%q]", m.Name), m.Name, m.Value, depth)
	}
	if len(c.boards)+len(c.errs) == before {
		name := n.At("metadata", "name").Text()
		c.others = append(c.others, fmt.Errorf("not a dashboard: the ConfigMap %q has no boards in its data", name))
	}
}

// entry reads a value of a ConfigMap, if it may be a board.
func (c *collector) entry(name, key string, value *Node, depth int) {
	text := strings.TrimSpace(strings.TrimPrefix(value.Text(), mark))
	switch {
	case strings.HasSuffix(key, ".json"), strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "{{"): // a template
		c.nested(name, value, depth)
	case strings.HasSuffix(key, ".yaml"), strings.HasSuffix(key, ".yml"):
		c.nestedYAML(name, value, depth)
	}
}

// binary reads a value in base64. All in it has the place of the whole value.
func (c *collector) binary(name, key string, value *Node, depth int) {
	base, _, isCompressed := strings.Cut(key, ".gz")
	isText := strings.HasSuffix(base, ".json") || strings.HasSuffix(base, ".yaml") || strings.HasSuffix(base, ".yml")
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value.Text()), ""))
	switch {
	case isText && isCompressed:
		err = errors.New("not read: it is compressed")
	case isText && err != nil:
		err = fmt.Errorf("not read: not base64: %w", err)
	case isText && !utf8.Valid(data):
		err = errors.New("not read: the text is not UTF-8")
	case err == nil && utf8.Valid(data):
		inner := *value
		inner.kind, inner.text, inner.syntax = String, string(data), Quoted
		c.entry(name, key, &inner, depth)
		return
	default: // an image, or the like
		return
	}
	c.fail(fmt.Errorf("%s at line %d: %w", name, value.Place().Line, err))
}

// nestedYAML reads the boards among the YAML documents in a text of the file. What else is in YAML is not for Grafana.
func (c *collector) nestedYAML(name string, value *Node, depth int) {
	text, runs := value.Text(), value.runs()
	inner := &file{text: text}
	for _, at := range documents(text) {
		root, err := parseYAML(inner, text[at.Start:at.End], at.Start)
		switch {
		case err != nil && panelsKey.MatchString(text[at.Start:at.End]):
			c.fail(fmt.Errorf("%s at line %d: not YAML: %w", name, value.Place().Line, err))
		case err == nil && IsBoard(root):
			root.move(value, runs, Quoted)
			c.within(name, value, root, depth)
		}
	}
}

// panelsKey is a line that YAML of a board has.
var panelsKey = regexp.MustCompile(`(?m)^\s*"?(panels|rows|elements|schemaVersion)"?:`)

// IsBoard reports whether a document is a board, and no object that holds one in a text.
func IsBoard(n *Node) bool {
	board, _ := unwrap(n)
	return board != nil
}

// nested reads the board in a text of the file.
func (c *collector) nested(name string, value *Node, depth int) {
	root, err := c.inner(value)
	if err != nil {
		c.fail(fmt.Errorf("%s: not JSON: %w", name, err))
		return
	}
	c.within(name, value, root, depth)
}

// within keeps the boards of a document in a text of the file.
func (c *collector) within(name string, value, root *Node, depth int) {
	line := value.Place().Line
	found := &collector{file: c.file, isNested: true, total: c.total}
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
	syntax := Quoted
	if value.isBlock() && runs != nil {
		syntax = JSON
	}
	root.move(value, runs, syntax)
	return root, nil
}

// move gives a value of a text, and all in it, the place of the text's bytes in the file, and how they are written.
func (n *Node) move(value *Node, runs []run, syntax Syntax) {
	n.file, n.syntax = value.file, syntax
	n.span = value.outer(n.span, runs)
	for i := range n.members {
		n.members[i].Span = value.outer(n.members[i].Span, runs)
	}
	for child := range n.children {
		child.move(value, runs, syntax)
	}
}
