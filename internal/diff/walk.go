package diff

import (
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// owner is the part that the values below a node belong to, and the names that its form has for its paths.
type owner struct {
	part  *part
	names map[string]string
	base  string // before each path
}

// walker gives every value of a document to a part: complete by construction.
type walker struct {
	owners    map[*grafana.Node]owner
	constants *strings.Replacer // of an export's inputs; nil without
	space     *space
}

func (w *walker) walk(n *grafana.Node, o owner, path string) {
	if own, ok := w.owners[n]; ok && own.part != nil {
		delete(w.owners, n) // a part can be walked once
		o, path = own, own.base
	}
	if !w.space.take(path) {
		return
	}
	switch n.Kind() {
	case grafana.Null:
	case grafana.Object:
		w.members(n, o, path)
	case grafana.List:
		w.list(n, o, path)
	default:
		if v := w.value(n); v != (value{}) {
			o.part.leaves = append(o.part.leaves, leaf{path, v})
		}
	}
}

// members walks an object. Of members with the same name, the last one counts.
func (w *walker) members(n *grafana.Node, o owner, path string) {
	all := n.Members()
	last := make(map[string]int, len(all))
	for i, m := range all {
		last[m.Name] = i
	}
	for i, m := range all {
		if last[m.Name] == i && w.space.err == nil {
			w.walk(m.Value, o, o.join(path, m.Name))
		}
	}
}

// join returns the path of a member, as the other forms name it too.
func (o owner) join(path, name string) string {
	if name == "" || strings.ContainsAny(name, ".[]") {
		name = strconv.Quote(name)
	}
	if path != "" {
		name = path + "." + name
	}
	if other, ok := o.names[name]; ok {
		return other
	}
	return name
}

// list walks a list. Elements with a name are found by it, the others by their place; a list of plain values is one leaf.
func (w *walker) list(n *grafana.Node, o owner, path string) {
	elements := n.List()
	isPlain := func(n *grafana.Node) bool { return !n.IsObject() && !n.IsList() && n.Exists() }
	if len(elements) > 0 && !slices.ContainsFunc(elements, func(n *grafana.Node) bool { return !isPlain(n) }) {
		var texts []string
		for _, element := range elements {
			text := w.value(element).String()
			if strings.ContainsAny(text, ",\"") && !strings.HasPrefix(text, `"`) {
				text = strconv.Quote(text)
			}
			texts = append(texts, text)
		}
		o.part.leaves = append(o.part.leaves, leaf{path, value{grafana.List, strings.Join(texts, ", ")}})
		return
	}
	key := listKey(elements)
	var order []string
	for i, element := range elements {
		if w.space.err != nil {
			return // to make a path takes time
		}
		name := strconv.Itoa(i)
		if key != "" {
			name = element.At(key).Text()
			if _, isPart := w.owners[element]; !isPart {
				order = append(order, strconv.Quote(name))
			}
		}
		w.walk(element, o, path+"["+name+"]")
	}
	if len(order) > 1 {
		o.part.leaves = append(o.part.leaves, leaf{path + orderSuffix, value{grafana.List, strings.Join(order, ", ")}})
	}
}

// orderSuffix ends the path of a leaf that has the names of a list's elements in their order.
const orderSuffix = "[]"

// listKeys are the members that name the elements of a list.
var listKeys = []string{"id", "name", "refId", "uid", "title", "alert", "record", "job_name"}

// listKey returns the member that every element of a list has, each another text; else an empty text.
func listKey(elements []*grafana.Node) string {
	for _, key := range listKeys {
		seen := map[string]bool{}
		for _, element := range elements {
			if k := element.At(key).Kind(); k != grafana.String && k != grafana.Number {
				break
			}
			seen[element.At(key).Text()] = true
		}
		if len(seen) == len(elements) {
			return key
		}
	}
	return ""
}

func (w *walker) value(n *grafana.Node) value {
	text := n.Written()
	switch n.Kind() {
	case grafana.String:
		if w.constants != nil {
			text = w.constants.Replace(text)
		}
		if text == "" {
			return value{}
		}
	case grafana.Number:
		text = number(text)
	}
	return value{n.Kind(), text}
}
