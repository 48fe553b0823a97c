package draw

import (
	"math"
	"strings"

	"gaugewright/internal/draw/svg"
)

// titleStyle and valueStyle are how a stat writes.
func (b *bigValue) titleStyle() svg.TextStyle {
	style := svg.TextStyle{Size: b.titleSize, Color: b.theme.Text}
	if b.isColored() {
		style.Color = b.theme.CellText(b.color())
	}
	return style
}

func (b *bigValue) valueStyle() svg.TextStyle {
	style := svg.TextStyle{Size: b.valueSize, Weight: valueWeight, Color: b.color()}
	switch {
	case b.isColored():
		style.Color = b.theme.CellText(b.color())
	case b.options.At("colorMode").Text() == "none":
		style.Color = b.theme.Text
	}
	return style
}

// writeStacked writes the title above the value: in the middle, or over the course.
func (b *bigValue) writeStacked(hasCourse bool) {
	left, width := b.box.X+b.padding, b.box.W-2*b.padding
	lines := (b.titleSize+b.valueSize)*lineHeight + b.changeHeight()
	top := b.box.Y + (b.box.H-lines)/2
	if hasCourse && !b.isCenter {
		top = b.box.Y + b.padding
	}
	if b.title != "" {
		style := b.titleStyle()
		text := svg.Fit(b.title, width, style.Size, style.Weight)
		x := left
		if b.isCenter {
			x += (width - svg.Width(text, style.Size, style.Weight)) / 2
		}
		b.Canvas.Text(x, svg.Center(top+b.titleSize*lineHeight/2, b.titleSize), text, style)
		top += b.titleSize * lineHeight
	}
	x := left
	if b.isCenter {
		x += math.Max(0, (width-b.valueWidth())/2)
	}
	b.writeValue(x, top+b.valueSize*lineHeight/2, width)
	if b.hasChange() && b.box.H > lines {
		if x = left; b.isCenter {
			x += math.Max(0, (width-b.changeWidth())/2)
		}
		b.writeChange(x, top+b.valueSize*lineHeight+b.changeSize()*(lineHeight/2-0.25), width)
	}
}

// writeWide writes the title to the left of the value: in the middle, or over the course.
func (b *bigValue) writeWide(hasCourse bool) {
	left, width := b.box.X+b.padding, b.box.W-2*b.padding
	middle := b.box.Y + b.box.H/2
	if hasCourse && b.title != "" {
		middle = b.box.Y + b.padding + math.Max(b.titleSize, b.valueSize)*lineHeight/2
	}
	value := math.Min(b.valueWidth(), width)
	if b.hasChange() && value+itemGap+b.changeWidth() < width*0.6 {
		width -= b.changeWidth() + itemGap
		b.writeChange(left+width+itemGap, middle, b.changeWidth()+1)
	}
	x := left + width - value
	style := b.titleStyle()
	title := svg.Fit(b.title, width-value-8, style.Size, style.Weight)
	at := left
	if b.isCenter {
		gap := 0.0
		if title != "" {
			gap = 0.4 * b.valueSize
		}
		used := svg.Width(title, style.Size, style.Weight) + gap
		at = left + math.Max(0, width-value-used)/2
		x = math.Min(x, at+used)
	}
	b.Canvas.Text(at, svg.Center(middle, b.titleSize), title, style)
	b.writeValue(x, middle, width)
}

// valueWidth returns the width of the value with its suffix, which is smaller.
func (b *bigValue) valueWidth() float64 {
	small := svg.TextStyle{Size: suffixSize(b.valueSize), Weight: valueWeight}
	return svg.Width(b.value.Prefix+b.value.Text, b.valueSize, valueWeight) +
		leading(b.value.Suffix, small) + svg.Width(strings.TrimSpace(b.value.Suffix), small.Size, valueWeight)
}

// writeValue writes the value with its middle at y. What has no room is cut.
func (b *bigValue) writeValue(x, y, room float64) {
	style := b.valueStyle()
	base := svg.Center(y, style.Size)
	text := svg.Fit(b.value.Prefix+b.value.Text, room, style.Size, style.Weight)
	b.Canvas.Text(x, base, text, style)
	used := svg.Width(text, style.Size, style.Weight)
	style.Size = suffixSize(style.Size)
	used += leading(b.value.Suffix, style)
	b.Canvas.Text(x+used, base, svg.Fit(strings.TrimSpace(b.value.Suffix), room-used, style.Size, style.Weight), style)
}
