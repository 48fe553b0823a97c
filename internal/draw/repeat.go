package draw

import (
	"cmp"
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

// extent is how small or large the room of a value may be, in pixels; a Most of 0 is no limit.
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

// grid puts rooms for count values into rows of about square rooms; those of the last row are wider.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/utils/squares.ts
func (p *panel) grid(count int, space float64) (rooms []svg.Rect) {
	w, h := p.content.W, p.content.H
	side := math.Max(square(w, h, count), square(h, w, count))
	columns := int(math.Max(1, math.Floor(w/side)))
	lines := (count + columns - 1) / columns
	columns = (count + lines - 1) / lines
	for i := range count {
		line := i / columns
		inLine := columns
		if line == lines-1 {
			inLine = count - line*columns
		}
		width, height := (w+space)/float64(inLine)-space, (h+space)/float64(lines)-space
		rooms = append(rooms, svg.Rect{
			X: p.content.X + float64(i%columns)*(width+space), Y: p.content.Y + float64(line)*(height+space), W: width, H: height,
		})
	}
	return rooms
}

// square returns the side of the squares of which count fit into w by h, when they fill the width.
func square(w, h float64, count int) float64 {
	parts := math.Ceil(math.Sqrt(float64(count) * w / h))
	if math.Floor(parts*h/w)*parts < float64(count) {
		return h / math.Ceil(parts*h/w)
	}
	return w / parts
}

// fontSize returns the size at which a text fills a room.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/utils/measureText.ts
func fontSize(text string, width, height float64, weight int) float64 {
	byWidth := width / (svg.Width(text, 14, weight) + 2) * 14
	return math.Max(1, math.Min(height, byWidth))
}

// longest returns the longest title, and the longest prefix, text and suffix of the values: all are as large as these
// need, so that they are equally large.
func longest(all []single) (title string, text number.Text) {
	for _, s := range all {
		title = longer(title, s.title)
		text.Prefix = longer(text.Prefix, s.shown.Text.Prefix)
		text.Text = longer(text.Text, s.shown.Text.Text)
		text.Suffix = longer(text.Suffix, s.shown.Text.Suffix)
	}
	return title, text
}

func longer(a, b string) string {
	if cmp.Less(len(a), len(b)) {
		return b
	}
	return a
}

// writeValue writes a value that ends, has its middle, or begins at x, with a smaller suffix, and returns its width.
// It is cut where it is wider than width.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/FormattedValueDisplay/FormattedValueDisplay.tsx
func (p *panel) writeValue(x, baseline, width float64, text number.Text, style svg.TextStyle) float64 {
	small := style
	switch {
	case style.Size < 20:
		small.Size *= 0.9
	case style.Size < 26:
		small.Size *= 0.8
	default:
		small.Size *= 0.6
	}
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
