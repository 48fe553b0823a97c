package grafana

import (
	"strconv"
	"strings"
)

// Node is a piece of JSON of any shape. In dashboards of ten years, the same place holds a number, a text or an
// object. So each accessor takes what it can use and returns the zero value for everything else.
type Node struct{ Value any }

// at returns the value under keys, one below the other.
func (n Node) At(keys ...string) Node {
	for _, key := range keys {
		object, _ := n.Value.(map[string]any)
		n = Node{object[key]}
	}
	return n
}

func (n Node) Exists() bool { return n.Value != nil }

func (n Node) Object() map[string]any {
	object, _ := n.Value.(map[string]any)
	return object
}

func (n Node) IsList() bool {
	_, ok := n.Value.([]any)
	return ok
}

func (n Node) List() []Node {
	values, _ := n.Value.([]any)
	nodes := make([]Node, len(values))
	for i, value := range values {
		nodes[i] = Node{value}
	}
	return nodes
}

// text returns a string, or a number or a boolean written as one.
func (n Node) Text() string {
	switch value := n.Value.(type) {
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(value)
	}
	return ""
}

// texts returns the texts of a list, or a single text.
func (n Node) Texts() []string {
	var all []string
	for _, element := range n.List() {
		all = append(all, element.Text())
	}
	if all == nil && n.Text() != "" {
		all = []string{n.Text()}
	}
	return all
}

func (n Node) Bool() bool {
	switch strings.ToLower(n.Text()) {
	case "", "false", "0":
		return false
	}
	return true
}

// int returns a whole number, or 0.
func (n Node) Int() int {
	number, err := strconv.ParseFloat(n.Text(), 64)
	if err != nil || number != number || number > 1<<53 || number < -1<<53 {
		return 0
	}
	return int(number)
}
