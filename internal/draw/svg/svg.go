// Package svg writes pictures as SVG: shapes, text with measured widths, groups, clips and gradients.
//
// The same calls give the same bytes everywhere: numbers have at most two decimals, no exponent and no locale, and
// identifiers count up from one. Text from outside is always text: whatever it holds, the picture stays valid XML and
// nothing in it runs. The canvas remembers where each text stands, so that a test can find texts that overlap or are
// cut off. It knows nothing of dashboards, themes or charts.
package svg

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// A Point is a place on the canvas, in pixels from the upper left corner.
type Point struct{ X, Y float64 }

// A Rect is an upright rectangle, in pixels.
type Rect struct{ X, Y, W, H float64 }

// Inset returns the rectangle with its sides moved in by dx and dy; no side turns round.
func (r Rect) Inset(dx, dy float64) Rect {
	return Rect{r.X + dx, r.Y + dy, max(0, r.W-2*dx), max(0, r.H-2*dy)}
}

// Intersect returns what r and o share; its width or height is 0 if they share nothing.
func (r Rect) Intersect(o Rect) Rect {
	x, y := max(r.X, o.X), max(r.Y, o.Y)
	return Rect{x, y, max(0, min(r.X+r.W, o.X+o.W)-x), max(0, min(r.Y+r.H, o.Y+o.H)-y)}
}

// A Canvas collects the elements of one picture. Its methods draw in the order of the calls: later is on top.
type Canvas struct {
	// IDs begins every identifier, so that several pictures can stand in one page. Of its characters, letters and
	// digits of ASCII, "-" and "_" count.
	IDs string

	size    Rect
	title   string
	desc    string
	font    bool
	defs    bytes.Buffer
	body    bytes.Buffer
	known   map[string]string // definition -> its identifier
	origin  Point
	clip    Rect
	boxes   []Box
	leftOut []Box
}

// New returns an empty canvas of w by h pixels.
func New(w, h float64) *Canvas {
	size := Rect{0, 0, w, h}
	return &Canvas{size: size, clip: size, known: map[string]string{}}
}

// Title names the picture and describes it, for people who do not see it.
func (c *Canvas) Title(title, desc string) { c.title, c.desc = clean(title), clean(desc) }

// EmbedFont puts the font (Inter, 25 kB) into the picture, so that it looks the same on every machine. Without it the
// picture names Inter and falls back to the system's sans-serif.
func (c *Canvas) EmbedFont() { c.font = true }

// Group draws with the origin moved by dx and dy.
func (c *Canvas) Group(dx, dy float64, draw func()) {
	before := c.origin
	c.origin = Point{before.X + dx, before.Y + dy}
	fmt.Fprintf(&c.body, `<g transform="translate(%s %s)">`, number(dx), number(dy))
	draw()
	c.body.WriteString("</g>\n")
	c.origin = before
}

// Named draws a part of the picture that has a name and a description of its own, for people who do not see it.
func (c *Canvas) Named(title, desc string, draw func()) {
	title, desc = clean(title), clean(desc)
	c.body.WriteString(`<g role="group">`)
	if title != "" {
		fmt.Fprintf(&c.body, "<title>%s</title>", escape(title))
	}
	if desc != "" {
		fmt.Fprintf(&c.body, "<desc>%s</desc>", escape(desc))
	}
	draw()
	c.body.WriteString("</g>\n")
}

// Clip draws with everything outside r cut off.
func (c *Canvas) Clip(r Rect, draw func()) {
	before := c.clip
	c.clip = before.Intersect(Rect{r.X + c.origin.X, r.Y + c.origin.Y, r.W, r.H})
	id := c.define("clipPath", "", fmt.Sprintf(`<rect x="%s" y="%s" width="%s" height="%s"/>`,
		number(r.X), number(r.Y), number(r.W), number(r.H)))
	fmt.Fprintf(&c.body, `<g clip-path="url(#%s)">`, id)
	draw()
	c.body.WriteString("</g>\n")
	c.clip = before
}

// A Stop is a color of a gradient, at a part (0 to 1) of its way.
type Stop struct {
	At    float64
	Color string
}

// Gradient defines a linear gradient between two places and returns it as a color for Paint.
func (c *Canvas) Gradient(from, to Point, stops ...Stop) string {
	place := fmt.Sprintf(` gradientUnits="userSpaceOnUse" x1="%s" y1="%s" x2="%s" y2="%s"`,
		number(from.X), number(from.Y), number(to.X), number(to.Y))
	return "url(#" + c.define("linearGradient", place, stopsOf(stops)) + ")"
}

// Glow defines a gradient from the middle of whatever is painted with it to its corners.
func (c *Canvas) Glow(stops ...Stop) string {
	return "url(#" + c.define("radialGradient", ` r="0.71"`, stopsOf(stops)) + ")"
}

// Radial defines a gradient from a center outwards to a radius.
func (c *Canvas) Radial(center Point, radius float64, stops ...Stop) string {
	place := fmt.Sprintf(` gradientUnits="userSpaceOnUse" cx="%s" cy="%s" r="%s"`, number(center.X), number(center.Y), number(radius))
	return "url(#" + c.define("radialGradient", place, stopsOf(stops)) + ")"
}

func stopsOf(stops []Stop) string {
	var b bytes.Buffer
	for _, s := range stops {
		fmt.Fprintf(&b, `<stop offset="%s"%s/>`, number(s.At), colorAttr("stop-color", s.Color))
	}
	return b.String()
}

var notInID = regexp.MustCompile(`[^-\w]`)

// define returns the identifier of a definition, and writes each definition once.
func (c *Canvas) define(element, attrs, content string) string {
	key := element + attrs + content
	if id, ok := c.known[key]; ok {
		return id
	}
	id := notInID.ReplaceAllString(c.IDs, "") + "d" + strconv.Itoa(len(c.known)+1)
	c.known[key] = id
	fmt.Fprintf(&c.defs, "<%s id=\"%s\"%s>%s</%s>\n", element, id, attrs, content, element)
	return id
}

// Bytes returns the picture as a file: one SVG element.
func (c *Canvas) Bytes() []byte {
	var b bytes.Buffer
	w, h := number(c.size.W), number(c.size.H)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" stroke-linejoin="round"`, w, h, w, h)
	fmt.Fprintf(&b, " font-family=\"%s\">\n", family)
	if c.title != "" {
		fmt.Fprintf(&b, "<title>%s</title>\n", escape(c.title))
	}
	if c.desc != "" {
		fmt.Fprintf(&b, "<desc>%s</desc>\n", escape(c.desc))
	}
	if c.font {
		b.WriteString("<style>\n" + FontFace() + "</style>\n")
	}
	if c.defs.Len() > 0 {
		fmt.Fprintf(&b, "<defs>\n%s</defs>\n", c.defs.Bytes())
	}
	b.Write(c.body.Bytes())
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// number writes v with at most two decimals; what is no number is 0.
func number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	v = math.Round(v*100) / 100
	if v == 0 { // also -0
		return "0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
