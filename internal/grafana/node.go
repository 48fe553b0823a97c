package grafana

import (
	"strconv"
	"strings"
)

// Kind is what a node is in JSON.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Boolean
	Number
	String
	List
	Object
)

// Node is a value of a JSON or YAML file, with its place. In dashboards of ten years, the same place holds a number, a
// text or an object. So each accessor takes what it can use and returns the zero value for everything else. A nil node
// is a value that is not there; all methods accept it.
type Node struct {
	kind     Kind
	syntax   Syntax
	span     Span
	text     string   // of a string; a number or a boolean as written
	elements []*Node  // of a list
	members  []Member // of an object
	parent   *Node
	file     *file
}

// Key is the name of an object's member.
type Key struct {
	Name string
	Span Span
}

// Member is a member of an object.
type Member struct {
	Key
	Value *Node
}

// NewText returns a text that is in no file.
func NewText(text string) *Node { return &Node{kind: String, text: text} }

// Kind returns what the node is. A node that is not there is Null.
func (n *Node) Kind() Kind {
	if n == nil {
		return Null
	}
	return n.kind
}

// Exists reports whether there is a value other than null.
func (n *Node) Exists() bool { return n.Kind() != Null }

// IsObject reports whether the node is an object.
func (n *Node) IsObject() bool { return n.Kind() == Object }

// IsList reports whether the node is a list.
func (n *Node) IsList() bool { return n.Kind() == List }

// At returns the value under keys, one below the other. Of members with the same name, the last one counts.
func (n *Node) At(keys ...string) *Node {
	for _, key := range keys {
		n = n.member(key)
	}
	return n
}

func (n *Node) member(name string) *Node {
	if !n.IsObject() {
		return nil
	}
	for i := len(n.members) - 1; i >= 0; i-- {
		if n.members[i].Name == name {
			return n.members[i].Value
		}
	}
	return nil
}

// Members returns the members of an object in the order of the file. A name may come twice; At finds the last one. The list is
// the node's own, as that of List: nobody changes it.
func (n *Node) Members() []Member {
	if n == nil {
		return nil
	}
	return n.members
}

// List returns the elements of a list.
func (n *Node) List() []*Node {
	if n == nil {
		return nil
	}
	return n.elements
}

// children yields the elements of a list, or the values of an object.
func (n *Node) children(yield func(*Node) bool) {
	for _, element := range n.elements {
		if !yield(element) {
			return
		}
	}
	for _, m := range n.members {
		if !yield(m.Value) {
			return
		}
	}
}

// Written returns a string, or a number or a boolean as the file has it.
func (n *Node) Written() string {
	if n == nil {
		return ""
	}
	return n.text
}

// Size returns how many values the node has in it, itself included; it counts no further than the limit.
func (n *Node) Size(limit int) int {
	if n == nil {
		return 0
	}
	count := 1
	for child := range n.children {
		if count >= limit {
			break
		}
		count += child.Size(limit - count)
	}
	return count
}

// Text returns a string, or a boolean or a number written as one: 1.50 and 15e-1 are both 1.5.
func (n *Node) Text() string {
	if n.Kind() == Number {
		if number, ok := n.Number(); ok {
			return strconv.FormatFloat(number, 'f', -1, 64)
		}
	}
	return n.Written()
}

// Texts returns the texts of a list, or a single text.
func (n *Node) Texts() []string {
	var all []string
	for _, element := range n.List() {
		all = append(all, element.Text())
	}
	if all == nil && n.Text() != "" {
		all = []string{n.Text()}
	}
	return all
}

// Bool reports whether a value counts as true.
func (n *Node) Bool() bool {
	switch strings.ToLower(n.Text()) {
	case "", "false", "0":
		return false
	}
	return true
}

// Number returns a number, also one that is written as a text.
func (n *Node) Number() (float64, bool) {
	if n.Kind() != Number && n.Kind() != String {
		return 0, false
	}
	number, err := strconv.ParseFloat(n.text, 64)
	return number, err == nil
}

// Int returns a whole number, or 0.
func (n *Node) Int() int {
	number, ok := n.Number()
	if !ok || number != number || number > 1<<53 || number < -1<<53 {
		return 0
	}
	return int(number)
}
