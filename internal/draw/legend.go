package draw

import (
	"fmt"
	"math"
	"slices"

	"gaugewright/internal/draw/plot"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The sizes of a legend, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/VizLegend/VizLegendTable.tsx
const (
	legendText   = 12
	legendLine   = 23.42 // of a list
	besideLine   = 22.84 // of a list at the right
	legendRow    = 23.86 // of a table
	legendEdge   = 4     // around a list
	cellPadding  = 8
	iconWidth    = 14
	iconHeight   = 4
	itemGap      = 8
	itemEnd      = 10
	itemHeight   = 18.84 // at the lower end of its line
	sideGap      = 25    // between the series of the left axis and those of the right one
	leastName    = 92    // "Name +99 more" has room; Grafana's is 55
	bottomShare  = 0.35  // of the panel's height; half of it where the whole legend then has room
	rightShare   = 0.5   // of its width; Grafana lets it have 60 %
	narrowScreen = 992   // below it a legend is never at the right
)

// legend is the list of a plot's series. It is cut rather than taking the plot's room.
type legend struct {
	*panel
	plot.Plot
	box   svg.Rect
	items []item
}

// item is a series in the legend.
type item struct {
	plot.Series
	values  string // in a list, behind the name: the calculations
	isRight bool   // its axis is at the right, and others' are not
	isOff   bool
}

func newLegend(p *panel, drawn plot.Plot) *legend {
	l := &legend{panel: p, Plot: drawn}
	if drawn.Legend.Mode == "hidden" {
		return l
	}
	if p.on.Width > 0 && p.on.Width < narrowScreen {
		l.Legend.Side = "bottom"
	}
	isMixed := false
	for _, i := range drawn.Legend.Sorted {
		isMixed = isMixed || l.isRight(i) != l.isRight(drawn.Legend.Sorted[0])
	}
	for _, i := range drawn.Legend.Sorted {
		s := drawn.Series[i]
		one := item{Series: s, isRight: isMixed && l.isRight(i), isOff: s.Hidden}
		for k, value := range s.Calcs {
			one.values += "\u00a0\u00a0 " + drawn.Legend.Calcs[k] + ": " + value
		}
		l.items = append(l.items, one)
	}
	l.arrange()
	return l
}

// arrange has series of the right axis last in a list below the plot, where they stand at the right. A table says it.
func (l *legend) arrange() {
	switch {
	case l.Legend.Mode == "table":
		for i := range l.items {
			if l.items[i].isRight {
				l.items[i].Name += " (right y-axis)"
			}
		}
	case l.Legend.Side == "bottom":
		slices.SortStableFunc(l.items, func(a, b item) int {
			switch {
			case a.isRight == b.isRight:
				return 0
			case b.isRight:
				return -1
			}
			return 1
		})
	}
}

func (l *legend) isRight(series int) bool {
	return l.Axes[l.Plot.Series[series].Axis].Side == "right"
}

// divide takes the legend's room from the content and returns what is left for the plot: at least half of it.
func (l *legend) divide(content svg.Rect) svg.Rect {
	if len(l.items) == 0 {
		return content
	}
	left := content
	if l.Legend.Side == "right" {
		width := l.width()
		if l.Legend.Width > 0 {
			width = l.Legend.Width
		}
		width = math.Floor(math.Min(width, content.W*rightShare))
		left.W -= width
		l.box = svg.Rect{X: content.X + left.W, Y: content.Y, W: width, H: content.H}
		return left
	}
	l.box = svg.Rect{X: content.X, W: content.W, H: content.H}
	height := l.height()
	if height > content.H/2 {
		height = math.Max(content.H*bottomShare, l.least())
	}
	if height > content.H/2 {
		l.items = nil // not even a line has room
		l.gap("legend-hidden", "The panel is too low for its legend.")
		return content
	}
	left.H -= height
	l.box.Y, l.box.H = content.Y+left.H, height
	return left
}

// width returns the width of a legend at the right.
func (l *legend) width() (most float64) {
	if l.Legend.Mode == "table" {
		name, columns := l.columns(math.Inf(1))
		return iconWidth + 2*cellPadding + name + sum(columns)
	}
	if float64(len(l.items))*besideLine > l.content.H {
		most = svg.Width(fmt.Sprintf("+%d more", len(l.items)), legendText, svg.Regular) + itemEnd
	}
	for _, i := range l.items {
		most = math.Max(most, l.itemWidth(i))
	}
	return most + 2*legendEdge
}

// height returns the height of a whole legend at the bottom.
func (l *legend) height() float64 {
	if l.Legend.Mode == "table" {
		return float64(len(l.items)+1) * legendRow
	}
	return float64(len(l.flow(math.MaxInt)))*legendLine + 2*legendEdge
}

// least returns the height of the shortest legend that says something.
func (l *legend) least() float64 {
	if l.Legend.Mode == "table" {
		return 2 * legendRow
	}
	return legendLine + 2*legendEdge
}

func (l *legend) itemWidth(i item) float64 {
	return iconWidth + itemGap + svg.Width(i.Name+i.values, legendText, svg.Regular) + itemEnd
}

func (l *legend) draw() {
	if len(l.items) == 0 {
		return
	}
	l.Clip(l.box, func() {
		if l.Legend.Mode == "table" {
			l.table()
		} else {
			l.list()
		}
	})
}

func (l *legend) style(i item) svg.TextStyle {
	style := svg.TextStyle{Size: legendText, Color: l.theme.Text}
	if i.isOff {
		style.Color = l.theme.TextOff
	}
	return style
}

// icon draws a short piece of the line.
func (l *legend) icon(i item, x, y float64) {
	from, to := svg.Point{X: x, Y: y}, svg.Point{X: x + iconWidth, Y: y}
	color := i.Color
	if i.isOff {
		color = theme.Alpha(color, 0.5)
	}
	switch {
	case i.IsDotted:
		for dot := 2.0; dot < iconWidth; dot += 5 {
			l.Circle(svg.Point{X: x + dot, Y: y}, 2, svg.Fill(color))
		}
	case len(i.Dash) > 0:
		l.Line(from, to, svg.Paint{Stroke: color, Width: iconHeight, Dash: []float64{6, 2}})
	default:
		l.RoundRect(svg.Rect{X: x, Y: y - iconHeight/2, W: iconWidth, H: iconHeight}, iconHeight/2, svg.Fill(color))
	}
}
