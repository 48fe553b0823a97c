package grafana

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of what is read. Large dashboards have about 1 MiB, 30 levels and 50,000 values.
const (
	maxBytes = 16 << 20
	maxDepth = 500
	maxNodes = 2 << 20
	// maxCopies is how many values the aliases of YAML may stand for. A few bytes can stand for any number of them.
	maxCopies = 256 << 10
)

var (
	errDepth  = fmt.Errorf("more than %d levels of lists and objects", maxDepth)
	errNodes  = fmt.Errorf("more than %d values", maxNodes)
	errCopies = fmt.Errorf("aliases that stand for more than %d values", maxCopies)
)

// parseJSON reads a JSON value. It takes what encoding/json takes, up to the limits.
func parseJSON(f *file, text string, offset int) (*Node, error) {
	p := &jsonParser{file: f, text: text, offset: offset}
	n, err := p.document()
	if err != nil {
		return nil, &syntaxError{f, min(p.at, len(text)) + offset, err}
	}
	return n, nil
}

// syntaxError is an error with its place.
type syntaxError struct {
	file *file
	at   int
	err  error
}

func (e *syntaxError) Error() string {
	place := e.file.place(e.at)
	return fmt.Sprintf("line %d, column %d: %v", place.Line, place.Column, e.err)
}

type jsonParser struct {
	file   *file
	text   string
	offset int // of the text in the file
	at     int
	depth  int
	nodes  int
	free   []Node   // allocated together, which is faster
	read   []Member // of the open objects and lists, which have no names
}

func (p *jsonParser) document() (*Node, error) {
	n, err := p.value()
	if err != nil {
		return nil, err
	}
	if p.space(); p.at < len(p.text) {
		return nil, errors.New("more text after the end of the value")
	}
	return n, nil
}

func (p *jsonParser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\r', '\n':
			p.at++
		default:
			return
		}
	}
}

// take skips white space and then the byte, if it comes next.
func (p *jsonParser) take(c byte) bool {
	if p.space(); p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *jsonParser) value() (*Node, error) {
	if p.nodes++; p.nodes > maxNodes {
		return nil, errNodes
	}
	if p.space(); p.at == len(p.text) {
		return nil, errors.New("the file ends before the value")
	}
	n := p.node()
	*n = Node{syntax: JSON, file: p.file, span: Span{Start: p.at + p.offset}}
	err := p.fill(n)
	n.span.End = p.at + p.offset
	return n, err
}

// node returns a new node.
func (p *jsonParser) node() *Node {
	if len(p.free) == 0 {
		p.free = make([]Node, min(max(16, p.nodes), 256))
	}
	n := &p.free[0]
	p.free = p.free[1:]
	return n
}

func (p *jsonParser) fill(n *Node) (err error) {
	switch c := p.text[p.at]; {
	case c == '{':
		n.kind = Object
		return p.nested(n, '}', p.member)
	case c == '[':
		n.kind = List
		return p.nested(n, ']', p.element)
	case c == '"':
		n.kind = String
		n.text, err = p.string()
		return err
	case c == '-' || '0' <= c && c <= '9':
		n.kind = Number
		n.text, err = p.number()
		return err
	}
	return p.word(n)
}

func (p *jsonParser) word(n *Node) error {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(p.text[p.at:], word) {
			p.at += len(word)
			if word != "null" {
				n.kind, n.text = Boolean, word
			}
			return nil
		}
	}
	return errors.New("a value is missing here")
}

// nested reads the elements or members up to the closing bracket.
func (p *jsonParser) nested(n *Node, end byte, next func() (Member, error)) error {
	if p.depth++; p.depth > maxDepth {
		return errDepth
	}
	p.at++
	from := len(p.read)
	for first := true; !p.take(end); first = false {
		if !first && !p.take(',') {
			return fmt.Errorf("a comma or %c is missing here", end)
		}
		m, err := next()
		if err != nil {
			return err
		}
		m.Value.parent = n
		p.read = append(p.read, m)
	}
	n.hold(p.read[from:])
	p.read = p.read[:from]
	p.depth--
	return nil
}

// hold gives a list its elements, or an object its members.
func (n *Node) hold(all []Member) {
	switch {
	case len(all) == 0:
	case n.kind == Object:
		n.members = slices.Clone(all)
	default:
		n.elements = make([]*Node, len(all))
		for i, m := range all {
			n.elements[i] = m.Value
		}
	}
}

func (p *jsonParser) element() (Member, error) {
	value, err := p.value()
	return Member{Value: value}, err
}

func (p *jsonParser) member() (Member, error) {
	if p.space(); p.at == len(p.text) || p.text[p.at] != '"' {
		return Member{}, errors.New("a name in quotation marks is missing here")
	}
	start := p.at + p.offset
	name, err := p.string()
	if err != nil {
		return Member{}, err
	}
	key := Key{name, Span{start, p.at + p.offset}}
	if !p.take(':') {
		return Member{}, errors.New("a colon is missing here")
	}
	value, err := p.value()
	return Member{key, value}, err
}

// string reads a string in quotation marks. Decoding is encoding/json's where there is something to decode.
func (p *jsonParser) string() (string, error) {
	start := p.at
	isPlain := true
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			raw := p.text[start:p.at]
			if isPlain && utf8.ValidString(raw) {
				return raw[1 : len(raw)-1], nil
			}
			var text string
			if err := json.Unmarshal([]byte(raw), &text); err != nil {
				p.at = start
				return "", errors.New("a string with an unknown escape")
			}
			return text, nil
		case c == '\\':
			isPlain = false
			p.at++
		case c < ' ':
			return "", errors.New("a line break or control character within a string")
		}
	}
	p.at = start
	return "", errors.New("a string that does not end")
}

// number reads a number, which is kept as it is written.
func (p *jsonParser) number() (string, error) {
	start := p.at
	for p.at < len(p.text) && strings.IndexByte("+-.0123456789eE", p.text[p.at]) >= 0 {
		p.at++
	}
	text := p.text[start:p.at]
	if !json.Valid([]byte(text)) {
		p.at = start
		return "", fmt.Errorf("%.20s is not a number", text)
	}
	return text, nil
}
