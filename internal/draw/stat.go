package draw

import (
	"cmp"
	"math"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/number"
	"gaugewright/internal/draw/plot"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The sizes of a stat, in pixels and as parts.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/BigValue/BigValueLayout.tsx
const (
	statSpacing = 3
	wideRatio   = 2.5
	mostTitle   = 30
	valueWeight = svg.Medium
)

// stat draws big numbers, each with its name, its color and its course.
func (p *panel) stat() {
	all := p.singles()
	if len(all) == 0 {
		p.noData()
		return
	}
	longest := aligned(all)
	for i, box := range cells(p.content, len(all), p.options.At("orientation").Text(), statSpacing) {
		b := &bigValue{panel: p, single: all[i], box: box, count: len(all), longest: longest}
		b.draw()
	}
}

// aligned returns the longest texts, from which all values take their size.
func aligned(all []single) (longest single) {
	longer := func(to *string, text string) {
		if len(text) > len(*to) {
			*to = text
		}
	}
	for _, s := range all {
		longer(&longest.title, s.title)
		longer(&longest.Shown.Text.Text, s.Shown.Text.Text)
		longer(&longest.Shown.Text.Prefix, s.Shown.Text.Prefix)
		longer(&longest.Shown.Text.Suffix, s.Shown.Text.Suffix)
	}
	return longest
}

// bigValue is one value of a stat.
type bigValue struct {
	*panel
	single
	box       svg.Rect
	count     int
	longest   single
	padding   float64
	title     string // as it is shown
	value     number.Text
	isCenter  bool
	titleSize float64
	valueSize float64
	chart     float64 // the height of the course; 0 where there is none
	change    float64 // in percent, over the range; NaN where it is not shown
}

func (b *bigValue) draw() {
	b.choose()
	b.findChange()
	isWide := b.box.W/math.Max(1, b.box.H) > wideRatio && b.options.At("wideLayout").Text() != "false"
	times, hasCourse := b.course()
	if isWide {
		hasCourse = hasCourse && b.box.H > 50
		b.measureWide(hasCourse)
	} else {
		hasCourse = hasCourse && b.box.H > 100
		b.measureStacked(hasCourse)
	}
	b.manualSizes()
	b.background()
	if hasCourse {
		b.drawCourse(times)
	}
	if isWide {
		b.writeWide(hasCourse)
	} else {
		b.writeStacked(hasCourse)
	}
}

// choose decides which texts are shown.
func (b *bigValue) choose() {
	b.padding = 8
	if b.box.H > 100 {
		b.padding = 12
	}
	mode := cmp.Or(b.options.At("textMode").Text(), "auto")
	if mode == "auto" && b.count == 1 {
		mode = "value"
	}
	b.title, b.value = b.single.title, b.Shown.Text
	switch mode {
	case "value":
		b.title, b.longest.title = "", ""
	case "name":
		b.value, b.title = number.Text{Text: b.single.title}, ""
		b.longest.Shown.Text, b.longest.title = number.Text{Text: b.longest.title}, ""
	case "none":
		b.value, b.title, b.longest.title = number.Text{}, "", ""
	}
	b.isCenter = b.title == "" || b.options.At("justifyMode").Text() == "center"
}

// course returns the field of times of a value that has a course to draw.
func (b *bigValue) course() (frame.Field, bool) {
	isDrawn := cmp.Or(b.options.At("graphMode").Text(), "area") != "none" && !b.options.At("reduceOptions", "values").Bool()
	for _, f := range b.of.Fields {
		if f.Kind == frame.Time && isDrawn && b.field.Kind == frame.Number && b.field.Len() > 1 {
			return f, true
		}
	}
	return frame.Field{}, false
}

func (b *bigValue) room() (width, height float64) {
	return math.Max(1, b.box.W-2*b.padding), math.Max(1, b.box.H-2*b.padding)
}

func (b *bigValue) measureWide(hasCourse bool) {
	width, height := b.room()
	valueWidth, valueHeight, titleHeight := 1.0, height, height
	if b.longest.title != "" {
		valueWidth = 0.3
	}
	if hasCourse {
		valueWidth, valueHeight, titleHeight = 0.4, height*0.5, height*0.4
		b.chart = b.box.H * 0.5
	} else if b.hasChange() {
		valueHeight *= changeRoom
	}
	b.valueSize = fontSize(b.longest.Shown.Text.String(), width*valueWidth, valueHeight, math.Inf(1), valueWeight)
	if b.longest.title != "" {
		b.titleSize = fontSize(b.longest.title, width*0.6, titleHeight, mostTitle, svg.Regular)
		if !hasCourse {
			b.titleSize = math.Min(b.titleSize, b.valueSize*0.7)
		}
	}
}

func (b *bigValue) measureStacked(hasCourse bool) {
	width, height := b.room()
	titleHeight := 0.0
	if b.longest.title != "" {
		b.titleSize = fontSize(b.longest.title, width, b.box.H*0.15, mostTitle, svg.Regular)
		titleHeight = b.titleSize * lineHeight
	}
	room := height - titleHeight
	if hasCourse {
		room -= b.box.H * 0.25
	} else if b.hasChange() {
		room *= changeRoom
	}
	b.valueSize = fontSize(b.longest.Shown.Text.String(), width, room, math.Inf(1), valueWeight)
	if b.longest.title != "" {
		b.titleSize = math.Min(b.titleSize, b.valueSize*0.7)
	}
	if hasCourse {
		b.chart = b.box.H - (b.titleSize+b.valueSize)*lineHeight
	}
}

// manualSizes takes the sizes that the panel gives its texts, as far as they have room.
func (b *bigValue) manualSizes() {
	width, height := b.room()
	if size, ok := b.options.At("text", "valueSize").Number(); ok && size > 0 {
		b.valueSize = math.Min(size, fontSize(b.longest.Shown.Text.String(), width, height, math.Inf(1), valueWeight))
	}
	if size, ok := b.options.At("text", "titleSize").Number(); ok && size > 0 && b.title != "" {
		b.titleSize = math.Min(size, fontSize(b.longest.title, width, height/2, math.Inf(1), svg.Regular))
	}
}

// isColored reports whether the value's color is the ground.
func (b *bigValue) isColored() bool {
	mode := b.options.At("colorMode").Text()
	return mode == "background" || mode == "background_solid"
}

func (b *bigValue) color() string { return cmp.Or(b.Color, b.theme.Text) }

// background colors the ground: a gradient at 120 degrees between two shades of the color, or the color alone.
func (b *bigValue) background() {
	switch b.options.At("colorMode").Text() {
	case "background":
		first, second := theme.Turn(b.color(), -15, 8), theme.Turn(b.color(), -5, -8)
		if !b.theme.Dark {
			first, second = theme.Turn(b.color(), 10.5, 8), theme.Turn(b.color(), 3.5, -8)
		}
		from, to := slanted(b.box)
		b.RoundRect(b.box, 3, svg.Fill(b.Gradient(from, to, svg.Stop{At: 0, Color: first}, svg.Stop{At: 1, Color: second})))
	case "background_solid":
		b.RoundRect(b.box, 3, svg.Fill(b.color()))
	}
}

// slanted returns where a gradient at 120 degrees begins and ends, as CSS places it.
func slanted(box svg.Rect) (from, to svg.Point) {
	half := (box.W*math.Sqrt(3)/2 + box.H/2) / 2
	dx, dy := half*math.Sqrt(3)/2, half/2
	x, y := box.X+box.W/2, box.Y+box.H/2
	return svg.Point{X: x - dx, Y: y - dy}, svg.Point{X: x + dx, Y: y + dy}
}

// drawCourse draws the values of the range as an area at the bottom.
func (b *bigValue) drawCourse(times frame.Field) {
	p := plot.Of(b.shown, []frame.Frame{{RefID: b.of.RefID, Fields: []frame.Field{times, b.field}}}, b.theme.Color)
	if len(p.Series) == 0 {
		return
	}
	s := &p.Series[0]
	s.Points, s.Style, s.Interpolation, s.Width, s.Fill, s.Dash, s.Axis = s.Values, "line", "linear", 1, 0.2, nil, 0
	s.Gradient, s.Stops, s.ShowPoints, s.On, s.SpansNulls, s.Hidden, s.Color = "none", nil, "never", -1, false, false, b.color()
	ground := theme.Alpha(b.color(), 0.2)
	if b.isColored() {
		s.Color, ground = theme.Mix(b.color(), "#ffffff", 0.4), "#ffffff66"
	}
	p.Axes = []plot.Axis{{Min: b.field.Min, Max: b.field.Max}}
	if !(b.field.Min < b.field.Max) {
		p.Axes[0].Min, p.Axes[0].Max = flatRange(b.field.Min)
	}
	c := &chart{panel: b.panel, Plot: p}
	c.bounds = svg.Rect{X: b.box.X, Y: b.box.Y + b.box.H - b.chart, W: b.box.W, H: b.chart}
	b.Clip(c.bounds, func() {
		for _, r := range c.runs(0) {
			for i := range r.lower {
				r.lower[i].Y = c.bounds.Y + c.bounds.H
			}
			area(c.Canvas, r, ground)
		}
		c.lines(*s, c.runs(0))
	})
}

// area fills what is between a run and its lower line.
func area(c *svg.Canvas, r run, color string) {
	var d svg.Path
	trace(&d, r.points, "linear", true)
	trace(&d, reversed(r.lower), "linear", false)
	d.Close()
	c.Path(&d, svg.Fill(color))
}

// flatRange returns the range of a course with one value.
func flatRange(v float64) (low, high float64) {
	switch {
	case v < 0:
		return 2 * v, v
	case v > 0:
		return v, 2 * v
	}
	return 0, 1
}
