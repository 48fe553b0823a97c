package draw

import (
	"fmt"
	"math"

	"gaugewright/internal/draw/svg"
)

// flow puts items into lines, as many as have room in each. At the right each has a line.
func (l *legend) flow(most int) (lines [][]item) {
	whole := l.box.W - 2*legendEdge
	room := 0.0
	for n, i := range l.items {
		width := l.itemWidth(i)
		isNew := len(lines) == 0 || l.Legend.Side == "right" || width > room
		if n > 0 && l.Legend.Side == "bottom" && i.isRight && !l.items[n-1].isRight {
			room -= sideGap
			isNew = len(lines) > 1 || room < whole/2 || width > room
		}
		if isNew {
			if len(lines) == most {
				return lines
			}
			lines = append(lines, nil)
			room = whole
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], i)
		room -= width
	}
	return lines
}

// line returns the height of a line of a list, and where in it the middle of the text is.
func (l *legend) line() (height, middle float64) {
	if l.Legend.Side == "right" {
		return besideLine, itemHeight / 2
	}
	return legendLine, legendLine - itemHeight/2
}

// list draws the legend as a list. What has no room is counted at its end.
func (l *legend) list() {
	height, middle := l.line()
	lines := l.flow(max(1, int((l.box.H-2*legendEdge+0.5)/height)))
	shown := 0
	for _, line := range lines {
		shown += len(line)
	}
	right := l.box.X + l.box.W - legendEdge
	for n, line := range lines {
		x, y := l.box.X+legendEdge, l.box.Y+legendEdge+float64(n)*height+middle
		end := right
		more := ""
		if n == len(lines)-1 && shown < len(l.items) {
			line, more = l.makeRoom(line, len(l.items)-shown)
			end -= svg.Width(more, legendText, svg.Regular) + itemGap
		}
		for n, i := range line {
			if i.isRight && l.Legend.Side == "bottom" && (n == 0 || !line[n-1].isRight) {
				x = math.Max(x, end-l.lineWidth(line[n:]))
			}
			l.item(i, x, y, end-x)
			x += math.Min(l.itemWidth(i), end-x)
		}
		l.Label(x, svg.Center(y, legendText), right-x, more, svg.TextStyle{Size: legendText, Color: l.theme.TextWeak})
	}
}

func (l *legend) lineWidth(line []item) (width float64) {
	for _, i := range line {
		width += l.itemWidth(i)
	}
	return width
}

// leastItem is the room below which a series's name says nothing.
const leastItem = 80

// makeRoom takes items from the end of a line until the number of those that are not shown fits after them.
func (l *legend) makeRoom(line []item, hidden int) ([]item, string) {
	for {
		more := fmt.Sprintf("+%d more", hidden)
		room := l.box.W - 2*legendEdge - svg.Width(more, legendText, svg.Regular) - itemGap
		isAlone := len(line) == 1 && l.Legend.Side == "bottom" && room >= leastItem
		if len(line) == 0 || isAlone || l.lineWidth(line) <= room {
			return line, more
		}
		line = line[:len(line)-1]
		hidden++
	}
}

// leastCut is the room below which a cut name says nothing.
const leastCut = 30

// item draws the icon, the name and the values of a series. A value is never cut: it would be another one.
func (l *legend) item(i item, x, y, room float64) {
	l.icon(i, x, y)
	room -= iconWidth + itemGap + 2
	text := i.Name + i.values
	if svg.Width(text, legendText, svg.Regular) > room && i.values != "" {
		left := room - svg.Width(i.values, legendText, svg.Regular)
		if left < leastCut {
			l.gap("legend-columns", "The legend has no room for all of its calculations.")
			text = i.Name
		} else {
			text = svg.Fit(i.Name, left, legendText, svg.Regular) + i.values
		}
	}
	l.Label(x+iconWidth+itemGap, svg.Center(y, legendText), room, text, l.style(i))
}
