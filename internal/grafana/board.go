// Package grafana reads Grafana dashboards: classic JSON of schema 14 to 42, bare, in the envelope of Grafana's API
// or in a resource, exported or provisioned. It returns what a command needs to judge them: panels with queries,
// overrides and transformations, variables, annotations. It resolves variables against a source of series, as Grafana
// does on first load, and names the fields of a panel. It does not draw, connect to Grafana or judge PromQL, and it
// keeps only what a command uses.
package grafana

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// maxBytes is the largest file that is read. Large dashboards have about 1 MiB.
const maxBytes = 16 << 20

// Board is a dashboard.
type Board struct {
	UID, Title  string
	Schema      int
	Panels      []Panel // in reading order, without rows
	Variables   []Variable
	Annotations []Annotation // those with a Prometheus query
}

// Annotation is a query whose results are drawn as marks in all panels.
type Annotation struct{ Name, Expr string }

// errNoBoard is the error for JSON of another shape.
var errNoBoard = errors.New("not a dashboard: it has no panels; in Grafana use Export, Export as JSON")

// Read reads a classic dashboard. Like Grafana, it ignores values of an unexpected type. Text that is not JSON, JSON
// that is not a dashboard, schema v2 and more than 16 MiB are errors.
func Read(data []byte) (Board, error) {
	if len(data) > maxBytes {
		return Board{}, fmt.Errorf("not a dashboard: more than %d MiB", maxBytes>>20)
	}
	var value any
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &value); err != nil {
		return Board{}, fmt.Errorf("not JSON: %w", err)
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

// unwrap removes the envelopes: {"dashboard": ...} of the API, {"spec": ...} of a resource.
func unwrap(n node) (node, error) {
	if inner := n.at("dashboard"); inner.object() != nil {
		n = inner
	}
	version := n.at("apiVersion").text()
	if spec := n.at("spec"); spec.object() != nil && version != "" {
		n = spec
	}
	if strings.Contains(version, "/v2") || n.at("elements").object() != nil && n.at("layout").object() != nil {
		return node{}, errors.New("a dashboard of schema v2; only classic ones are supported:  " +
			"in Grafana use Export, Export as JSON, and choose the model Classic")
	}
	if !n.at("panels").isList() && !n.at("rows").isList() {
		return node{}, errNoBoard
	}
	return n, nil
}

// reader holds what reading a panel needs from its board.
type reader struct {
	board   node
	sources map[string]string // the data source type of a variable or of an input of the export
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
