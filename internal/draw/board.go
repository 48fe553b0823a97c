package draw

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/opened"
)

// The sizes around the panels of a board, in pixels.
const (
	edge = 16
	head = 48 // above the panels: the title
)

// Board draws an open board, all of it, as high as it is.
func Board(b *opened.Board, o Options) Picture {
	width := o.Width
	if width == 0 {
		width = defaultWidth
	}
	all, height := places(b, edge, head, math.Max(1, width-2*edge))
	size := Size{width, math.Ceil(head + height + edge - margin)}
	c := svg.New(size.W, size.H)
	c.Title(b.Title, describe(b, o))
	c.EmbedFont()
	c.Rect(svg.Rect{W: size.W, H: size.H}, svg.Fill(o.theme().Canvas))
	heading(c, b, o, width)
	var panels []*panel
	for _, at := range all {
		if at.panel == nil {
			sectionTitle(c, at, o)
			continue
		}
		p := newPanel(b, *at.panel, o)
		p.Canvas = c
		p.drawFrame(at.Rect)
		panels = append(panels, p)
	}
	pic := picture(c, size, panels)
	pic.Gaps = append(BoardGaps(b), pic.Gaps...)
	return pic
}

// heading writes the board's title, the range and the variables.
func heading(c *svg.Canvas, b *opened.Board, o Options, width float64) {
	const size, small, apart = 18, 12, 16
	room := width - 2*edge
	if gaps := BoardGaps(b); len(gaps) > 0 {
		code := svg.Fit("≈ "+codes(gaps), room/3, gapSize, svg.Regular)
		c.Text(width-edge, 30, code, svg.TextStyle{Size: gapSize, Color: o.theme().TextWeak, Anchor: svg.End})
		room -= svg.Width(code, gapSize, svg.Regular) + apart
	}
	title := svg.Fit(b.Title, room, size, svg.Medium)
	c.Text(edge, 30, title, svg.TextStyle{Size: size, Weight: svg.Medium, Color: o.theme().Text})
	at := svg.Width(title, size, svg.Medium) + apart
	if room > at {
		c.Label(edge+at, 30, room-at, strings.Join(facts(b, o), " · "), svg.TextStyle{Size: small, Color: o.theme().TextWeak})
	}
}

// describe says what a picture of a board shows.
func describe(b *opened.Board, o Options) string {
	return strings.Join(append([]string{b.Description}, facts(b, o)...), " ")
}

// facts are the range and the variables that a viewer sees.
func facts(b *opened.Board, o Options) []string {
	from, to := b.From.In(o.location()), b.To.In(o.location())
	end := "15:04 MST"
	if from.Format("2006-01-02") != to.Format("2006-01-02") {
		end = "2006-01-02 15:04 MST"
	}
	all := []string{from.Format("2006-01-02 15:04") + " to " + to.Format(end)}
	hidden := map[string]bool{}
	for _, v := range b.Variables {
		hidden[v.Name] = v.Hide >= 2 || v.Type == "datasource"
	}
	var names []string
	for name := range b.Values {
		if !hidden[name] && !strings.HasPrefix(name, "__") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		v := b.Values[name]
		texts := v.Texts
		if len(texts) == 0 {
			texts = v.Values
		}
		all = append(all, opened.ShortTitle(fmt.Sprintf("%s=%s", name, strings.Join(texts, "+"))))
	}
	return all
}

// sectionTitle draws the title of a row or a tab. Tabs stand one below the other.
func sectionTitle(c *svg.Canvas, at place, o Options) {
	const size, indent = 16, 16
	left := at.X + float64(at.depth)*indent
	y := at.Y + at.H/2
	style := svg.TextStyle{Size: size, Weight: svg.Medium, Color: o.theme().Text}
	if at.isTab {
		title := svg.Fit(at.title, at.W-(left-at.X), size, svg.Medium)
		c.Text(left, svg.Center(y, size), title, style)
		line := svg.Rect{X: left, Y: at.Y + at.H - 2, W: svg.Width(title, size, svg.Medium), H: 2}
		c.Rect(svg.Rect{X: left, Y: line.Y + 1, W: at.W - (left - at.X), H: 1}, svg.Fill(o.theme().Border))
		c.Rect(line, svg.Fill(o.theme().Link))
		return
	}
	chevron := []svg.Point{{X: left + 1, Y: y - 3}, {X: left + 6, Y: y + 2}, {X: left + 11, Y: y - 3}}
	if at.section.Collapsed {
		chevron = []svg.Point{{X: left + 3, Y: y - 5}, {X: left + 8, Y: y}, {X: left + 3, Y: y + 5}}
	}
	c.Polyline(chevron, svg.Stroke(o.theme().Text, 1.5))
	room := at.W - (left - at.X) - 20
	title := svg.Fit(at.title, room, size, svg.Medium)
	c.Text(left+20, svg.Center(y, size), title, style)
	used := svg.Width(title, size, svg.Medium) + 12
	if at.section.Collapsed && room > used {
		c.Label(left+20+used, svg.Center(y, size), room-used, "closed when the board opens",
			svg.TextStyle{Size: 12, Color: o.theme().TextWeak})
	}
}
