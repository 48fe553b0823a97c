package grafana

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// classicLayout reads the panels of a classic board. A board without rows is one grid. Else an open row has the panels
// after it, a collapsed row those inside it, and the panels before the first row are a section without a title.
func (r *reader) classicLayout() Layout {
	sections := r.rows(r.root.At("panels"))
	for _, n := range r.counts.atMost("rows", maxParts, r.root.At("rows").List()) { // schema 15 and before
		sections = append(sections, r.oldRow(n))
	}
	if len(sections) == 1 && sections[0].Node == nil {
		return sections[0].Layout
	}
	for _, s := range sections {
		s.Layout.compact()
	}
	if len(sections) == 0 {
		return Layout{Kind: Grid}
	}
	return Layout{Kind: Rows, Sections: sections}
}

func (r *reader) rows(list *Node) []*Section {
	nodes := r.counts.atMost("panels", maxParts, objectsInOrder(list))
	r.read = slices.Grow(r.read, len(nodes))
	open := &Section{NoHeader: true, Layout: Layout{Kind: Grid}}
	var all []*Section
	for _, n := range nodes {
		if n.At("type").Text() != "row" {
			if len(all) == 0 {
				all = append(all, open)
			}
			r.classicPanel(n, all[len(all)-1])
			continue
		}
		row := &Section{
			Title: r.text(n.At("title")), Collapsed: n.At("collapsed").Bool(), Repeat: repeat(n.At("repeat")),
			Layout: Layout{Kind: Grid}, Node: n,
		}
		all = append(all, row)
		r.inside(n, row, 0)
	}
	return all
}

func objectsInOrder(list *Node) []*Node { return inReadingOrder(objects(list), gridPosition) }

// inside reads the panels within a collapsed row. Rows inside rows do not exist in Grafana; their panels are kept.
func (r *reader) inside(n *Node, row *Section, depth int) {
	for _, inner := range r.counts.atMost("panels", maxParts, objectsInOrder(n.At("panels"))) {
		if inner.At("type").Text() != "row" {
			r.classicPanel(inner, row)
		} else if depth < maxNesting {
			r.inside(inner, row, depth+1)
		}
	}
}

// objects returns the objects of a list.
func objects(list *Node) []*Node {
	return slices.DeleteFunc(slices.Clone(list.List()), func(n *Node) bool { return !n.IsObject() })
}

func gridPosition(n *Node) *Position { return position(n.At("gridPos")) }

func (r *reader) classicPanel(n *Node, section *Section) {
	p := r.panel(n, n)
	p.Position = gridPosition(n)
	for _, own := range []*Node{n, p.Content} { // the model of a library panel may have it
		if name := own.At("repeat").Text(); name != "" && p.Repeat.Variable == "" {
			p.Repeat = Repeat{name, own.At("repeatDirection").Text(), own.At("maxPerRow").Int()}
		}
	}
	if section.Node != nil {
		p.Within, p.Row = []*Section{section}, section.Title
	}
	item := Item{Panel: len(r.read)}
	if p.Position != nil {
		own := *p.Position
		item.Position = &own
	}
	r.read = append(r.read, p)
	section.Layout.Items = append(section.Layout.Items, item)
}

// compact moves the items up to the top of their section.
func (l *Layout) compact() {
	top := math.MaxInt
	for _, item := range l.Items {
		if item.Position != nil {
			top = min(top, item.Position.Y)
		}
	}
	for _, item := range l.Items {
		if item.Position != nil {
			item.Position.Y -= top
		}
	}
}

// The sizes of the grid before schema 16, when a row had 12 columns and a height in pixels.
const (
	defaultSpan   = 4
	defaultHeight = 250
	leastHeight   = 90
	cellHeight    = 38 // with its margin
)

// oldRow reads a row of schema 15 and before, and gives its panels the places that Grafana's migration gives them.
func (r *reader) oldRow(n *Node) *Section {
	row := &Section{
		Title: r.text(n.At("title")), Collapsed: n.At("collapse").Bool(), NoHeader: !n.At("showTitle").Bool(),
		Repeat: repeat(n.At("repeat")), Layout: Layout{Kind: Grid}, Node: n,
	}
	height := pixels(n.At("height"))
	x, y := 0, 0
	for _, inner := range r.counts.atMost("panels", maxParts, objects(n.At("panels"))) {
		r.classicPanel(inner, row)
		width := 2 * min(max(1, cmp.Or(inner.At("span").Int(), defaultSpan)), 12)
		if x+width > 24 {
			x, y = 0, y+height
		}
		at := Position{x, y, width, height}
		r.read[len(r.read)-1].Position = &at
		own := at
		row.Layout.Items[len(row.Layout.Items)-1].Position = &own
		x += width
	}
	return row
}

// pixels reads a height such as 250px and returns it in cells of the grid.
func pixels(n *Node) int {
	number, _ := strconv.Atoi(strings.TrimSuffix(n.Text(), "px"))
	height := max(leastHeight, cmp.Or(min(number, 1<<16), defaultHeight))
	return (height + cellHeight - 1) / cellHeight
}
