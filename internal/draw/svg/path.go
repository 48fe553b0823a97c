package svg

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// A Path is an outline, built step by step. Straight steps are written as short as they can be, since a chart has
// thousands of them: relative to where the path is, in tenths of a pixel.
type Path struct {
	b       bytes.Buffer
	x, y    int     // where the path is, in hundredths of a pixel
	last    string  // the letter of the last step
	isPart  bool    // the last relative number has a point
	atX, on float64 // where the last stretch ended
}

// Empty reports whether the path has no step.
func (d *Path) Empty() bool { return d.b.Len() == 0 }

// Move begins a part of the outline at p.
func (d *Path) Move(p Point) { d.to("M"+number(p.X)+" "+number(p.Y), p) }

// to writes a step that says in full where it ends.
func (d *Path) to(step string, p Point) {
	d.b.WriteString(step)
	d.x, d.y, d.last = hundredths(p.X), hundredths(p.Y), step[:1]
}

// most bounds what is reckoned in whole hundredths, far beyond any picture.
const most = 1e9

func hundredths(v float64) int {
	if math.IsNaN(v) {
		return 0
	}
	return int(math.Round(max(-most, min(v, most)) * 100))
}

// Line goes straight to p.
func (d *Path) Line(p Point) {
	dx := int(math.Round(float64(hundredths(p.X)-d.x) / 10))
	dy := int(math.Round(float64(hundredths(p.Y)-d.y) / 10))
	d.x, d.y = d.x+10*dx, d.y+10*dy
	switch {
	case dx == 0 && dy == 0 && d.last != "M":
	case dy == 0:
		d.relative("h", dx)
	case dx == 0:
		d.relative("v", dy)
	default:
		d.relative("l", dx, dy)
	}
}

// relative writes a step in tenths of a pixel. A letter that comes again is left out, and so is a space before a sign,
// or before a point where the number before has one.
// https://www.w3.org/TR/SVG2/paths.html#PathDataBNF
func (d *Path) relative(letter string, steps ...int) {
	isAfter := letter == d.last
	if !isAfter {
		d.b.WriteString(letter)
	}
	for _, step := range steps {
		text := tenths(step)
		if isAfter && text[0] != '-' && !(text[0] == '.' && d.isPart) {
			d.b.WriteByte(' ')
		}
		d.b.WriteString(text)
		isAfter, d.isPart = true, step%10 != 0
	}
	d.last = letter
}

// tenths writes a number of tenths: 12 is 1.2, -3 is -.3.
func tenths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	whole, part := n/10, n%10
	switch {
	case part == 0:
		return sign + strconv.Itoa(whole)
	case whole == 0:
		return sign + "." + strconv.Itoa(part)
	}
	return sign + strconv.Itoa(whole) + "." + strconv.Itoa(part)
}

// Curve goes to p in a curve that the points a and b pull.
func (d *Path) Curve(a, b, p Point) {
	d.to(fmt.Sprintf("C%s %s %s %s %s %s", number(a.X), number(a.Y), number(b.X), number(b.Y), number(p.X), number(p.Y)), p)
}

// Stretch adds a level line: the short form of the many that the cells of a heatmap are.
func (d *Path) Stretch(x, y, length float64) {
	x, y, length = math.Round(x*100)/100, math.Round(y*100)/100, math.Round(length*100)/100
	if d.b.Len() > 0 && y == d.on {
		d.b.WriteString("m" + number(x-d.atX) + " 0h" + number(length))
	} else {
		d.b.WriteString("M" + number(x) + " " + number(y) + "h" + number(length))
	}
	d.atX, d.on, d.last = x+length, y, ""
}

// Close goes back to where the part began.
func (d *Path) Close() {
	d.b.WriteString("Z")
	d.last = "Z"
}

func (d *Path) arc(radius float64, large, clockwise bool, to Point) {
	flag := map[bool]int{true: 1}
	d.to(fmt.Sprintf("A%s %s 0 %d %d %s %s", number(radius), number(radius), flag[large], flag[clockwise],
		number(to.X), number(to.Y)), to)
}
