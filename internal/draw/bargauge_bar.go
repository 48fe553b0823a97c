package draw

import (
	"math"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

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
	if b.hasEmpty {
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
		stops = b.thresholdStops(s)
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

// thresholdStops returns the colors of the thresholds up to the value. Each holds until half way between the thresholds
// around it; the last stands at the end of the bar.
func (b *bars) thresholdStops(s single) (stops []svg.Stop) {
	last, color := 0.0, ""
	for i, t := range b.bands(s.field) {
		if i > 0 && s.Number < t.value {
			break
		}
		at := 0.0
		if i > 0 {
			at = t.from - (t.from-last)/2
			last = t.from
		} else {
			color = t.color
		}
		stops = append(stops, svg.Stop{At: at, Color: color})
		color = t.color
	}
	if len(stops) > 1 {
		stops = append(stops, svg.Stop{At: s.part(), Color: color})
	}
	return stops
}

// cells draws a bar of lights.
func (b *bars) cells(s single, room svg.Rect) {
	length := room.W
	if b.isVertical {
		length = room.H
	}
	count := math.Floor(length / b.cell)
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
	if b.valueMode == "text" {
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
