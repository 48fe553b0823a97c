package draw

import (
	"math"

	"gaugewright/internal/draw/number"
	"gaugewright/internal/draw/svg"
)

// isVertical reports whether single values stand side by side: as the panel says, or where it is wider than high.
func (p *panel) isVertical() bool {
	switch p.options.At("orientation").Text() {
	case "vertical":
		return true
	case "horizontal":
		return false
	}
	return p.content.W > p.content.H
}

// extent is how small or large the room of a value may be, in pixels; a most of 0 is no limit.
type extent struct{ least, most float64 }

// row puts rooms for count values side by side, or one below the other, with a space between them.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/VizRepeater/VizRepeater.tsx
func (p *panel) row(count int, space float64, across, down extent) (rooms []svg.Rect) {
	at := p.content
	if p.isVertical() {
		at.W = math.Max(across.least, (at.W+space)/float64(count)-space)
	} else {
		at.H = math.Max(down.least, (at.H+space)/float64(count)-space)
		if down.most > 0 {
			at.H = math.Min(at.H, down.most)
		}
	}
	for range count {
		rooms = append(rooms, at)
		if p.isVertical() {
			at.X += at.W + space
		} else {
			at.Y += at.H + space
		}
	}
	return rooms
}

// fill returns the size at which a text fills a room.
func fill(text string, width, height float64) float64 {
	return math.Max(1, fontSize(text, width, height*lineHeight, math.Inf(1), svg.Regular))
}

// writeSingle writes a value that ends, has its middle, or begins at x, with a smaller suffix, and returns its width.
// It is cut where it is wider than width.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/FormattedValueDisplay/FormattedValueDisplay.tsx
func (p *panel) writeSingle(x, baseline, width float64, text number.Text, style svg.TextStyle) float64 {
	small := style
	small.Size = suffixSize(style.Size)
	body := text.Prefix + text.Text
	suffix := svg.Width(text.Suffix, small.Size, small.Weight)
	if suffix > width/2 || text.Suffix == "" {
		p.Label(x, baseline, width, body+text.Suffix, style)
		return min(width, svg.Width(body+text.Suffix, style.Size, style.Weight))
	}
	body = svg.Fit(body, width-suffix, style.Size, style.Weight)
	whole := svg.Width(body, style.Size, style.Weight) + suffix
	left := x - whole*[...]float64{0, 0.5, 1}[style.Anchor]
	style.Anchor, small.Anchor = svg.Start, svg.Start
	p.Text(left, baseline, body, style)
	space := whole - suffix + leading(text.Suffix, small)
	p.Text(left+space, baseline, text.Suffix, small)
	return whole
}

// leading is the width of the space with which a suffix may begin.
func leading(suffix string, style svg.TextStyle) float64 {
	if suffix != "" && suffix[0] == ' ' {
		return svg.Width(" ", style.Size, style.Weight)
	}
	return 0
}
