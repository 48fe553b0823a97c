package draw

import (
	"fmt"
	"strconv"
	"strings"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/opened"
)

// The sizes of a panel's frame, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/PanelChrome/PanelChrome.tsx
const (
	headerHeight = 38
	titleMiddle  = 20
	belowContent = 11 // of a panel with a title
	panelPadding = 8
	border       = 1
	titleSize    = 14
	titleLeft    = border + 8 + 4
	corner       = 6
	gapSize      = 10 // of the codes in the corner
	low          = 80 // lower panels have no room for content below a line of codes
)

// unpadded are the types whose content reaches the frame.
var unpadded = map[string]bool{"table": true}

// drawFrame draws the panel with its frame and its title.
func (p *panel) drawFrame(frame svg.Rect) {
	if p.title() == "" && p.notes() == "" {
		p.rehearse(frame)
	}
	if !p.shown.Transparent {
		edge := frame.Inset(0.5, 0.5)
		p.RoundRect(edge, corner, svg.Paint{Fill: p.theme.Panel, Stroke: theme.Over(p.theme.Border, p.theme.Panel)})
	}
	p.Named(p.title(), p.description(), func() {
		p.drawContent(p.inside(frame))
		p.header(frame)
	})
	p.drawn.Frame = frame
}

// rehearse draws on a canvas that nobody sees, to find the gaps: their codes need room that a panel without a title
// would not leave.
func (p *panel) rehearse(frame svg.Rect) {
	canvas := p.Canvas
	p.Canvas = svg.New(frame.X+frame.W, frame.Y+frame.H)
	p.drawContent(p.inside(frame))
	p.Canvas = canvas
}

// inside returns the rectangle of the content.
func (p *panel) inside(frame svg.Rect) svg.Rect {
	padding := float64(panelPadding)
	if unpadded[p.shown.Type] {
		padding = 0
	}
	top, bottom, right := border+padding, border+padding, 0.0
	switch {
	case p.title() != "" || p.notes() != "" && frame.H >= low:
		top, bottom = border+headerHeight, belowContent-panelPadding+padding
	case p.notes() != "": // they stand beside the content, and are more if it lacks the room that they take
		right = frame.W / 2
	}
	return svg.Rect{
		X: frame.X + border + padding, Y: frame.Y + top,
		W: max(0, frame.W-2*(border+padding)-right), H: max(0, frame.H-top-bottom),
	}
}

// header writes the title, the mark of a description, and the codes of the gaps.
func (p *panel) header(frame svg.Rect) {
	middle := frame.Y + titleMiddle
	room := frame.W - 2*titleLeft
	if notes := p.notes(); notes != "" && room > 60 {
		text := svg.Fit(notes, room/2, gapSize, svg.Regular)
		p.Text(frame.X+frame.W-titleLeft, svg.Center(middle, gapSize), text,
			svg.TextStyle{Size: gapSize, Color: p.theme.TextWeak, Anchor: svg.End})
		room -= svg.Width(text, gapSize, svg.Regular) + 8
	}
	mark := 0.0
	if p.shown.Description != "" && room > 60 {
		mark = 20
	}
	title := svg.Fit(p.title(), room-mark, titleSize, svg.Medium)
	p.Text(frame.X+titleLeft, svg.Center(middle, titleSize), title,
		svg.TextStyle{Size: titleSize, Weight: svg.Medium, Color: p.theme.Text})
	if mark > 0 {
		p.info(svg.Point{X: frame.X + titleLeft + svg.Width(title, titleSize, svg.Medium) + 13, Y: middle})
	}
}

// notes are what the title's line says at its right: a range of the panel's own, and the codes of the gaps.
func (p *panel) notes() string {
	all := []string{}
	if own := OwnRange(p.shown); own != "" {
		all = append(all, own)
	}
	var codes []string
	for _, g := range p.gaps {
		codes = append(codes, g.Code)
	}
	if len(codes) > 0 {
		all = append(all, "≈ "+strings.Join(codes, ", "))
	}
	return strings.Join(all, " ")
}

// OwnRange says which other range than the board's a panel shows, in Grafana's words; empty where it has none.
func OwnRange(shown opened.Panel) string {
	var all []string
	if own := shown.Put(shown.TimeFrom); own != "" {
		all = append(all, lasting(own))
	}
	if shift := shown.Put(shown.TimeShift); shift != "" {
		all = append(all, "timeshift -"+strings.TrimPrefix(shift, "now-"))
	}
	return strings.Join(all, " ")
}

// lasting describes a range such as 20m.
func lasting(own string) string {
	own = strings.TrimPrefix(own, "now-")
	n, err := strconv.Atoi(strings.TrimRight(own, "smhdwMy"))
	unit, ok := spans[strings.TrimLeft(own, "0123456789")]
	switch {
	case err != nil || !ok:
		return "Last " + own
	case n == 1:
		return "Last 1 " + unit
	}
	return fmt.Sprintf("Last %d %ss", n, unit)
}

var spans = map[string]string{
	"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "M": "month", "y": "year",
}

// info draws the i in a circle of a panel with a description.
func (p *panel) info(at svg.Point) {
	p.Circle(at, 6, svg.Stroke(p.theme.TextWeak, 1))
	p.Rect(svg.Rect{X: at.X - 0.6, Y: at.Y - 0.8, W: 1.2, H: 3.6}, svg.Fill(p.theme.TextWeak))
	p.Rect(svg.Rect{X: at.X - 0.6, Y: at.Y - 3, W: 1.2, H: 1.3}, svg.Fill(p.theme.TextWeak))
}
