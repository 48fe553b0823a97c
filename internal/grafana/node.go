package grafana

import (
	"strconv"
	"strings"
)

// node is a piece of JSON of any shape. In dashboards of ten years, the same place holds a number, a text or an
// object. So each accessor takes what it can use and returns the zero value for everything else.
type node struct{ value any }

// at returns the value under keys, one below the other.
func (n node) at(keys ...string) node {
	for _, key := range keys {
		object, _ := n.value.(map[string]any)
		n = node{object[key]}
	}
	return n
}

func (n node) exists() bool { return n.value != nil }

func (n node) object() map[string]any {
	object, _ := n.value.(map[string]any)
	return object
}

func (n node) isList() bool {
	_, ok := n.value.([]any)
	return ok
}

func (n node) list() []node {
	values, _ := n.value.([]any)
	nodes := make([]node, len(values))
	for i, value := range values {
		nodes[i] = node{value}
	}
	return nodes
}

// text returns a string, or a number or a boolean written as one.
func (n node) text() string {
	switch value := n.value.(type) {
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
func (n node) texts() []string {
	var all []string
	for _, element := range n.list() {
		all = append(all, element.text())
	}
	if all == nil && n.text() != "" {
		all = []string{n.text()}
	}
	return all
}

func (n node) bool() bool {
	switch strings.ToLower(n.text()) {
	case "", "false", "0":
		return false
	}
	return true
}

// int returns a whole number, or 0.
func (n node) int() int {
	number, err := strconv.ParseFloat(n.text(), 64)
	if err != nil || number != number || number > 1<<53 || number < -1<<53 {
		return 0
	}
	return int(number)
}
