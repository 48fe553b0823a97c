package draw

import (
	"math"
	"strconv"
	"strings"

	"gaugewright/internal/draw/svg"
)

// The sizes of a change in percent, as parts of the value's size and at least, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/BigValue/BigValueLayout.tsx
const (
	changeShare = 1 / 2.5
	leastChange = 12
	arrowShare  = 1.0 / 3
	leastArrow  = 10
	changeRoom  = 0.75 // of the height is the value's beside a change
)

// findChange computes by how much the value has changed over the range, where the panel shows it.
func (b *bigValue) findChange() {
	b.change = math.NaN()
	if b.options.At("showPercentChange").Bool() && !b.options.At("reduceOptions", "values").Bool() {
		if change, ok := b.field.Calc("diffperc"); ok && !math.IsInf(change, 0) {
			b.change = change
		}
	}
}

func (b *bigValue) hasChange() bool { return !math.IsNaN(b.change) }

func (b *bigValue) changeSize() float64 { return math.Max(b.valueSize*changeShare, leastChange) }

// changeHeight returns the room of the change below the value; its line moves up a little.
func (b *bigValue) changeHeight() float64 {
	if !b.hasChange() {
		return 0
	}
	return b.changeSize() * (lineHeight - 0.25)
}

// changeText writes a change with three digits: 1,230%.
func changeText(change float64) string {
	digits := strconv.FormatFloat(math.Abs(change), 'e', 2, 64)
	rounded, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return ""
	}
	whole, part, _ := strings.Cut(strconv.FormatFloat(rounded, 'f', -1, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if part != "" {
		whole += "." + part
	}
	if change < 0 && rounded != 0 {
		return "-" + whole + "%"
	}
	return whole + "%"
}

func (b *bigValue) changeColor() string {
	mode := b.options.At("percentChangeColorMode").Text()
	switch {
	case b.isColored(), mode == "same_as_value":
		return b.valueStyle().Color
	case b.change > 0 && mode != "inverted", b.change < 0 && mode == "inverted":
		return b.theme.Color("green")
	}
	return b.theme.Color("red")
}

func (b *bigValue) arrow() float64 { return math.Max(b.valueSize*arrowShare, leastArrow) }

// arrowGap is between the arrow and the change.
func (b *bigValue) arrowGap() float64 { return math.Max(b.changeSize()/3, 4) }

// changeWidth returns the width of the arrow and the text.
func (b *bigValue) changeWidth() float64 {
	width := svg.Width(changeText(b.change), b.changeSize(), valueWeight)
	if b.change != 0 {
		width += b.arrow() + b.arrowGap()
	}
	return width
}

// writeChange writes the change with its middle at y, and an arrow before it.
func (b *bigValue) writeChange(x, y, room float64) {
	if b.change != 0 {
		half := b.arrow() / 2
		up := math.Copysign(half, b.change)
		middle := svg.Point{X: x + half, Y: y}
		var d svg.Path
		d.Move(svg.Point{X: middle.X, Y: y + up})
		d.Line(svg.Point{X: middle.X, Y: y - up})
		d.Move(svg.Point{X: middle.X - half*0.7, Y: y - up*0.3})
		d.Line(svg.Point{X: middle.X, Y: y - up})
		d.Line(svg.Point{X: middle.X + half*0.7, Y: y - up*0.3})
		b.Path(&d, svg.Stroke(b.changeColor(), math.Max(1.5, half/4)))
		x, room = x+b.arrow()+b.arrowGap(), room-b.arrow()-b.arrowGap()
	}
	style := svg.TextStyle{Size: b.changeSize(), Weight: valueWeight, Color: b.changeColor()}
	b.Canvas.Text(x, svg.Center(y, style.Size), svg.Fit(changeText(b.change), room, style.Size, style.Weight), style)
}
