package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// columns is the width of Grafana's grid.
const columns = 24

// maxPicture is the longest diagram that code hosts draw, in bytes.
const maxPicture = 5000

// state is what happened to a panel. Its text is the name of a class in the diagram.
type state string

const (
	unchanged  state = "same"
	isAdded    state = "added"
	isChanged  state = "changed"
	isRemoved  state = "removed"
	rowIsTitle state = "row"
	rowIsGone  state = "gone"
)

var signs = map[state]string{isAdded: "+ ", isChanged: "± ", isRemoved: "− ", rowIsGone: "− "}

// classes are the colors of the states, with a text that is legible on them.
const classes = `classDef same fill:#e7e7ea,stroke:#8c8c93,color:#1f2328
classDef added fill:#c6f0cf,stroke:#1a7f37,color:#1f2328
classDef changed fill:#ffe8a3,stroke:#9a6700,color:#1f2328
classDef removed fill:#ffd0cc,stroke:#cf222e,color:#1f2328
classDef row fill:none,stroke:none,color:#8c8c93
classDef gone fill:none,stroke:none,color:#cf222e`

// block is a panel or a row's title in the diagram.
type block struct {
	title       string
	state       state
	x, y, width int
}

// label is the block's text, as long as its width has room for.
func (b block) label() string {
	const perColumn = 4 // letters, when the diagram is as wide as a comment
	return signs[b.state] + cmp.Or(label(b.title, perColumn*b.width), "–")
}

// picture returns the board's layout as a Mermaid block diagram. It is empty for what has no layout, and where it would
// be longer than hosts draw.
func (s Section) picture() string {
	blocks := s.blocks()
	if len(blocks) == 0 {
		return ""
	}
	text := draw(blocks)
	if len(text) > maxPicture {
		return ""
	}
	return text
}

// blocks returns the lines of the layout from above: the rows' titles, and the panels in lines of equal y. What is gone
// is where it was or, if that place is taken, after the others of its row; where the row is gone too, at the end.
func (s Section) blocks() [][]block {
	if s.new == nil || s.old == nil || s.matched == nil {
		return nil
	}
	states := s.states()
	goneOf := map[string][]block{}
	for _, p := range s.matched.free(s.matched.olds) {
		row := nameOf(p.row)
		goneOf[row] = append(goneOf[row], place(p, isRemoved, len(goneOf[row])))
	}
	var lines [][]block
	add := func(row string, title state, inside []block) {
		gone := goneOf[row]
		delete(goneOf, row) // once, also where two rows have one title
		if len(inside)+len(gone) > 0 && row != "" {
			lines = append(lines, []block{{title: row, state: title, width: columns}})
		}
		lines = append(lines, fill(bands(inside), gone)...)
	}
	for _, row := range append([]*part{nil}, s.new.of(aRow)...) {
		var inside []block
		for _, p := range s.matched.news {
			if p.row == row {
				inside = append(inside, place(p, states[p], len(inside)))
			}
		}
		add(nameOf(row), rowIsTitle, inside)
	}
	for _, row := range s.old.of(aRow) {
		add(nameOf(row), rowIsGone, nil)
	}
	return lines
}

// nameOf returns a row's title; none for what is above all rows.
func nameOf(row *part) string {
	if row == nil {
		return ""
	}
	return row.name
}

// states returns what happened to each panel of the new side.
func (s Section) states() map[*part]state {
	states := map[*part]state{}
	for _, p := range s.matched.news {
		states[p] = unchanged
		if s.matched.otherOf[p] == nil {
			states[p] = isAdded
		}
	}
	for _, c := range s.Changes {
		for _, p := range append(c.parts, c.part.within(aPanel)) {
			if states[p] == unchanged {
				states[p] = isChanged
			}
		}
	}
	return states
}

// autoWidth is the width of panels that the layout itself places, three in a line.
const autoWidth = 8

func place(p *part, s state, n int) block {
	b := block{title: p.title(), state: s, x: n % 3 * autoWidth, y: n / 3, width: autoWidth}
	if p.at != nil {
		b.x, b.y, b.width = p.at.X, p.at.Y, p.at.W
	}
	return b
}

// bands sorts blocks into lines. What lies outside of the grid or over another block is pushed aside.
func bands(blocks []block) [][]block {
	slices.SortStableFunc(blocks, func(a, b block) int { return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x)) })
	var lines [][]block
	end := columns
	for i, b := range blocks {
		b.x, b.width = min(max(b.x, 0), columns-1), min(max(b.width, 1), columns)
		if i == 0 || b.y != blocks[i-1].y || end >= columns {
			lines, end = append(lines, nil), 0
		}
		b.x = max(b.x, end)
		b.width = min(b.width, columns-b.x)
		end = b.x + b.width
		lines[len(lines)-1] = append(lines[len(lines)-1], b)
	}
	return lines
}

// fill puts blocks into lines where these have room for them, and the others into lines of their own.
func fill(lines [][]block, blocks []block) [][]block {
	var others []block
	for _, b := range blocks {
		i := slices.IndexFunc(lines, func(line []block) bool { return line[0].y == b.y && !slices.ContainsFunc(line, b.covers) })
		if i < 0 || b.x < 0 || b.x+b.width > columns {
			others = append(others, b)
			continue
		}
		lines[i] = append(lines[i], b)
		slices.SortFunc(lines[i], func(a, b block) int { return cmp.Compare(a.x, b.x) })
	}
	return append(lines, bands(others)...)
}

// covers reports whether two blocks have a column in common.
func (b block) covers(other block) bool { return b.x < other.x+other.width && other.x < b.x+b.width }

func draw(lines [][]block) string {
	out := &strings.Builder{}
	fmt.Fprintf(out, "block-beta\ncolumns %d\n", columns)
	of := map[state][]string{}
	n := 0
	for _, line := range lines {
		var words []string
		end := 0
		space := func(to int) {
			if to > end {
				words = append(words, fmt.Sprintf("space:%d", to-end))
			}
		}
		for _, b := range line {
			space(b.x)
			n++
			id := fmt.Sprintf("p%d", n)
			words = append(words, fmt.Sprintf("%s[\"%s\"]:%d", id, b.label(), b.width))
			of[b.state] = append(of[b.state], id)
			end = b.x + b.width
		}
		space(columns)
		fmt.Fprintln(out, strings.Join(words, " "))
	}
	fmt.Fprintln(out, classes)
	for _, s := range []state{unchanged, isAdded, isChanged, isRemoved, rowIsTitle, rowIsGone} {
		if len(of[s]) > 0 {
			fmt.Fprintf(out, "class %s %s\n", strings.Join(of[s], ","), s)
		}
	}
	return strings.TrimSpace(out.String())
}
