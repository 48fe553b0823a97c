package grafana

import (
	"cmp"
	"fmt"
	"strings"
)

// Panel is a panel of a board, not a row.
type Panel struct {
	ID          int        // 0 where the file has none
	Element     string     // its name in a board of v2
	Row         string     // the titles of the tabs and rows around it: "Tab / Row"
	Within      []*Section // these tabs and rows, the outermost first
	Title, Type string
	Version     string // of its plugin
	Description string
	Transparent bool
	Links       []Link
	Position    *Position // in its grid; nil where the layout decides
	Unplaced    bool      // an element of v2 that no layout shows
	Repeat      Repeat
	Conditions  *Node // of v2: the group of conditions under which it is shown

	Targets         []Target
	Transformations []Transformation // also those that are switched off
	Interval        string           // the smallest step, "1m" or ">1m"; empty where the data source decides
	MaxDataPoints   int              // 0 where the panel's width decides
	TimeFrom        string           // a range of its own
	TimeShift       string
	TimeCompare     string // how long ago the values are that it draws beside those of now
	Source          Source // of the queries without one of their own

	Defaults  Field // how a field is displayed
	Overrides []Override
	Options   *Node    // of its type
	Calcs     []string // what a panel of single values shows of each series; none is the last value

	Library    string // the name of the library panel that it refers to, where its content is not in this file
	LibraryUID string // of the library panel that it refers to

	Node    *Node // the panel in the board
	Content *Node // what has title, type and fields: the panel, its spec, or the library panel's model
}

// Name is how findings call the panel: its title, or what stands for it.
func (p Panel) Name() string { return cmp.Or(p.Title, p.Element, "untitled") }

// Position is a place in a grid of 24 columns.
type Position struct{ X, Y, W, H int }

// Repeat says that something is shown once for each value of a variable.
type Repeat struct {
	Variable  string // empty where nothing is repeated
	Direction string // of a panel: h or v
	MaxPerRow int    // of a panel that is repeated to the right
}

// Target is a query of a panel.
type Target struct {
	RefID, Expr, Legend string
	Source              Source // its own, or the panel's
	Format              string // time_series, table, heatmap; empty is time_series
	Instant, Range      bool   // evaluated at one time, over the range; at least one of them
	Exemplar            bool   // it asks for exemplars, too
	Hidden              bool
	Needed              bool   // an expression of Grafana's in this panel uses it; it may be hidden
	Interval            string // the smallest step
	Factor              int    // of old boards: multiplies the step; 1 by default
	Skip                string // why this is not a query for Prometheus; empty where it is one

	Node *Node // the query in the panel
	Spec *Node // what has expr and legendFormat
}

// Transformation changes the fields of a panel, in the order of the list.
type Transformation struct {
	ID       string // organize, merge, ...
	Options  *Node
	Disabled bool
	Partial  bool // it applies to some of the queries' results only
	Node     *Node
}

// maxFactor bounds Target.Factor. Grafana's editor offered up to 10.
const maxFactor = 1000

// parts are where a panel has its things: in classic boards all in one object, in v2 each in a place of its own.
type parts struct {
	node, content          *Node
	kind, version          *Node
	targets, changes       *Node // changes are transformations
	query                  *Node // interval, maxDataPoints, timeFrom, timeShift
	fields, options        *Node
	libraryUID, libraryRef string
}

func classicParts(n *Node) parts {
	return parts{
		node: n, content: n, kind: n.At("type"), version: n.At("pluginVersion"), targets: n.At("targets"),
		changes: n.At("transformations"), query: n, fields: n.At("fieldConfig"), options: n.At("options"),
	}
}

func v2Parts(n *Node) parts {
	spec := n.At("spec")
	data, viz := spec.At("data", "spec"), spec.At("vizConfig")
	kind := viz.At("group")
	if viz.At("kind").Text() != "VizConfig" {
		kind = first(kind, viz.At("kind"))
	}
	return parts{
		node: n, content: spec, kind: kind, version: first(viz.At("version"), viz.At("spec", "pluginVersion")),
		targets: data.At("queries"), changes: data.At("transformations"), query: data.At("queryOptions"),
		fields: viz.At("spec", "fieldConfig"), options: viz.At("spec", "options"),
	}
}

// parts finds the things of a panel. The content of a library panel is in the panel itself, or among the elements of
// the export.
func (r *reader) parts(n *Node) parts {
	p := classicParts(n)
	if r.v2 {
		p = v2Parts(n)
	}
	library := p.content.At("libraryPanel")
	if !library.IsObject() || len(p.targets.List()) > 0 {
		return p
	}
	uid, name := library.At("uid").Text(), library.At("name").Text()
	if model := first(library.At("model"), r.libraries[uid]); model.IsObject() {
		p = classicParts(model)
		p.node, p.libraryUID = n, uid
		return p
	}
	p.libraryUID, p.libraryRef = uid, cmp.Or(name, uid, "without a name")
	return p
}

// panel reads a panel; own is what has its id and its repeat.
func (r *reader) panel(n, own *Node) Panel {
	at := r.parts(n)
	p := Panel{
		ID:            own.At("id").Int(),
		Title:         cmp.Or(r.text(at.content.At("title")), r.text(own.At("title")), at.libraryRef),
		Type:          at.kind.Text(),
		Version:       at.version.Text(),
		Description:   r.text(at.content.At("description")),
		Transparent:   at.content.At("transparent").Bool(),
		Links:         r.links(at.content.At("links")),
		Interval:      r.text(at.query.At("interval")),
		MaxDataPoints: at.query.At("maxDataPoints").Int(),
		TimeFrom:      r.text(at.query.At("timeFrom")),
		TimeShift:     r.text(at.query.At("timeShift")),
		TimeCompare:   r.text(at.query.At("timeCompare")),
		Source:        r.source(at.content),
		Defaults:      r.field(at.fields.At("defaults"), at.content),
		Overrides:     r.overrides(at.fields.At("overrides"), at.content),
		Options:       at.options,
		Calcs:         at.options.At("reduceOptions", "calcs").Texts(),
		Library:       at.libraryRef,
		LibraryUID:    at.libraryUID,
		Node:          at.node,
		Content:       at.content,
	}
	for i, target := range r.counts.atMost("queries", maxPanelParts, at.targets.List()) {
		if target.IsObject() {
			p.Targets = append(p.Targets, r.target(target, p.Source, i))
		}
	}
	needed(p.Targets)
	for _, t := range r.counts.atMost("transformations", maxPanelParts, at.changes.List()) {
		if t.IsObject() {
			p.Transformations = append(p.Transformations, transformation(t))
		}
	}
	return p
}

func transformation(n *Node) Transformation {
	spec := n
	if n.At("spec").IsObject() {
		spec = n.At("spec")
	}
	id := first(spec.At("id"), n.At("group"), n.At("kind"))
	return Transformation{
		ID: id.Text(), Options: spec.At("options"), Disabled: spec.At("disabled").Bool(), Partial: spec.At("filter").Exists(),
		Node: n,
	}
}

func (r *reader) target(n *Node, panel Source, position int) Target {
	head, spec := n, n
	if r.v2 && n.At("spec").IsObject() {
		head, spec = n.At("spec"), n.At("spec", "query", "spec")
	}
	t := Target{
		RefID:    head.At("refId").Text(),
		Expr:     r.text(spec.At("expr")),
		Legend:   r.text(spec.At("legendFormat")),
		Source:   r.source(head),
		Format:   spec.At("format").Text(),
		Instant:  spec.At("instant").Bool(),
		Range:    spec.At("range").Bool(),
		Exemplar: spec.At("exemplar").Bool(),
		Hidden:   first(head.At("hidden"), head.At("hide"), spec.At("hide")).Bool(),
		Interval: r.text(spec.At("interval")),
		Factor:   min(max(1, spec.At("intervalFactor").Int()), maxFactor),
		Node:     n,
		Spec:     spec,
	}
	if t.RefID == "" {
		t.RefID = refID(position)
	}
	t.Range = t.Range || !t.Instant
	if t.Skip = r.skip(t.Source, panel, t.Expr); t.Skip == "" && len(t.Legend) > maxLegend {
		t.Skip = fmt.Sprintf("its legend has more than %d KiB, the limit", maxLegend>>10)
	}
	if t.Source == (Source{}) && panel.UID != mixed {
		t.Source = panel
	}
	return t
}

// refID returns the refId that Grafana gives to a query without one: A to Z, then AA.
func refID(position int) string {
	if position < 26 {
		return string(rune('A' + position))
	}
	return refID(position/26-1) + refID(position%26)
}

// titles writes the way to a panel.
func titles(within []*Section) string {
	var all []string
	for _, s := range within {
		if s.Title != "" {
			all = append(all, s.Title)
		}
	}
	return strings.Join(all, " / ")
}

// String names the override as Grafana's editor does.
func (o Override) String() string { return fmt.Sprintf("%s %s", o.Matcher, o.Options) }
