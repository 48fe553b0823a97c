package draw

import (
	"math"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The sizes of a bar gauge, in pixels, and its line heights in em.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/BarGauge/BarGauge.tsx
const (
	leastValueHeight = 18
	mostValueHeight  = 50
	mostValueWidth   = 150
	valuePadding     = 10
	barTitleLine     = 1.5
	barCorner        = 4
	lcdCell          = 12
	besideBar        = 3 // the empty part begins below the end of the bar
	barSpace         = 10
	lcdSpace         = 2
	leastBarWidth    = 8
	leastBarHeight   = 16
	mostBarHeight    = 300
)

// barGauge draws a bar for each value.
func (p *panel) barGauge() {
	all := p.singles()
	longest := aligned(all)
	b := bars{panel: p, mode: p.options.At("displayMode").Text(), longest: longest, isVertical: p.isVertical(), space: barSpace}
	if b.mode == "lcd" {
		b.space = lcdSpace
	}
	across, down := extent{least: leastBarWidth}, extent{leastBarHeight, mostBarHeight}
	if p.options.At("sizing").Text() == "manual" {
		across.least = option(p, "minVizWidth", leastBarWidth)
		down = extent{option(p, "minVizHeight", leastBarHeight), option(p, "maxVizHeight", mostBarHeight)}
	}
	for i, room := range p.row(len(all), b.space, across, down) {
		if room.Y+room.H > p.content.Y+p.content.H+1 || room.X+room.W > p.content.X+p.content.W+1 {
			p.gap("bargauge-scroll", "There are more bars than have room; Grafana scrolls to them.")
			break
		}
		b.draw(all[i], room)
	}
}

// option returns a number among the panel's options.
func option(p *panel, name string, otherwise float64) float64 {
	if v, ok := p.options.At(name).Number(); ok {
		return v
	}
	return otherwise
}

// bars are bars of one panel: all have their titles and values equally large.
type bars struct {
	*panel
	mode       string // gradient, basic or lcd
	longest    single // from whose texts all bars have their sizes
	isVertical bool
	space      float64
}

// barRooms are the places of the parts of one bar.
type barRooms struct {
	title, bar, value   svg.Rect
	titleSize, textSize float64
	isBeside            bool // the title stands left of the bar
}

// rooms divides the room of a bar.
func (b *bars) rooms(room svg.Rect) barRooms {
	r := b.titleRoom(room)
	text := b.longest.Text.String()
	hidden := b.options.At("valueMode").Text() == "hidden"
	fixed, _ := b.options.At("text", "valueSize").Number()
	if b.isVertical {
		height := math.Min(math.Max(room.H*0.1, leastValueHeight), mostValueHeight)
		if fixed > 0 {
			height = fixed
		}
		if hidden {
			height = 0
		}
		r.bar.Y, r.bar.H = r.bar.Y+height, r.bar.H-height
		r.value = svg.Rect{X: room.X, Y: room.Y, W: room.W, H: height}
		r.textSize = fill(text, room.W, height)
	} else {
		measured := math.Max(r.titleSize, 12)
		if fixed > 0 {
			measured = fixed
		}
		width := math.Max(math.Min(room.W*0.2, mostValueWidth), svg.Width(text, measured, svg.Regular)+2*valuePadding)
		width = math.Min(width, r.bar.W/2)
		if hidden {
			width = 0
		}
		r.bar.W -= width
		r.value = svg.Rect{X: r.bar.X + r.bar.W, Y: r.bar.Y, W: width, H: r.bar.H}
		r.textSize = fill(text, width-2*valuePadding, r.bar.H)
	}
	if fixed > 0 {
		r.textSize = fixed
	}
	return r
}

// titleRoom divides off the room of the title: below a standing bar, above or beside a lying one.
func (b *bars) titleRoom(room svg.Rect) barRooms {
	placement := b.options.At("namePlacement").Text()
	fixed, _ := b.options.At("text", "titleSize").Number()
	r := barRooms{bar: room}
	switch {
	case b.longest.title == "" || placement == "hidden":
	case b.isVertical:
		r.titleSize = 14
		if fixed > 0 {
			r.titleSize = fixed
		}
		height := r.titleSize * barTitleLine
		r.bar.H -= height
		r.title = svg.Rect{X: room.X, Y: room.Y + r.bar.H, W: room.W, H: height}
	case placement == "top" || room.H > 40 && placement != "left":
		height := math.Max(math.Min(room.H*0.45, mostValueHeight), 17)
		if fixed > 0 {
			height = fixed * barTitleLine
		}
		r.titleSize = height / barTitleLine
		r.title = svg.Rect{X: room.X, Y: room.Y, W: room.W, H: height}
		r.bar.Y, r.bar.H = room.Y+height, room.H-height
	default:
		r.titleSize = math.Max(room.H*0.6, leastValueHeight) / barTitleLine
		width := math.Min(svg.Width(b.longest.title, r.titleSize, svg.Regular)+15, room.W*0.4)
		if fixed > 0 {
			r.titleSize = fixed
		}
		r.isBeside = true
		r.title = svg.Rect{X: room.X, Y: room.Y, W: width - valuePadding, H: room.H}
		r.bar.X, r.bar.W = room.X+width, room.W-width
	}
	return r
}

// draw draws one bar with its title and value.
func (b *bars) draw(s single, room svg.Rect) {
	r := b.rooms(room)
	if r.titleSize > 0 {
		style := svg.TextStyle{Size: r.titleSize, Color: b.theme.Text}
		x := r.title.X
		switch {
		case b.isVertical:
			style.Anchor = svg.Middle
			x += r.title.W / 2
		case r.isBeside:
			style.Anchor = svg.End
			x += r.title.W
		}
		b.Label(x, svg.Center(r.title.Y+r.title.H/2, r.titleSize), r.title.W, s.title, style)
	}
	if b.mode == "lcd" {
		b.cells(s, r.bar)
	} else {
		r.value = b.bar(s, r)
	}
	b.value(s, r)
}

// bar draws the bar and its empty part and returns where the value stands: at the end of the bar where the empty part
// is not shown.
func (b *bars) bar(s single, r barRooms) svg.Rect {
	part := s.part()
	full, empty, value := r.bar, r.bar, r.value
	if b.isVertical {
		full.H = math.Max(part*r.bar.H, 1)
		full.Y = r.bar.Y + r.bar.H - full.H
		empty.H = math.Max(0, full.Y-r.bar.Y+besideBar)
		empty.H = math.Min(empty.H, r.bar.H)
	} else {
		full.W = math.Max(part*r.bar.W, 1)
		empty.X = math.Max(r.bar.X, r.bar.X+full.W-besideBar)
		empty.W = math.Max(0, r.bar.X+r.bar.W-empty.X-besideBar)
	}
	if isOn(b.options.At("showUnfilled"), true) {
		b.RoundRect(empty, barCorner, svg.Fill(theme.Emphasize(b.theme.Panel, 0.07)))
	} else if b.isVertical {
		value.Y = full.Y - value.H
	} else {
		value.X = full.X + full.W
	}
	b.paint(s, full, r.bar)
	return value
}

// paint paints the full part of a bar.
func (b *bars) paint(s single, full, whole svg.Rect) {
	color := b.colored(s.Shown)
	if b.mode != "basic" {
		b.RoundRect(full, barCorner, svg.Fill(b.gradient(s, whole)))
		return
	}
	b.RoundRect(full, barCorner, svg.Fill(theme.Alpha(color, 0.35)))
	end := svg.Rect{X: full.X + full.W - 2, Y: full.Y, W: 2, H: full.H}
	if b.isVertical {
		end = svg.Rect{X: full.X, Y: full.Y, W: full.W, H: 2}
	}
	b.RoundRect(end, 1, svg.Fill(color))
}

// gradient returns the colors along a bar: those of the thresholds below the value, or those of the scale.
func (b *bars) gradient(s single, whole svg.Rect) string {
	var stops []svg.Stop
	mode := s.field.Config.Color.Mode
	if scale := b.theme.Colors(mode); len(scale) > 0 {
		for i, c := range scale {
			stops = append(stops, svg.Stop{At: float64(i) / math.Max(1, float64(len(scale)-1)), Color: c})
		}
	} else if mode == "" || mode == "thresholds" {
		last := 0.0
		for i, t := range b.bands(s.field) {
			if i > 0 && s.Number < t.value {
				break
			}
			at := 0.0
			if i > 0 {
				at = t.from - (t.from-last)/2
				last = t.from
			}
			stops = append(stops, svg.Stop{At: at, Color: t.color})
		}
	}
	if len(stops) == 0 {
		return b.colored(s.Shown)
	}
	if len(stops) == 1 {
		return stops[0].Color
	}
	if b.isVertical {
		return b.Gradient(svg.Point{Y: whole.Y + whole.H}, svg.Point{Y: whole.Y}, stops...)
	}
	return b.Gradient(svg.Point{X: whole.X}, svg.Point{X: whole.X + whole.W}, stops...)
}

// cells draws a bar of lights.
func (b *bars) cells(s single, room svg.Rect) {
	length := room.W
	if b.isVertical {
		length = room.H
	}
	count := math.Floor(length / lcdCell)
	if count < 1 {
		return
	}
	size := math.Floor((length - b.space*count) / count)
	low, high := ends(s.field)
	for i := range int(count) {
		at := low + (high-low)/count*float64(i)
		cell := room
		if b.isVertical {
			cell.Y, cell.H = room.Y+room.H-float64(i+1)*(size+b.space)+b.space, size
		} else {
			cell.X, cell.W = room.X+float64(i)*(size+b.space), size
		}
		b.RoundRect(cell, 2, svg.Fill(b.light(s, at)))
	}
}

// light returns the color of the light at a value: off above what the bar shows.
func (b *bars) light(s single, at float64) string {
	color := b.colored(s.field.Show(at))
	if s.IsNull || math.IsNaN(s.Number) || at > s.Number {
		return theme.Alpha(color, 0.18)
	}
	return b.Glow(svg.Stop{At: 0.1, Color: theme.Alpha(color, 0.95)}, svg.Stop{At: 1, Color: theme.Alpha(color, 0.55)})
}

// value writes the value above a standing bar, or right of a lying one.
func (b *bars) value(s single, r barRooms) {
	if r.value.W == 0 || r.value.H == 0 {
		return
	}
	color := b.colored(s.Shown)
	if b.options.At("valueMode").Text() == "text" {
		color = b.theme.Text
	}
	style := svg.TextStyle{Size: r.textSize, Color: color, Anchor: svg.End}
	x, width := r.value.X+r.value.W-valuePadding, r.value.W-valuePadding
	if b.isVertical {
		style.Anchor = svg.Middle
		x, width = r.value.X+r.value.W/2, r.value.W
	}
	b.writeSingle(x, svg.Center(r.value.Y+r.value.H/2, r.textSize), width, s.Text, style)
}
