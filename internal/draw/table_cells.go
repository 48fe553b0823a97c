package draw

import (
	"math"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// rows draws the rows that have room.
func (t *table) rows() {
	y := t.room.Y
	for _, row := range t.order {
		if y+t.row > t.room.Y+t.room.H+1 {
			t.gap("table-scroll", "The table is larger than its panel; Grafana scrolls.")
			break
		}
		ground := t.rowGround(row)
		t.Group(0, y, func() { t.cells(row, ground) })
		y += t.row
	}
	t.divide(t.room.Y, y)
}

// rowGround returns the color that a cell gives its whole row; empty without one.
func (t *table) rowGround(row int) string {
	for _, c := range t.columns {
		if c.kind == "color-background" && c.Config.Custom("cellOptions.applyToRow").Bool() && row < c.Len() {
			return c.ShowAt(row).Color
		}
	}
	return ""
}

// cells draws a row at the height 0.
func (t *table) cells(row int, ground string) {
	if ground != "" {
		t.Rect(svg.Rect{X: t.room.X, W: t.room.W, H: t.row}, svg.Fill(ground))
	}
	for _, c := range t.columns {
		if row >= c.Len() || c.x >= t.room.X+t.room.W {
			continue
		}
		box := svg.Rect{X: c.x, W: math.Min(c.width, t.room.X+t.room.W-c.x), H: t.row}
		switch {
		case c.Kind == frame.Nested:
			t.sparkline(c, row, box)
		case c.kind == "gauge" && c.Kind == frame.Number:
			t.gaugeCell(c, row, box)
		default:
			t.textCell(c, row, box, ground)
		}
	}
	t.line(t.room.X, t.row-0.5, t.room.X+t.room.W, t.row-0.5)
}

// textCell writes a value, in its color or on it.
func (t *table) textCell(c column, row int, box svg.Rect, ground string) {
	shown := c.ShowAt(row)
	style := svg.TextStyle{Size: tableText, Color: t.theme.Text}
	if ground != "" {
		style.Color = t.theme.CellText(ground)
	}
	switch {
	case shown.Color == "":
	case c.kind == "color-text":
		style.Color = shown.Color
	case c.kind == "color-background" && ground == "":
		style.Color = t.theme.CellText(shown.Color)
		t.Rect(box, svg.Fill(t.cellGround(c, box, shown.Color)))
	}
	t.write(c, t.row/2, shown.Text.String(), style)
}

// cellGround returns a colored cell's ground: a gradient at 120 degrees from a darker color, or the color alone.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/Table/TableNG/utils.ts
func (t *table) cellGround(c column, box svg.Rect, color string) string {
	if c.mode == "basic" {
		return color
	}
	points := -10.0
	if !t.theme.Dark {
		points = 7
	}
	from, to := slanted(box)
	return t.Gradient(from, to, svg.Stop{At: 0, Color: theme.Turn(color, points, 5)}, svg.Stop{At: 1, Color: color})
}

// gaugeCell draws a value as a lying bar.
func (t *table) gaugeCell(c column, row int, box svg.Rect) {
	box = box.Inset(tablePadding, tablePadding)
	mode := c.Config.Custom("cellOptions.valueDisplayMode").Text()
	if mode == "" {
		mode = "text"
	}
	b := bars{panel: t.panel, barStyle: barStyle{
		mode: c.mode, valueMode: mode, placement: "hidden", hasEmpty: true, valueSize: tableText, space: 1, cell: 8,
	}}
	for i := range c.Len() {
		if s := c.ShowAt(i); len(s.Text.String()) > len(b.longest.Text.String()) {
			b.longest.Shown = s
		}
	}
	b.draw(single{Shown: c.ShowAt(row), field: c.Field}, box)
}

// sparkline draws the line of a small chart.
func (t *table) sparkline(c column, row int, box svg.Rect) {
	t.gap("table-sparkline", "Small charts in cells are drawn as a line, without fill and value.")
	box = box.Inset(tablePadding, tablePadding)
	for _, f := range c.Nested[row].Fields {
		if f.Kind != frame.Number || f.Len() < 2 {
			continue
		}
		low, high := math.Inf(1), math.Inf(-1)
		for _, v := range f.Numbers {
			if !math.IsNaN(v) {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
		var points []svg.Point
		for i, v := range f.Numbers {
			if !math.IsNaN(v) {
				at := (v - low) / math.Max(high-low, math.SmallestNonzeroFloat64)
				points = append(points, svg.Point{X: box.X + box.W*float64(i)/float64(f.Len()-1), Y: box.Y + box.H*(1-at)})
			}
		}
		color := f.Color()
		if color == "" {
			color = t.theme.Series(f.Series)
		}
		t.Polyline(points, svg.Stroke(color, 1))
		return
	}
}
