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
		i := slices.Index(n.parent.items, n)
		if n.parent.kind == List {
			steps = append(steps, "["+strconv.Itoa(i)+"]")
		} else {
			steps = append(steps, step(n.parent.keys[i].Name))
		}
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
}

func (f *file) place(at int) Place {
	f.once.Do(func() {
		f.starts = []int{0}
		for i := range len(f.text) {
			if f.text[i] == '\n' {
				f.starts = append(f.starts, i+1)
			}
		}
	})
	line, found := slices.BinarySearch(f.starts, at)
	if !found {
		line--
	}
	before := strings.TrimPrefix(f.text[f.starts[line]:at], mark)
	return Place{line + 1, utf8.RuneCountInString(before) + 1}
}

// mark is the byte order mark, which some editors put in front of a text.
const mark = "\ufeff"
