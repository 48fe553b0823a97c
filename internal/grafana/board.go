// Package grafana reads Grafana dashboards of any form: classic JSON of every schema, the envelope of Grafana's API,
// resources of v1 and v2, ConfigMaps and lists that hold boards, each as JSON or YAML. The result is one model of what
// a viewer sees. Every part of it has its Node: the file's value with its place, so nothing of the file is lost. The
// package does not draw, connect to Grafana or judge queries. What Grafana does with a board on load is in package view.
package grafana

import "slices"

// Board is a dashboard.
type Board struct {
	UID, Title, Description string
	Tags                    []string
	Folder                  string // its uid, where the file says it
	APIVersion              string // dashboard.grafana.app/v2; empty for a board that is not in a resource
	Schema                  int    // of a classic board
	V2                      bool   // it is written in schema v2, v2beta1 or v2alpha1
	Editable                bool
	Time                    Time
	Links                   []Link
	Inputs                  []Input
	Panels                  []Panel // in reading order, without rows
	Layout                  Layout
	// Variables are the board's and then those of its rows and tabs. For what one panel sees, take For.
	Variables   []Variable
	Annotations []Annotation

	Node     *Node // the board: what has the panels or the elements
	Document *Node // the document around it: a resource, an envelope or the board itself
}

// Time is the range that a board opens with.
type Time struct{ From, To, Refresh, Timezone, WeekStart string }

// Annotation is a query whose results are drawn as marks in all panels.
type Annotation struct {
	Name, Expr string
	Source     Source
	Enabled    bool
	Hidden     bool // its switch is not shown
	BuiltIn    bool // Grafana's own annotations and alerts
	Color      string
	Skip       string // why its query is not one for Prometheus; empty where it is one
	Node       *Node
	ExprNode   *Node
}

// Active reports whether the annotation is on and asks Prometheus.
func (a Annotation) Active() bool { return a.Enabled && a.Skip == "" }

// Link leads from a board, a panel or a field to elsewhere.
type Link struct {
	Title, URL string
	Type       string   // of a board's link: link or dashboards
	Tags       []string // of the boards that a link of type dashboards leads to
	NewTab     bool
	Node       *Node
}

// Input is a value that Grafana asks for when an exported board is imported.
type Input struct {
	Name, Type, Label string
	Plugin            string // of a data source
	Value             string // of a constant
	Node              *Node
}

// For returns the board as a panel sees it: a variable of the panel's tab or row hides one of the same name outside,
// and those of other tabs and rows are not there.
func (b Board) For(p Panel) Board {
	var seen []Variable
	taken := map[string]bool{}
	for i := len(p.Within); i >= 0; i-- { // from the innermost section out to the board
		for _, v := range b.Variables {
			if i == 0 && v.Section == nil || i > 0 && v.Section == p.Within[i-1] {
				if !taken[v.Name] {
					seen = append(seen, v)
				}
			}
		}
		for _, v := range seen {
			taken[v.Name] = true
		}
	}
	b.Variables = seen
	return b
}

// board reads a board within its document.
func (r *reader) board(document *Node) Board {
	n := r.root
	b := Board{
		UID:         r.text(n.At("uid")),
		Title:       r.text(n.At("title")),
		Description: r.text(n.At("description")),
		Tags:        n.At("tags").Texts(),
		APIVersion:  document.At("apiVersion").Text(),
		Schema:      n.At("schemaVersion").Int(),
		V2:          r.v2,
		Editable:    !n.At("editable").Exists() || n.At("editable").Bool(),
		Time:        readTime(n),
		Links:       r.links(n.At("links")),
		Inputs:      inputs(n, document),
		Node:        n,
		Document:    document,
	}
	if metadata := document.At("metadata"); metadata.IsObject() && b.APIVersion != "" {
		b.UID = first(metadata.At("name"), n.At("uid")).Text()
		b.Folder = metadata.At("annotations", "grafana.app/folder").Text()
	}
	if meta := document.At("meta"); meta.IsObject() {
		b.Folder = meta.At("folderUid").Text()
	}
	r.variables(first(n.At("templating", "list"), n.At("variables")), nil)
	if r.v2 {
		b.Layout = r.layout(n.At("layout"), nil)
		r.unplaced()
	} else {
		b.Layout = r.classicLayout()
	}
	b.Panels, b.Variables, b.Annotations = r.read, r.known, r.annotations()
	return b
}

// first returns the first of the nodes that exists.
func first(nodes ...*Node) *Node {
	for _, n := range nodes {
		if n.Exists() {
			return n
		}
	}
	return nil
}

func readTime(n *Node) Time {
	settings := n.At("timeSettings")
	refresh := first(n.At("refresh"), settings.At("autoRefresh"))
	if refresh.Kind() == Boolean { // old boards: false is off
		refresh = nil
	}
	return Time{
		From:      first(n.At("time", "from"), settings.At("from")).Text(),
		To:        first(n.At("time", "to"), settings.At("to")).Text(),
		Refresh:   refresh.Text(),
		Timezone:  first(n.At("timezone"), settings.At("timezone")).Text(),
		WeekStart: first(n.At("weekStart"), settings.At("weekStart")).Text(),
	}
}

func (r *reader) links(list *Node) []Link {
	var all []Link
	for _, n := range r.counts.atMost("links", maxParts, list.List()) {
		if n.IsObject() {
			all = append(all, Link{
				Title: r.text(n.At("title")), URL: r.text(n.At("url")), Type: n.At("type").Text(),
				Tags: n.At("tags").Texts(), NewTab: n.At("targetBlank").Bool(), Node: n,
			})
		}
	}
	return all
}

// inputs returns what the export asks for, with the values that a call of the import API gives beside the board.
func inputs(board, document *Node) []Input {
	var all []Input
	for _, n := range slices.Concat(board.At("__inputs").List(), document.At("inputs").List()) {
		all = append(all, Input{
			Name: n.At("name").Text(), Type: n.At("type").Text(), Label: n.At("label").Text(),
			Plugin: n.At("pluginId").Text(), Value: n.At("value").Text(), Node: n,
		})
	}
	return all
}

func (r *reader) annotations() []Annotation {
	var all []Annotation
	list := first(r.root.At("annotations", "list"), r.root.At("annotations")).List()
	for _, n := range r.counts.atMost("annotations", maxParts, list) {
		spec := n
		if r.v2 {
			spec = n.At("spec")
		}
		expr := first(spec.At("expr"), spec.At("target", "expr"), spec.At("query", "spec", "expr"),
			spec.At("legacyOptions", "expr"), spec.At("legacyOptions", "target", "expr"))
		a := Annotation{
			Name:     r.text(spec.At("name")),
			Expr:     r.text(expr),
			Source:   r.source(spec),
			Enabled:  !spec.At("enable").Exists() || spec.At("enable").Bool(),
			Hidden:   spec.At("hide").Bool(),
			BuiltIn:  spec.At("builtIn").Bool(),
			Color:    spec.At("iconColor").Text(),
			Node:     n,
			ExprNode: expr,
		}
		a.Skip = r.skip(a.Source, Source{}, a.Expr)
		all = append(all, a)
	}
	return all
}
