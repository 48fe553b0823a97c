package grafana

import (
	"cmp"
	"slices"
)

// Layout is how panels are arranged. A grid and an auto grid have items, rows and tabs have sections.
type Layout struct {
	Kind     LayoutKind
	Items    []Item
	Sections []*Section
	Auto     AutoGrid
	Node     *Node // nil for classic boards, which have no layout of their own
}

// LayoutKind is the kind of a layout.
type LayoutKind string

// The kinds of layouts. AutoGridLayout places its items itself.
const (
	Grid           LayoutKind = "grid"
	Rows           LayoutKind = "rows"
	Tabs           LayoutKind = "tabs"
	AutoGridLayout LayoutKind = "auto grid"
)

// AutoGrid is how an auto grid places its items.
type AutoGrid struct {
	Columns                int    // at most
	ColumnWidth, RowHeight string // narrow, standard, wide, short, tall, or pixels
	Fill                   bool   // the rows fill the screen
}

// Section is a row or a tab.
type Section struct {
	Title      string
	Collapsed  bool
	NoHeader   bool // its title is not shown
	Repeat     Repeat
	Conditions *Node // the group of conditions under which it is shown
	Layout     Layout
	Node       *Node // nil for the panels of a classic board before its first row
}

// Item is a panel's place in a grid.
type Item struct {
	Panel    int       // its index in Board.Panels
	Position *Position // within the section; nil in an auto grid
	Node     *Node     // of v2
}

// maxNesting bounds how deep rows and tabs may be nested. Grafana has two levels, and one in classic boards.
const maxNesting = 8

// layout reads a layout of v2 and the panels in it.
func (r *reader) layout(n *Node, within []*Section) Layout {
	spec := n.At("spec")
	l := Layout{Node: n}
	if len(within) > maxNesting {
		return l
	}
	switch n.At("kind").Text() {
	case "RowsLayout":
		l.Kind, l.Sections = Rows, r.sections(spec.At("rows"), within)
	case "TabsLayout":
		l.Kind, l.Sections = Tabs, r.sections(spec.At("tabs"), within)
	case "AutoGridLayout", "ResponsiveGridLayout":
		l.Kind = AutoGridLayout
		l.Auto = autoGrid(spec)
		l.Items = r.items(spec.At("items"), within)
	default:
		l.Kind, l.Items = Grid, r.items(spec.At("items"), within)
	}
	return l
}

func autoGrid(spec *Node) AutoGrid {
	return AutoGrid{
		Columns:     first(spec.At("maxColumnCount"), spec.At("maxColumns")).Int(),
		ColumnWidth: first(spec.At("columnWidth"), spec.At("columnWidthMode")).Text(),
		RowHeight:   first(spec.At("rowHeight"), spec.At("rowHeightMode")).Text(),
		Fill:        spec.At("fillScreen").Bool(),
	}
}

func (r *reader) sections(list *Node, within []*Section) []*Section {
	var all []*Section
	for _, n := range r.counts.atMost("rows and tabs", maxParts, list.List()) {
		spec := n.At("spec")
		s := &Section{
			Title:      r.text(spec.At("title")),
			Collapsed:  first(spec.At("collapse"), spec.At("collapsed")).Bool(),
			NoHeader:   spec.At("hideHeader").Bool(),
			Repeat:     repeat(spec.At("repeat")),
			Conditions: conditions(spec.At("conditionalRendering")),
			Node:       n,
		}
		r.variables(spec.At("variables"), s)
		s.Layout = r.layout(spec.At("layout"), append(slices.Clip(within), s))
		all = append(all, s)
	}
	return all
}

// conditions returns a group of conditions, if it has any.
func conditions(n *Node) *Node {
	if len(n.At("spec", "items").List()) == 0 {
		return nil
	}
	return n
}

// repeat reads the repeat of v2, an object, or of classic boards, a name.
func repeat(n *Node) Repeat {
	if !n.IsObject() {
		return Repeat{Variable: n.Text()}
	}
	return Repeat{n.At("value").Text(), n.At("direction").Text(), n.At("maxPerRow").Int()}
}

func (r *reader) items(list *Node, within []*Section) []Item {
	nodes := inReadingOrder(list.List(), func(n *Node) *Position { return position(n.At("spec")) })
	var all []Item
	for _, n := range r.counts.atMost("panels", maxParts, nodes) {
		spec := n.At("spec")
		name := spec.At("element", "name").Text()
		if i, ok := r.placeElement(name, spec, within); ok {
			all = append(all, Item{Panel: i, Position: position(spec), Node: n})
		}
	}
	return all
}

// inReadingOrder returns the nodes sorted from above to below and from left to right, where all have a position.
func inReadingOrder(nodes []*Node, at func(*Node) *Position) []*Node {
	type placed struct {
		node *Node
		at   *Position
	}
	all := make([]placed, len(nodes))
	for i, n := range nodes {
		if all[i] = (placed{n, at(n)}); all[i].at == nil {
			return nodes
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Or(a.at.Y-b.at.Y, a.at.X-b.at.X) })
	sorted := make([]*Node, len(all))
	for i, p := range all {
		sorted[i] = p.node
	}
	return sorted
}

// placeElement reads the element of an item, and returns its index.
func (r *reader) placeElement(name string, item *Node, within []*Section) (int, bool) {
	if i, ok := r.placed[name]; ok {
		return i, true
	}
	n := r.elements[name]
	if !n.IsObject() {
		return 0, false
	}
	p := r.panel(n, n.At("spec"))
	p.Element, p.Within, p.Row = name, within, titles(within)
	p.Position, p.Repeat, p.Conditions = position(item), repeat(item.At("repeat")), conditions(item.At("conditionalRendering"))
	r.placed[name] = len(r.read)
	r.read = append(r.read, p)
	return r.placed[name], true
}

// unplaced reads the elements that the layout does not show.
func (r *reader) unplaced() {
	for _, m := range r.root.At("elements").Members() {
		if _, ok := r.placed[m.Name]; ok || len(r.counts.atMost("panels", maxParts, []*Node{m.Value})) == 0 {
			continue
		}
		if i, ok := r.placeElement(m.Name, nil, nil); ok {
			r.read[i].Unplaced = true
		}
	}
}
