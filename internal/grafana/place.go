package grafana

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is a part of a file: the bytes from Start up to, not including, End.
type Span struct{ Start, End int }

// Syntax is how the bytes of a node's span are written.
type Syntax uint8

// The syntaxes. Quoted is for JSON within a quoted or folded text: the place is right or close, but the bytes are not
// the value.
const (
	Quoted Syntax = iota
	JSON
	YAML
)

// Place is where a node is in its file, for people: lines and columns begin with 1, columns are characters.
type Place struct{ Line, Column int }

// String writes the place as editors do.
func (p Place) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Column) }

// Span returns the bytes of the file that hold the node.
func (n *Node) Span() Span {
	if n == nil {
		return Span{}
	}
	return n.span
}

// Syntax returns how these bytes are written.
func (n *Node) Syntax() Syntax {
	if n == nil {
		return Quoted
	}
	return n.syntax
}

// Place returns the line and the column where the node begins. It is 0:0 for a node that is in no file.
func (n *Node) Place() Place {
	if n == nil || n.file == nil {
		return Place{}
	}
	return n.file.place(n.span.Start)
}

// Parent returns the list or object that holds the node.
func (n *Node) Parent() *Node {
	if n == nil {
		return nil
	}
	return n.parent
}

// Path returns the way to the node from the top of its document: panels[3].targets[0].expr.
func (n *Node) Path() string {
	var steps []string
	for ; n != nil && n.parent != nil; n = n.parent {
		if i := slices.Index(n.parent.elements, n); i >= 0 {
			steps = append(steps, "["+strconv.Itoa(i)+"]")
			continue
		}
		i := slices.IndexFunc(n.parent.members, func(m Member) bool { return m.Value == n })
		steps = append(steps, step(n.parent.members[i].Name))
	}
	slices.Reverse(steps)
	return strings.TrimPrefix(strings.Join(steps, ""), ".")
}

var plainKey = regexp.MustCompile(`^[\w-]+$`)

func step(key string) string {
	if plainKey.MatchString(key) {
		return "." + key
	}
	return "[" + strconv.Quote(key) + "]"
}

// file is the text that nodes come from.
type file struct {
	text   string
	once   sync.Once
	starts []int // of the lines
	runes  []int // how many characters begin before each stride of the text: a board can be one line of megabytes
}

// stride is a number of bytes in which characters are counted one by one.
const stride = 4 << 10

// characters returns how many characters begin from one offset up to another.
func (f *file) characters(from, upTo int) int {
	if upTo-from <= stride { // a line of usual length
		return begin(f.text[from:upTo])
	}
	before := func(at int) int { return f.runes[at/stride] + begin(f.text[at/stride*stride:at]) }
	return before(upTo) - before(from)
}

// begin counts the characters that begin in a text.
func begin(text string) int {
	n := 0
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return n
}

func (f *file) place(at int) Place {
	f.once.Do(func() {
		f.starts = []int{0}
		for i := range len(f.text) {
			if f.text[i] == '\n' {
				f.starts = append(f.starts, i+1)
			}
		}
		f.runes = []int{0}
		for i := stride; i <= len(f.text); i += stride {
			f.runes = append(f.runes, f.runes[len(f.runes)-1]+begin(f.text[i-stride:i]))
		}
	})
	line, found := slices.BinarySearch(f.starts, at)
	if !found {
		line--
	}
	start := f.starts[line]
	if strings.HasPrefix(f.text[start:at], mark) {
		start += len(mark)
	}
	return Place{line + 1, f.characters(start, at) + 1}
}

// mark is the byte order mark, which some editors put in front of a text.
const mark = "\ufeff"
