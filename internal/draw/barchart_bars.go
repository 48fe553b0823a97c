package draw

import (
	"cmp"
	"math"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/number"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// grid draws the lines of the value axis and their labels.
func (b *barChart) grid() {
	style := svg.TextStyle{Size: axisText, Color: b.theme.Text, Anchor: svg.End}
	end := math.Inf(-1)
	for _, t := range b.ticks {
		at := b.at(t.Value)
		from, to := svg.Point{X: b.bounds.X, Y: crisp(at)}, svg.Point{X: b.bounds.X + b.bounds.W, Y: crisp(at)}
		if b.isLying {
			from, to = svg.Point{X: crisp(at), Y: b.bounds.Y}, svg.Point{X: crisp(at), Y: b.bounds.Y + b.bounds.H}
		}
		b.Line(from, to, svg.Stroke(b.theme.Grid, 1))
		text := b.print(t.Value)
		if !b.isLying {
			b.Label(b.bounds.X-axisGap, svg.Center(at, axisText), b.bounds.X-b.content.X-axisGap, text, style)
			continue
		}
		half := svg.Width(text, axisText, svg.Regular) / 2
		x := math.Min(at, b.content.X+b.content.W-half)
		if x-half > end {
			style.Anchor = svg.Middle
			b.Text(x, b.bounds.Y+b.bounds.H+axisTick+axisGap+9, text, style)
			end = x + half + axisGap
		}
	}
}

// slot returns the room of a row's group along the category axis, and how wide a bar is in it.
func (b *barChart) slot(row int) (start, group, bar float64) {
	length := b.bounds.W
	if b.isLying {
		length = b.bounds.H
	}
	room := length / float64(b.category.Len())
	groups, bars := part01(b.options.At("groupWidth"), groupShare), part01(b.options.At("barWidth"), barShare)
	count := float64(len(b.series))
	switch {
	case len(b.series) == 1:
		groups, bars = bars, 1
	case b.stacking != "none":
		groups, bars, count = bars, 1, 1
	}
	start = float64(row)*room + room*(1-groups)/2
	return start, room * groups / count, room * groups / count * bars
}

// box returns the rectangle of a bar between two values.
func (b *barChart) box(start, width, from, to float64) svg.Rect {
	low, high := b.at(from), b.at(to)
	if b.isLying {
		return svg.Rect{X: math.Min(low, high), Y: b.bounds.Y + start, W: math.Abs(high - low), H: width}
	}
	return svg.Rect{X: b.bounds.X + start, Y: math.Min(low, high), W: width, H: math.Abs(high - low)}
}

// bars draws the bars of all rows.
func (b *barChart) bars() {
	size := b.textSize()
	for row := range b.category.Len() {
		start, group, width := b.slot(row)
		below, above := 0.0, 0.0
		for i, f := range b.series {
			v := b.value(i, row)
			if math.IsNaN(v) || math.IsInf(v, 0) {
				continue
			}
			from, at := 0.0, start+(group-width)/2
			switch {
			case b.stacking == "none":
				at += float64(i) * group
			case v < 0:
				from, below = below, below+v
			default:
				from, above = above, above+v
			}
			box := b.box(at, width, from, from+v)
			color := b.bar(f, f.Numbers[row], box)
			if size > 0 {
				b.barText(f.ShowAt(row).Text, box, size, v < 0, color)
			}
		}
	}
}

// bar draws one bar and returns the color that a text within it stands on.
func (b *barChart) bar(f frame.Field, v float64, box svg.Rect) string {
	color := b.colorOf(f, v)
	fill, line := barFill/100.0, 1.0
	if n, ok := f.Config.Custom("fillOpacity").Number(); ok {
		fill = math.Max(0, math.Min(n, 100)) / 100
	}
	if n, ok := f.Config.Custom("lineWidth").Number(); ok {
		line = math.Max(0, math.Min(n, 10))
	}
	paint := svg.Fill(theme.Alpha(color, fill))
	if line > 0 {
		paint.Stroke, paint.Width = color, line
		box = box.Inset(math.Min(line, box.W)/2, math.Min(line, box.H)/2)
	}
	b.Rect(box, paint)
	return theme.Over(paint.Fill, b.theme.Panel)
}

// colorOf returns the color of a value, or with NaN that of the series.
func (b *barChart) colorOf(f frame.Field, v float64) string {
	mode := f.Config.Color.Mode
	isByValue := mode == "thresholds" || len(b.theme.Colors(mode)) > 0
	if isByValue && !math.IsNaN(v) {
		return cmp.Or(f.Show(v).Color, theme.Fallback)
	}
	return cmp.Or(f.Color(), theme.Fallback)
}

// textSize returns the size at which all values fit their bars; 0 where they are not written.
func (b *barChart) textSize() float64 {
	if b.options.At("showValue").Text() == "never" {
		return 0
	}
	longest := ""
	for _, f := range b.series {
		for row := range f.Len() {
			if text := f.ShowAt(row).Text.String(); len(text) > len(longest) {
				longest = text
			}
		}
	}
	_, _, width := b.slot(0)
	size := width * barTextRatio
	if !b.isLying {
		size = fill(longest, width, size)
	}
	size = fixedSize(b.panel, "valueSize", math.Min(size, mostBarText))
	if size < leastBarText {
		b.noValue()
		return 0
	}
	return size
}

// barText writes a value beyond the end of its bar, or into a part of a stack, where it has room. The bar has the color
// ground.
func (b *barChart) barText(value number.Text, box svg.Rect, size float64, isNegative bool, ground string) {
	text := value.String()
	width := svg.Width(text, size, svg.Regular)
	style := svg.TextStyle{Size: size, Color: b.theme.Text, Anchor: svg.Middle}
	x, y := box.X+box.W/2, box.Y+box.H/2
	switch {
	case b.stacking != "none":
		if box.H < size*lineHeight || box.W < width {
			b.noValue()
			return
		}
		style.Color = b.theme.TextOn(ground)
	case b.isLying && isNegative:
		x = box.X - axisGap - width/2
	case b.isLying:
		x = box.X + box.W + axisGap + width/2
	case isNegative:
		y = box.Y + box.H + size*0.7
	default:
		y = box.Y - size*0.7
	}
	room := b.bounds
	if b.stacking == "none" && !b.isLying && !isNegative && y-size/2 < room.Y && box.H > 2*size {
		y = box.Y + size*0.7 // within the bar that reaches the top
		style.Color = b.theme.TextOn(ground)
	}
	isIn := x-width/2 >= room.X && x+width/2 <= room.X+room.W && y-size/2 >= room.Y && y+size/2 <= room.Y+room.H
	if !isIn {
		b.noValue()
		return
	}
	b.Text(x, svg.Center(y, size), text, style)
}

// noValue notes that a value which is always to be shown has no room.
func (b *barChart) noValue() {
	if b.options.At("showValue").Text() == "always" {
		b.gap("barchart-values", "The bars are too narrow for their values.")
	}
}

// categories writes the names of the groups. Where groups are narrow, only some have theirs.
func (b *barChart) categories(area svg.Rect) {
	names, areTimes := b.names()
	style := svg.TextStyle{Size: axisText, Color: b.theme.Text}
	length, least := b.bounds.W, float64(leastGroupText)
	if b.isLying {
		length, least = b.bounds.H, axisText+2
	}
	room := length / float64(len(names))
	if areTimes && !b.isLying {
		least = svg.Width(names[0], axisText, svg.Regular) + axisGap
	}
	every := int(math.Max(1, math.Ceil(least/math.Max(room, 0.01))))
	for i := 0; i < len(names); i += every {
		middle := (float64(i) + 0.5) * room
		if b.isLying {
			style.Anchor = svg.End
			b.Label(b.bounds.X-axisGap, svg.Center(b.bounds.Y+middle, axisText), b.bounds.X-area.X-axisGap, names[i], style)
			continue
		}
		style.Anchor = svg.Middle
		width := math.Min(room*float64(every)-axisGap, 2*math.Min(b.bounds.X+middle-area.X, area.X+area.W-b.bounds.X-middle))
		b.Label(b.bounds.X+middle, b.bounds.Y+b.bounds.H+axisTick+axisGap+9, width, names[i], style)
	}
}
