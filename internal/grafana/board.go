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
	board, err := unwrap(Node{value})
	if err != nil {
		return Board{}, err
	}
	r := newReader(board)
	b := Board{
		UID:         board.At("uid").Text(),
		Title:       board.At("title").Text(),
		Schema:      board.At("schemaVersion").Int(),
		Panels:      r.panels(),
		Variables:   r.variables(),
		Annotations: r.annotations(),
	}
	return b, nil
}

// unwrap removes the envelopes: {"dashboard": ...} of the API, {"spec": ...} of a resource.
func unwrap(n Node) (Node, error) {
	if inner := n.At("dashboard"); inner.Object() != nil {
		n = inner
	}
	version := n.At("apiVersion").Text()
	if spec := n.At("spec"); spec.Object() != nil && version != "" {
		n = spec
	}
	if strings.Contains(version, "/v2") || n.At("elements").Object() != nil && n.At("layout").Object() != nil {
		return Node{}, errors.New("a dashboard of schema v2; only classic ones are supported:  " +
			"in Grafana use Export, Export as JSON, and choose the model Classic")
	}
	if !n.At("panels").IsList() && !n.At("rows").IsList() {
		return Node{}, errNoBoard
	}
	return n, nil
}

// reader holds what reading a panel needs from its board.
type reader struct {
	board   Node
	sources map[string]string // the data source type of a variable or of an input of the export
}

func newReader(board Node) reader {
	r := reader{board: board, sources: map[string]string{}}
	for _, input := range board.At("__inputs").List() {
		if input.At("type").Text() == "datasource" {
			r.sources[input.At("name").Text()] = input.At("pluginId").Text()
		}
	}
	for _, variable := range board.At("templating", "list").List() {
		if variable.At("type").Text() == "datasource" {
			r.sources[variable.At("name").Text()] = variable.At("query").Text()
		}
	}
	return r
}

func (r reader) annotations() []Annotation {
	var all []Annotation
	for _, n := range r.board.At("annotations", "list").List() {
		enabled := !n.At("enable").Exists() || n.At("enable").Bool()
		expr := n.At("expr").Text()
		if expr == "" {
			expr = n.At("target", "expr").Text()
		}
		if enabled && expr != "" && r.skip(n, Node{}, expr) == "" {
			all = append(all, Annotation{Name: n.At("name").Text(), Expr: expr})
		}
	}
	return all
}
