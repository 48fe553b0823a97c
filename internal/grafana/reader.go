package grafana

import (
	"regexp"
	"strings"
)

// reader reads one board. It holds what the parts of a board need to know of each other.
type reader struct {
	root      *Node // the board
	v2        bool
	plugins   map[string]string // the data source type of a variable, of an input of the export, or of a uid
	constants map[string]string // the constants of the export's inputs

	elements  map[string]*Node // of v2, by name
	libraries map[string]*Node // the models of the library panels that an export has inside itself, by uid

	read   []Panel        // so far
	placed map[string]int // the panels of v2, by element
	known  []Variable     // so far
	counts counts
}

func newReader(board, document *Node, isV2 bool) *reader {
	r := &reader{
		root: board, v2: isV2, plugins: map[string]string{}, constants: map[string]string{}, placed: map[string]int{},
		elements: map[string]*Node{}, libraries: map[string]*Node{},
	}
	for _, m := range board.At("elements").Members() {
		r.elements[m.Name] = m.Value
	}
	for _, m := range first(board.At("__elements"), document.At("__elements")).Members() {
		r.library(m.Name, m.Value)
	}
	for _, n := range board.At("__elements").List() { // Grafana 8
		r.library("", n)
	}
	for _, input := range inputs(board, document) {
		switch input.Type {
		case "datasource":
			r.plugins[input.Name] = input.Plugin
		case "constant":
			if input.Node.At("value").Exists() {
				r.constants[input.Name] = input.Value
			}
		}
	}
	for _, variable := range board.At("templating", "list").List() {
		if variable.At("type").Text() == "datasource" {
			r.plugins[variable.At("name").Text()] = variable.At("query").Text()
		}
	}
	r.datasourceVariables(board)
	r.learn(board, "")
	return r
}

// library keeps the model of a library panel under its uid.
func (r *reader) library(key string, n *Node) {
	for _, uid := range []string{key, n.At("uid").Text()} {
		if uid != "" {
			r.libraries[uid] = n.At("model")
		}
	}
}

// datasourceVariables takes the data source types from the variables of v2, on all levels.
func (r *reader) datasourceVariables(n *Node) {
	if !r.v2 {
		return
	}
	for _, variable := range n.At("variables").List() {
		if spec := variable.At("spec"); variable.At("kind").Text() == "DatasourceVariable" {
			r.plugins[spec.At("name").Text()] = spec.At("pluginId").Text()
		}
	}
	layout := first(n.At("layout"), n.At("spec", "layout")).At("spec")
	for _, section := range append(layout.At("rows").List(), layout.At("tabs").List()...) {
		r.datasourceVariables(section.At("spec"))
	}
}

var constantReference = regexp.MustCompile(`\$\{([\w-]+)\}`)

// text returns a text with the constants of the export put in, as Grafana's import does.
func (r *reader) text(n *Node) string {
	text := n.Text()
	if len(r.constants) == 0 || !strings.Contains(text, "${") {
		return text
	}
	return constantReference.ReplaceAllStringFunc(text, func(reference string) string {
		if value, ok := r.constants[reference[2:len(reference)-1]]; ok {
			return value
		}
		return reference
	})
}

func (r *reader) texts(n *Node) []string {
	var all []string
	for _, element := range n.List() {
		all = append(all, r.text(element))
	}
	if text := r.text(n); all == nil && text != "" {
		all = []string{text}
	}
	return all
}
