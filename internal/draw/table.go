package draw

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/svg"
)

// The sizes of a table, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/Table/TableNG/constants.ts
const (
	tableText     = 14
	tableHeader   = 34
	tablePadding  = 6
	columnWidth   = 150
	footerLine    = 22
	footerPadding = 5
	footerLabel   = 12
)

// cellHeights are those of the panel's cellHeight.
var cellHeights = map[string]float64{"sm": 36, "md": 42, "lg": 48}

// table is a table on its way to the picture.
type table struct {
	*panel
	columns []column
	order   []int // the rows, sorted
	row     float64
	room    svg.Rect // of the rows
}

// column is a field with its place.
type column struct {
	frame.Field
	x, width float64
	kind     string // of its cells: auto, color-text, color-background, gauge, sparkline
	mode     string // of a colored ground or a gauge
	anchor   svg.Anchor
	footer   []string // the ids of the calculations below it
}

// table draws a frame as a table: as many rows and columns as have room.
func (p *panel) table() {
	t := &table{panel: p, room: p.content, row: cellHeights["sm"]}
	if h, ok := cellHeights[p.options.At("cellHeight").Text()]; ok {
		t.row = h
	}
	shown, ok := p.tableFrame()
	if !ok {
		p.noData()
		return
	}
	t.addColumns(shown)
	t.sort(shown)
	if isOn(p.options.At("showHeader"), true) {
		t.header()
	}
	lines := 0
	for _, c := range t.columns {
		lines = max(lines, len(c.footer))
	}
	if lines > 0 {
		t.footer(float64(lines)*footerLine + 2*footerPadding)
	}
	t.rows()
}

// tableFrame returns the frame that the panel shows.
func (p *panel) tableFrame() (frame.Frame, bool) {
	i := p.options.At("frameIndex").Int()
	if i < 0 || i >= len(p.frames) {
		i = 0
	}
	if len(p.frames) > 1 {
		p.gap("table-frames", "The panel has several frames; Grafana lets the viewer choose one.")
	}
	return p.frames[i], len(p.frames[i].Fields) > 0
}

// addColumns gives each field that is not hidden its place. Fields without a width share what the others leave.
func (t *table) addColumns(shown frame.Frame) {
	var fixed float64
	free := 0
	for _, f := range shown.Fields {
		if f.Config.Custom("hidden").Bool() || f.Config.Custom("hideFrom.viz").Bool() {
			continue
		}
		c := t.newColumn(f)
		if c.width > 0 {
			fixed += c.width
		} else {
			free++
		}
		t.columns = append(t.columns, c)
	}
	x := t.room.X
	for i := range t.columns {
		c := &t.columns[i]
		if c.width == 0 {
			least := float64(columnWidth)
			if w, ok := c.Config.Custom("minWidth").Number(); ok {
				least = w
			}
			c.width = math.Max(least, (t.room.W-fixed)/float64(free))
		}
		c.x = x
		x += c.width
	}
	if x > t.room.X+t.room.W+1 {
		t.gap("table-scroll", "The table is larger than its panel; Grafana scrolls.")
	}
}

// oldModes are the cell types that boards had before Grafana 10, with what they are now.
var oldModes = map[string][2]string{
	"color-text": {"color-text"}, "color-background": {"color-background", "gradient"},
	"color-background-solid": {"color-background", "basic"}, "gradient-gauge": {"gauge", "gradient"},
	"lcd-gauge": {"gauge", "lcd"}, "basic": {"gauge", "basic"}, "json-view": {"json-view"}, "image": {"image"},
}

func (t *table) newColumn(f frame.Field) column {
	c := column{Field: f, kind: f.Config.Custom("cellOptions.type").Text(), mode: f.Config.Custom("cellOptions.mode").Text()}
	if old, ok := oldModes[f.Config.Custom("displayMode").Text()]; ok {
		c.kind, c.mode = old[0], old[1]
	}
	c.width, _ = f.Config.Custom("width").Number()
	c.width = math.Max(0, c.width)
	c.footer = t.footerOf(f)
	switch c.kind {
	case "", "auto", "color-text", "color-background":
		if f.Kind == frame.Number {
			c.anchor = svg.End
		}
	case "gauge", "sparkline":
	default:
		t.gap("table-"+c.kind, "Cells of this type are drawn as text: "+c.kind+".")
	}
	switch f.Config.Custom("align").Text() {
	case "left":
		c.anchor = svg.Start
	case "center":
		c.anchor = svg.Middle
	case "right":
		c.anchor = svg.End
	}
	if f.Config.Custom("wrapText").Bool() || f.Config.Custom("cellOptions.wrapText").Bool() {
		t.gap("table-wrap", "Cells that would have several lines are cut after the first.")
	}
	return c
}

// footerOf returns the calculations below a column: its own, or those of the whole table in older boards.
func (t *table) footerOf(f frame.Field) []string {
	if own := f.Config.Custom("footer.reducers"); own.IsList() {
		return own.Texts()
	}
	footer := t.options.At("footer")
	if !footer.At("show").Bool() || f.Kind != frame.Number {
		return nil
	}
	if fields := footer.At("fields").Texts(); len(fields) > 0 && !slices.Contains(fields, f.Display) {
		return nil
	}
	return footer.At("reducer").Texts()
}

// sort puts the rows in the panel's order.
func (t *table) sort(shown frame.Frame) {
	count := 0
	for _, f := range shown.Fields {
		count = max(count, f.Len())
	}
	for i := range count {
		t.order = append(t.order, i)
	}
	by := t.options.At("sortBy").List()
	for _, key := range slices.Backward(by) {
		for _, c := range t.columns {
			if c.Display == key.At("displayName").Text() {
				slices.SortStableFunc(t.order, func(i, j int) int {
					if key.At("desc").Bool() {
						i, j = j, i
					}
					return c.compare(i, j)
				})
			}
		}
	}
}

func (c column) compare(i, j int) int {
	switch {
	case max(i, j) >= c.Len():
		return 0
	case c.Kind == frame.Number:
		return cmp.Compare(c.Numbers[i], c.Numbers[j])
	case c.Kind == frame.Time:
		return c.Times[i].Compare(c.Times[j])
	case c.Kind == frame.Text:
		return cmp.Compare(strings.ToLower(c.Texts[i]), strings.ToLower(c.Texts[j]))
	}
	return 0
}

// line draws a thin line below or beside cells.
func (t *table) line(x1, y1, x2, y2 float64) {
	t.Line(svg.Point{X: x1, Y: y1}, svg.Point{X: x2, Y: y2}, svg.Stroke(t.theme.Border, 1))
}

// divide draws the lines between columns, from one height to another.
func (t *table) divide(from, to float64) {
	for _, c := range t.columns[:max(0, len(t.columns)-1)] {
		if x := crisp(c.x + c.width - 1); x < t.room.X+t.room.W {
			t.line(x, from, x, to)
		}
	}
}

// write writes a text into a column's cell.
func (t *table) write(c column, y float64, text string, style svg.TextStyle) {
	right := math.Min(c.x+c.width, t.room.X+t.room.W) - tablePadding - 1
	left := c.x + tablePadding
	style.Anchor = c.anchor
	x := [...]float64{left, (left + right) / 2, right}[c.anchor]
	t.Label(x, svg.Center(y, style.Size), right-left, text, style)
}

// header writes the names of the columns.
func (t *table) header() {
	const height = tableHeader
	if t.room.H < height {
		return
	}
	for _, c := range t.columns {
		t.write(c, t.room.Y+height-tablePadding-10, c.Display, svg.TextStyle{Size: tableText, Weight: svg.Medium, Color: t.theme.TextWeak})
	}
	y := crisp(t.room.Y + height - 1)
	t.line(t.room.X, y, t.room.X+t.room.W, y)
	t.divide(t.room.Y, t.room.Y+height)
	t.room.Y, t.room.H = t.room.Y+height, t.room.H-height
}

// footer draws the calculations below the columns.
func (t *table) footer(height float64) {
	if height > t.room.H/2 {
		t.gap("table-footer", "The table is too low for its footer.")
		return
	}
	top := t.room.Y + t.room.H - height
	t.line(t.room.X, crisp(top), t.room.X+t.room.W, crisp(top))
	for _, c := range t.columns {
		for i, id := range c.footer {
			y := top + footerPadding + (float64(i)+0.5)*footerLine
			left, right := c.x+tablePadding, math.Min(c.x+c.width, t.room.X+t.room.W)-tablePadding-1
			value := svg.Fit(c.ShowCalc(id).Text.String(), right-left, tableText, svg.Medium)
			t.Text(right, svg.Center(y, tableText), value,
				svg.TextStyle{Size: tableText, Weight: svg.Medium, Color: t.theme.Text, Anchor: svg.End})
			room := right - left - svg.Width(value, tableText, svg.Medium) - 4
			t.Label(left, svg.Center(y, footerLabel), room, strings.ToUpper(frame.CalcName(id)),
				svg.TextStyle{Size: footerLabel, Color: t.theme.TextWeak})
		}
	}
	t.divide(top, top+height)
	t.room.H -= height
}
