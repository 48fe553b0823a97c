package draw

import (
	"math"
	"strings"

	"gaugewright/internal/draw/svg"
)

// noData says why the panel is empty, as far as that is known.
func (p *panel) noData() {
	text := "No data"
	if own := p.shown.Defaults.NoValue; own != "" {
		text = own
	}
	var why []string
	for _, q := range p.shown.Queries {
		if q.Why != "" {
			why = append(why, q.RefID+": "+q.Why)
		}
	}
	middle := p.content.Y + p.content.H/2
	if len(why) == 0 || p.content.H < 50 {
		lines, size := p.inLines(text)
		for i, line := range lines {
			p.centered(middle+(float64(i)-float64(len(lines)-1)/2)*size*lineHeight, size, line, p.theme.TextWeak)
		}
		return
	}
	p.centered(middle-12, 18, text, p.theme.TextWeak)
	p.centered(middle+14, 12, strings.Join(why, "; "), p.theme.TextWeak)
}

// centered writes a line in the middle of the content, as much of it as has room.
func (p *panel) centered(y, size float64, text, color string) {
	size = math.Min(size, p.content.H/1.4)
	text = svg.Fit(text, p.content.W-8, size, svg.Regular)
	p.Text(p.content.X+p.content.W/2, svg.Center(y, size), text, svg.TextStyle{Size: size, Color: color, Anchor: svg.Middle})
}

// inLines breaks a text into lines of the largest letters with which it has room; a text that has none is one line.
func (p *panel) inLines(text string) ([]string, float64) {
	for _, size := range []float64{18, 14, 12} {
		var lines []string
		hasRoom := true
		for _, word := range strings.Fields(text) {
			last := len(lines) - 1
			if last >= 0 && svg.Width(lines[last]+" "+word, size, svg.Regular) <= p.content.W-8 {
				lines[last] += " " + word
				continue
			}
			hasRoom = hasRoom && svg.Width(word, size, svg.Regular) <= p.content.W-8
			lines = append(lines, word)
		}
		if hasRoom && len(lines) > 0 && float64(len(lines))*size*lineHeight <= p.content.H {
			return lines, size
		}
	}
	return []string{text}, 18
}
