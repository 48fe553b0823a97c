package svg

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Paint says how a shape is filled and outlined. Colors are "#rrggbb", "#rrggbbaa" or what Gradient returned;
// anything else paints nothing.
type Paint struct {
	Fill   string
	Stroke string
	Width  float64   // of the outline, 1 if 0
	Dash   []float64 // lengths of dashes and gaps
	Cap    string    // "round", "square" or "" (butt)
}

// Fill returns the paint that fills with a color.
func Fill(color string) Paint { return Paint{Fill: color} }

// Stroke returns the paint that outlines with a color.
func Stroke(color string, width float64) Paint { return Paint{Stroke: color, Width: width} }

// Rect draws a rectangle.
func (c *Canvas) Rect(r Rect, p Paint) { c.RoundRect(r, 0, p) }

// RoundRect draws a rectangle with round corners.
func (c *Canvas) RoundRect(r Rect, radius float64, p Paint) {
	fmt.Fprintf(&c.body, `<rect x="%s" y="%s" width="%s" height="%s"`, number(r.X), number(r.Y), number(max(0, r.W)), number(max(0, r.H)))
	if radius > 0 {
		fmt.Fprintf(&c.body, ` rx="%s"`, number(radius))
	}
	c.end(p)
}

// Rects draws many rectangles of one paint as one element.
func (c *Canvas) Rects(rects []Rect, p Paint) {
	if len(rects) == 0 {
		return
	}
	var d Path
	for _, r := range rects {
		fmt.Fprintf(&d.b, "M%s %sh%sv%sh%sz", number(r.X), number(r.Y), number(r.W), number(r.H), number(-r.W))
	}
	c.Path(&d, p)
}

// Line draws a straight line.
func (c *Canvas) Line(from, to Point, p Paint) {
	fmt.Fprintf(&c.body, `<line x1="%s" y1="%s" x2="%s" y2="%s"`, number(from.X), number(from.Y), number(to.X), number(to.Y))
	c.end(p)
}

// Polyline draws straight lines from point to point.
func (c *Canvas) Polyline(points []Point, p Paint) {
	if len(points) == 0 {
		return
	}
	var d Path
	for i, q := range points {
		if i == 0 {
			d.Move(q)
		} else {
			d.Line(q)
		}
	}
	c.Path(&d, p)
}

// Circle draws a circle.
func (c *Canvas) Circle(center Point, radius float64, p Paint) {
	fmt.Fprintf(&c.body, `<circle cx="%s" cy="%s" r="%s"`, number(center.X), number(center.Y), number(max(0, radius)))
	c.end(p)
}

// Sector draws a part of a ring between two radii, from one angle to another: radians, clockwise, 0 is up. With an
// inner radius of 0 it is a slice of a pie.
func (c *Canvas) Sector(center Point, inner, outer, from, to float64, p Paint) {
	if to-from >= 2*math.Pi-1e-6 { // one arc cannot end where it began
		mid := (from + to) / 2
		c.Sector(center, inner, outer, from, mid, p)
		c.Sector(center, inner, outer, mid, from+2*math.Pi-1e-4, p)
		return
	}
	large := to-from > math.Pi
	var d Path
	d.Move(onCircle(center, outer, from))
	d.arc(outer, large, true, onCircle(center, outer, to))
	if inner > 0 {
		d.Line(onCircle(center, inner, to))
		d.arc(inner, large, false, onCircle(center, inner, from))
	} else {
		d.Line(center)
	}
	d.Close()
	c.Path(&d, p)
}

func onCircle(center Point, radius, angle float64) Point {
	return Point{center.X + radius*math.Sin(angle), center.Y - radius*math.Cos(angle)}
}

// Path draws an outline of lines and curves.
func (c *Canvas) Path(d *Path, p Paint) {
	fmt.Fprintf(&c.body, `<path d="%s"`, d.b.Bytes())
	c.end(p)
}

// end writes the paint and closes the element.
func (c *Canvas) end(p Paint) {
	c.body.WriteString(colorAttr("fill", p.Fill))
	if p.Stroke != "" {
		c.body.WriteString(colorAttr("stroke", p.Stroke))
		if p.Width > 0 && p.Width != 1 {
			fmt.Fprintf(&c.body, ` stroke-width="%s"`, number(p.Width))
		}
		if len(p.Dash) > 0 {
			fmt.Fprintf(&c.body, ` stroke-dasharray="%s"`, numbers(p.Dash))
		}
		if p.Cap == "round" || p.Cap == "square" {
			fmt.Fprintf(&c.body, ` stroke-linecap="%s"`, p.Cap)
		}
	}
	c.body.WriteString("/>\n")
}

func numbers(list []float64) string {
	var parts []string
	for _, v := range list {
		parts = append(parts, number(max(0, v)))
	}
	return strings.Join(parts, " ")
}

var (
	hexColor = regexp.MustCompile(`^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$`)
	gradient = regexp.MustCompile(`^url\(#[-\w]+\)$`)
)

// colorAttr writes a color and its opacity; many readers of SVG do not know "#rrggbbaa".
func colorAttr(name, color string) string {
	if gradient.MatchString(color) {
		return fmt.Sprintf(` %s="%s"`, name, color)
	}
	if !hexColor.MatchString(color) {
		return fmt.Sprintf(` %s="none"`, name)
	}
	attr := fmt.Sprintf(` %s="%s"`, name, color[:7])
	if len(color) == 9 {
		alpha, _ := strconv.ParseUint(color[7:], 16, 8) // the pattern has two hex digits
		opacity := strings.TrimSuffix(name, "-color") + "-opacity"
		attr += fmt.Sprintf(` %s="%s"`, opacity, number(float64(alpha)/255))
	}
	return attr
}
