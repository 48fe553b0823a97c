package svg

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The weights that Grafana writes with, and that we have measures of.
const (
	Regular = 400
	Medium  = 500
)

// An Anchor says which part of a text stands at its place.
type Anchor int

// A text begins at its place, has its middle there, or ends there.
const (
	Start Anchor = iota
	Middle
	End
)

// TextStyle is how a text looks.
type TextStyle struct {
	Size   float64 // pixels per em
	Weight int     // Regular if 0
	Color  string  // as in Paint
	Anchor Anchor
	Rotate float64 // degrees, clockwise, about the text's place
}

// Text draws one line of text with its baseline at y. What cannot stand in XML, line breaks and marks that turn the
// direction of writing are replaced; white space is one space.
func (c *Canvas) Text(x, y float64, text string, s TextStyle) { c.text(x, y, clean(text), "", s) }

// Label draws a text as Text does, cut with an ellipsis if it is wider than width. The whole text is then its title.
func (c *Canvas) Label(x, y, width float64, text string, s TextStyle) {
	whole := clean(text)
	shown := Fit(whole, width, s.Size, s.Weight)
	if shown == whole {
		c.text(x, y, whole, "", s)
	} else {
		c.text(x, y, shown, whole, s)
	}
}

func (c *Canvas) text(x, y float64, text, title string, s TextStyle) {
	if text == "" {
		return
	}
	width := Width(text, s.Size, s.Weight)
	box := c.box(x, y, width, text, s)
	if box.isCut() {
		c.leftOut = append(c.leftOut, box)
		return
	}
	c.boxes = append(c.boxes, box)
	fmt.Fprintf(&c.body, `<text x="%s" y="%s" font-size="%s"%s`, number(x), number(y), number(s.Size), colorAttr("fill", s.Color))
	if s.Weight != 0 && s.Weight != Regular {
		fmt.Fprintf(&c.body, ` font-weight="%d"`, s.Weight)
	}
	if s.Anchor != Start {
		fmt.Fprintf(&c.body, ` text-anchor="%s"`, [...]string{"start", "middle", "end"}[s.Anchor])
	}
	if s.Rotate != 0 {
		fmt.Fprintf(&c.body, ` transform="rotate(%s %s %s)"`, number(s.Rotate), number(x), number(y))
	}
	if !measured(text) { // another font draws it: it must take the room that was reckoned
		fmt.Fprintf(&c.body, ` textLength="%s" lengthAdjust="spacingAndGlyphs"`, number(width))
	}
	c.body.WriteString(">")
	if title != "" {
		fmt.Fprintf(&c.body, "<title>%s</title>", escape(title))
	}
	c.body.WriteString(escape(text) + "</text>\n")
}

// Inter's letters reach from ascent above the baseline to descent below it, in em.
const (
	ascent  = 0.76
	descent = 0.21
	capital = 0.7275 // the height of capitals and digits: OS/2.sCapHeight, 1490 of 2048
)

// descends reports whether a character reaches below the baseline.
func descends(r rune) bool {
	return r > unicode.MaxASCII || strings.ContainsRune("gjpqyQ,;@$_|/\\()[]{}", r)
}

// Center returns the baseline of a text whose capitals and digits have their middle at y.
func Center(y, size float64) float64 { return y + capital/2*size }

// A Box is where a text stands, in pixels of the whole canvas.
type Box struct {
	Rect
	Text string
	Clip Rect // what is outside is not seen
}

// Boxes returns the boxes of all texts, in the order of drawing.
func (c *Canvas) Boxes() []Box { return c.boxes }

// LeftOut returns the boxes of the texts that have no room: what a clip would cut is not written at all.
func (c *Canvas) LeftOut() []Box { return c.leftOut }

func (c *Canvas) box(x, y, width float64, text string, s TextStyle) Box {
	left := -width * [...]float64{0, 0.5, 1}[s.Anchor]
	sin, cos := math.Sincos(s.Rotate * math.Pi / 180)
	below := descent * s.Size
	if !strings.ContainsFunc(text, descends) {
		below = 0
	}
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, px := range []float64{left, left + width} {
		for _, py := range []float64{-ascent * s.Size, below} {
			qx, qy := px*cos-py*sin, px*sin+py*cos
			minX, maxX = min(minX, qx), max(maxX, qx)
			minY, maxY = min(minY, qy), max(maxY, qy)
		}
	}
	return Box{Rect{c.origin.X + x + minX, c.origin.Y + y + minY, maxX - minX, maxY - minY}, text, c.clip}
}

// Overlaps returns the pairs of texts that cover each other by more than half a pixel, where both are seen.
func Overlaps(boxes []Box) [][2]Box {
	var pairs [][2]Box
	for i, a := range boxes {
		for _, b := range boxes[i+1:] {
			if s := a.Intersect(b.Rect).Intersect(a.Clip).Intersect(b.Clip); s.W > 0.5 && s.H > 0.5 {
				pairs = append(pairs, [2]Box{a, b})
			}
		}
	}
	return pairs
}

// isCut reports whether the text reaches out of its clip so far that one sees it.
func (b Box) isCut() bool {
	s := b.Intersect(b.Clip)
	return b.W-s.W > 0.5 || b.H-s.H > b.H/8
}

// clean makes one line of text that XML can hold.
func clean(text string) string {
	var b strings.Builder
	space := false
	for _, r := range text { // a broken byte is U+FFFD
		if unicode.IsSpace(r) && r != '\u00a0' {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if !printable(r) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// printable reports whether r may stand in XML and does not turn the direction of what follows it.
func printable(r rune) bool {
	switch {
	case unicode.IsControl(r), r == 0xfffe, r == 0xffff:
		return false
	case r == 0x200e, r == 0x200f, r == 0x061c, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return false
	}
	return true
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(text string) string { return escaper.Replace(text) }
