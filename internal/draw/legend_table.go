package draw

import (
	"fmt"
	"math"

	"gaugewright/internal/draw/svg"
)

func sum(all []float64) (total float64) {
	for _, v := range all {
		total += v
	}
	return total
}

// columns returns the widths of the names and of the calculations, with their padding. Where the room is narrow, the
// names are cut, and then the last calculations are left out.
func (l *legend) columns(room float64) (name float64, columns []float64) {
	name = svg.Width("Name", legendText, svg.Regular)
	for _, i := range l.items {
		name = math.Max(name, svg.Width(i.Name, legendText, svg.Regular))
	}
	name = math.Max(leastName, math.Ceil(name)) + 2*cellPadding
	for k, title := range l.Legend.Calcs {
		width := svg.Width(title, legendText, svg.Regular)
		for _, i := range l.items {
			width = math.Max(width, svg.Width(i.Calcs[k], legendText, svg.Regular))
		}
		columns = append(columns, math.Ceil(width)+2*cellPadding)
	}
	room -= iconWidth + 2*cellPadding
	for len(columns) > 0 && sum(columns)+leastName+2*cellPadding > room {
		columns = columns[:len(columns)-1]
		l.gap("legend-columns", "The legend has no room for all of its calculations.")
	}
	return math.Min(name, room-sum(columns)), columns
}

// table draws the legend as a table.
func (l *legend) table() {
	name, columns := l.columns(l.box.W)
	if l.Legend.Side == "bottom" {
		name = l.box.W - sum(columns) - iconWidth - 2*cellPadding
	}
	left := l.box.X + iconWidth + 2*cellPadding
	y := l.box.Y + legendRow/2
	rows := max(1, int((l.box.H+0.5)/legendRow)-1)
	l.heading(left+cellPadding, y, name-2*cellPadding, len(l.items)-rows)
	l.cells(left+name, y, columns, l.Legend.Calcs, svg.TextStyle{Size: legendText, Color: l.theme.Link})
	for _, i := range l.items[:min(rows, len(l.items))] {
		y += legendRow
		l.rule(y - legendRow/2)
		l.icon(i, l.box.X+cellPadding, y)
		l.Label(left+cellPadding, svg.Center(y, legendText), name-2*cellPadding, i.Name, l.style(i))
		l.cells(left+name, y, columns, i.Calcs, l.style(i))
	}
	l.rule(y + legendRow/2)
}

// heading writes the title of the names, and how many have no room below it.
func (l *legend) heading(x, y, room float64, hidden int) {
	title := svg.Fit("Name", room, legendText, svg.Regular)
	l.Text(x, svg.Center(y, legendText), title, svg.TextStyle{Size: legendText, Color: l.theme.Link})
	if hidden > 0 {
		used := svg.Width(title, legendText, svg.Regular) + itemGap
		more := svg.Fit(fmt.Sprintf("+%d more", hidden), room-used, legendText, svg.Regular)
		l.Text(x+used, svg.Center(y, legendText), more, svg.TextStyle{Size: legendText, Color: l.theme.TextWeak})
	}
}

// cells writes the calculations of a row, each at the right end of its column.
func (l *legend) cells(x, y float64, columns []float64, texts []string, style svg.TextStyle) {
	style.Anchor = svg.End
	for k, width := range columns {
		x += width
		l.Text(x-cellPadding, svg.Center(y, legendText), texts[k], style)
	}
}

func (l *legend) rule(y float64) {
	y = crisp(y - 1)
	l.Line(svg.Point{X: l.box.X, Y: y}, svg.Point{X: l.box.X + l.box.W, Y: y}, svg.Stroke(l.theme.Border, 1))
}
