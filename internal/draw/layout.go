package draw

import (
	"cmp"
	"math"
	"strconv"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// The grid of Grafana, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/core/constants.ts
const (
	columns    = 24
	cellHeight = 30
	margin     = 8
)

// place is where a panel or the title of a row or tab stands.
type place struct {
	svg.Rect
	panel   *opened.Panel // nil for a title
	section *grafana.Section
	title   string
	isTab   bool
	depth   int // how many rows and tabs are around it
}

// layout finds the places of a board.
type layout struct {
	board  *opened.Board
	shown  map[int][]*opened.Panel // the copies of each panel, by its index
	left   float64
	width  float64
	places []place
}

// places returns where everything of the board stands, below top, and the height that they take.
func places(b *opened.Board, left, top, width float64) ([]place, float64) {
	l := layout{board: b, shown: map[int][]*opened.Panel{}, left: left, width: width}
	for i := range b.Shown {
		p := &b.Shown[i]
		l.shown[p.Index] = append(l.shown[p.Index], p)
	}
	bottom := l.put(b.Layout, top, nil, 0)
	return l.places, bottom - top
}

// chosen are the values of the variables that repeat the rows and tabs around.
type chosen map[string]string

// has reports whether a panel belongs to this copy of the rows and tabs.
func (c chosen) has(p *opened.Panel) bool {
	for name, value := range c {
		if v := p.Values[name].Values; len(v) > 0 && v[0] != value {
			return false
		}
	}
	return true
}

// put places a layout and returns where it ends.
func (l *layout) put(of grafana.Layout, top float64, in chosen, depth int) float64 {
	switch of.Kind {
	case grafana.Rows, grafana.Tabs:
		for _, s := range of.Sections {
			top = l.section(s, of.Kind == grafana.Tabs, top, in, depth)
		}
		return top
	case grafana.AutoGridLayout:
		return l.autoGrid(of, top, in)
	}
	return l.grid(of, top, in)
}

// section places all copies of a row or tab: its title, and below it what is inside.
func (l *layout) section(s *grafana.Section, isTab bool, top float64, in chosen, depth int) float64 {
	for _, copy := range l.repeated(s, in) {
		if !s.NoHeader && (s.Title != "" || s.Node != nil) {
			title := s.Title
			if p := l.first(s.Layout, copy); p != nil {
				title = p.PutTitle(title)
			}
			l.places = append(l.places, place{
				Rect: svg.Rect{X: l.left, Y: top, W: l.width, H: cellHeight}, section: s, title: title, isTab: isTab, depth: depth,
			})
			top += cellHeight + margin
		}
		top = l.put(s.Layout, top, copy, depth+1)
	}
	return top
}

// repeated returns the values with which a row or tab is shown, once for each value of the variable that repeats it.
func (l *layout) repeated(s *grafana.Section, in chosen) []chosen {
	name := s.Repeat.Variable
	if name == "" {
		return []chosen{in}
	}
	var all []chosen
	known := map[string]bool{}
	l.each(s.Layout, func(p *opened.Panel) {
		v := p.Values[name].Values
		if !in.has(p) || len(v) == 0 || known[v[0]] {
			return
		}
		known[v[0]] = true
		copy := chosen{name: v[0]}
		for outer, value := range in {
			copy[outer] = value
		}
		all = append(all, copy)
	})
	if len(all) == 0 {
		return []chosen{in}
	}
	return all
}

// each calls a function with each panel of a layout.
func (l *layout) each(of grafana.Layout, do func(*opened.Panel)) {
	for _, item := range of.Items {
		for _, p := range l.shown[item.Panel] {
			do(p)
		}
	}
	for _, s := range of.Sections {
		l.each(s.Layout, do)
	}
}

// first returns a panel of a layout, which knows the variables' values there.
func (l *layout) first(of grafana.Layout, in chosen) (found *opened.Panel) {
	l.each(of, func(p *opened.Panel) {
		if found == nil && in.has(p) {
			found = p
		}
	})
	return found
}

// copies returns the copies of an item's panel that belong here.
func (l *layout) copies(item grafana.Item, in chosen) (all []*opened.Panel) {
	for _, p := range l.shown[item.Panel] {
		if in.has(p) {
			all = append(all, p)
		}
	}
	return all
}

// unplaced is the size of a panel without a position.
var unplaced = grafana.Position{W: 12, H: 8}

// perRow is how many copies of a repeated panel stand beside each other where the panel does not say.
const perRow = 4

// tallest bounds the height of a panel, in cells. Grafana has no bound; a screen has about 30 cells.
const tallest = 200

// grid places the items of a grid of 24 columns. As in Grafana, each moves up until it meets another one, and copies
// of a repeated panel move down what stands below.
func (l *layout) grid(of grafana.Layout, top float64, in chosen) float64 {
	var bottoms [columns]int
	for _, item := range of.Items {
		copies := l.copies(item, in)
		if len(copies) == 0 {
			continue
		}
		at := unplaced
		if item.Position != nil {
			at = *item.Position
		}
		at.W = min(max(1, at.W), columns)
		at.X = min(max(0, at.X), columns-at.W)
		at.H = min(max(1, at.H), tallest)
		side := 1
		if repeat := copies[0].Repeat; repeat.Variable != "" && repeat.Direction != "v" {
			side = min(len(copies), max(1, cmp.Or(repeat.MaxPerRow, perRow)))
			at.X, at.W = 0, columns
		}
		at.Y = highest(bottoms[at.X : at.X+at.W])
		for i, p := range copies {
			l.places = append(l.places, place{Rect: l.cell(at, top, i, side), panel: p})
		}
		rows := (len(copies) + side - 1) / side
		for x := at.X; x < at.X+at.W; x++ {
			bottoms[x] = at.Y + rows*at.H
		}
	}
	return top + float64(highest(bottoms[:]))*(cellHeight+margin)
}

func highest(bottoms []int) (most int) {
	for _, bottom := range bottoms {
		most = max(most, bottom)
	}
	return most
}

// cell returns the rectangle of the copy i of a panel, of which so many stand side by side.
func (l *layout) cell(at grafana.Position, top float64, i, side int) svg.Rect {
	column := (l.width + margin) / columns
	width := float64(at.W) * column / float64(side)
	return svg.Rect{
		X: l.left + float64(at.X)*column + float64(i%side)*width,
		Y: top + float64(at.Y+i/side*at.H)*(cellHeight+margin),
		W: width - margin,
		H: float64(at.H)*(cellHeight+margin) - margin,
	}
}

// The sizes of an auto grid, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/features/dashboard-scene/scene/layout-auto-grid/AutoGridLayoutManager.tsx
var (
	columnWidths = map[string]float64{"narrow": 192, "standard": 448, "wide": 768}
	rowHeights   = map[string]float64{"short": 168, "standard": 320, "tall": 512}
)

const (
	autoColumns           = 3
	leastAuto, mostPixels = 20, 4000
)

// sized returns a size by its name or in pixels.
func sized(text string, names map[string]float64) float64 {
	if pixels, err := strconv.ParseFloat(text, 64); err == nil && pixels > 0 {
		return math.Max(leastAuto, math.Min(pixels, mostPixels))
	}
	if size, ok := names[text]; ok {
		return size
	}
	return names["standard"]
}

// autoGrid places items side by side, as many as have room, all equally large.
func (l *layout) autoGrid(of grafana.Layout, top float64, in chosen) float64 {
	var all []*opened.Panel
	for _, item := range of.Items {
		all = append(all, l.copies(item, in)...)
	}
	if len(all) == 0 {
		return top
	}
	most := float64(max(1, cmp.Or(of.Auto.Columns, autoColumns)))
	least := math.Min(l.width, math.Max(l.width/most-margin, sized(of.Auto.ColumnWidth, columnWidths)))
	side := min(len(all), max(1, int((l.width+margin)/(least+margin))))
	width := (l.width + margin) / float64(side)
	height := sized(of.Auto.RowHeight, rowHeights)
	for i, p := range all {
		l.places = append(l.places, place{panel: p, Rect: svg.Rect{
			X: l.left + float64(i%side)*width, Y: top + float64(i/side)*(height+margin), W: width - margin, H: height,
		}})
	}
	rows := (len(all) + side - 1) / side
	return top + float64(rows)*(height+margin)
}
