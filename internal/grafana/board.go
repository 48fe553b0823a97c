// Package grafana reads Grafana dashboards as they are found in the wild: classic JSON of schema 14 to 42, bare, in the
// envelope of Grafana's API or in a resource, exported or provisioned. What it gives is what a command needs to judge
// them: panels with their queries, overrides and transformations, variables, annotations. It resolves variables against
// a source of series as Grafana does on first load, and tells which names a panel's fields have. It draws nothing, asks
// no Grafana, does not judge PromQL, and keeps nothing that none of the commands uses.
package grafana

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// maxBytes is the size up to which a file is read. Large dashboards have about 1 MiB.
const maxBytes = 16 << 20

// Board is a dashboard.
type Board struct {
	UID, Title  string
	Schema      int
	Panels      []Panel // in reading order; rows are not among them
	Variables   []Variable
	Annotations []Annotation // those that ask Prometheus
}

// Annotation is a query whose answer is drawn as marks in all panels.
type Annotation struct{ Name, Expr string }

// errNoBoard tells what would have been one.
var errNoBoard = errors.New("this is no dashboard: there are no panels in it; in Grafana use Export, Export as JSON")

// Read reads a classic dashboard. Things of an unexpected type are taken for missing, as Grafana does. It fails on what
// is no JSON, no dashboard, one of schema v2, and on more than 16 MiB.
func Read(data []byte) (Board, error) {
	if len(data) > maxBytes {
		return Board{}, fmt.Errorf("more than %d MiB: this is no dashboard", maxBytes>>20)
	}
	var value any
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &value); err != nil {
		return Board{}, fmt.Errorf("no JSON: %w", err)
	}
	board, err := unwrap(node{value})
	if err != nil {
		return Board{}, err
	}
	r := newReader(board)
	b := Board{
		UID:         board.at("uid").text(),
		Title:       board.at("title").text(),
		Schema:      board.at("schemaVersion").int(),
		Panels:      r.panels(),
		Variables:   r.variables(),
		Annotations: r.annotations(),
	}
	return b, nil
}

// unwrap takes the envelopes off: {"dashboard": ...} of the API, {"spec": ...} of a resource.
func unwrap(n node) (node, error) {
	if inner := n.at("dashboard"); inner.object() != nil {
		n = inner
	}
	version := n.at("apiVersion").text()
	if spec := n.at("spec"); spec.object() != nil && version != "" {
		n = spec
	}
	if strings.Contains(version, "/v2") || n.at("elements").object() != nil && n.at("layout").object() != nil {
		return node{}, errors.New("this is a dashboard of schema v2, and only classic ones are read: " +
			"in Grafana use Export, Export as JSON, and choose the model Classic")
	}
	if !n.at("panels").isList() && !n.at("rows").isList() {
		return node{}, errNoBoard
	}
	return n, nil
}

// reader holds what reading a panel needs to know of its board.
type reader struct {
	board   node
	sources map[string]string // the type of data source that a variable or an input of the export stands for
}

func newReader(board node) reader {
	r := reader{board: board, sources: map[string]string{}}
	for _, input := range board.at("__inputs").list() {
		if input.at("type").text() == "datasource" {
			r.sources[input.at("name").text()] = input.at("pluginId").text()
		}
	}
	for _, variable := range board.at("templating", "list").list() {
		if variable.at("type").text() == "datasource" {
			r.sources[variable.at("name").text()] = variable.at("query").text()
		}
	}
	return r
}

func (r reader) annotations() []Annotation {
	var all []Annotation
	for _, n := range r.board.at("annotations", "list").list() {
		enabled := !n.at("enable").exists() || n.at("enable").bool()
		expr := n.at("expr").text()
		if expr == "" {
			expr = n.at("target", "expr").text()
		}
		if enabled && expr != "" && r.skip(n, node{}, expr) == "" {
			all = append(all, Annotation{Name: n.at("name").text(), Expr: expr})
		}
	}
	return all
}
