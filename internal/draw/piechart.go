package draw

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The sizes of a pie: pixels, radians and parts of the radius.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/piechart/PieChart.tsx
const (
	pieMargin   = 16
	pieApart    = 0.005 // between two slices
	leastLabel  = 0.3   // of a slice with a label
	donutWidth  = 1.0 / 3
	pieLine     = 1.2 // the height of a line of a label, in em
	innerForPie = 1.0 / 6
)

// slice is a part of a pie.
type slice struct {
	single
	color    string
	from, to float64 // radians, clockwise from the top
	percent  string
}

// pie draws the values as parts of their sum.
func (p *panel) pie() {
	slices := p.slices()
	if len(slices) == 0 {
		p.noData()
		return
	}
	legend := p.pieLegend(slices)
	room := legend.divide(p.content)
	outer := math.Min(room.W, room.H)/2 - pieMargin
	if outer > 4 {
		center := svg.Point{X: room.X + room.W/2, Y: room.Y + room.H/2}
		inner := 0.0
		if p.options.At("pieType").Text() == "donut" {
			inner = outer * (1 - donutWidth)
		}
		for _, s := range slices {
			p.slice(s, center, inner, outer)
		}
		var taken []svg.Rect
		for _, s := range slices {
			taken = p.sliceLabel(s, center, inner, outer, taken)
		}
	}
	legend.draw()
}

// slices returns the parts of the pie, the greatest first unless the panel sorts otherwise.
func (p *panel) slices() (all []slice) {
	total := 0.0
	for _, s := range p.singles() {
		if math.IsNaN(s.Number) || s.Number < 0 || s.field.Config.Custom("hideFrom.viz").Bool() {
			continue
		}
		all = append(all, slice{single: s, color: p.colored(s.Shown)})
		total += s.Number
	}
	switch cmp.Or(p.options.At("sort").Text(), "desc") {
	case "desc":
		slices.SortStableFunc(all, func(a, b slice) int { return cmp.Compare(b.Number, a.Number) })
	case "asc":
		slices.SortStableFunc(all, func(a, b slice) int { return cmp.Compare(a.Number, b.Number) })
	}
	at := 0.0
	for i := range all {
		s := &all[i]
		part := 0.0
		if total > 0 {
			part = s.Number / total
		}
		s.from, s.to = at, at+part*2*math.Pi
		at = s.to
		s.percent = strconv.FormatFloat(part*100, 'f', min(20, max(0, s.field.Config.Decimals.Int())), 64) + "%"
	}
	return all
}

func (p *panel) pieLegend(all []slice) *legend {
	wanted := p.options.At("legend", "values").Texts()
	var columns []string
	if slices.Contains(wanted, "value") {
		columns = append(columns, "Value")
	}
	if slices.Contains(wanted, "percent") {
		columns = append(columns, "Percent")
	}
	var items []named
	for _, s := range all {
		if s.field.Config.Custom("hideFrom.legend").Bool() {
			continue
		}
		var values []string
		for _, column := range columns {
			if column == "Value" {
				values = append(values, s.Text.String())
			} else {
				values = append(values, s.percent)
			}
		}
		items = append(items, named{name: s.title, color: s.color, values: values})
	}
	return p.legendOf(items, columns)
}

// slice draws one part, darker towards the center.
func (p *panel) slice(s slice, center svg.Point, inner, outer float64) {
	if s.to-s.from < 1e-6 {
		return
	}
	way := 1.0
	if !p.theme.Dark {
		way = -0.7
	}
	fill := p.Radial(center, outer,
		svg.Stop{At: inner / outer, Color: theme.Turn(s.color, -20*way, 4)}, svg.Stop{At: 1, Color: theme.Turn(s.color, -10*way, -4)})
	from, to := s.from, s.to
	if to-from > 2*pieApart && to-from < 2*math.Pi-1e-6 {
		from, to = from+pieApart/2, to-pieApart/2
	}
	p.Sector(center, inner, outer, from, to, svg.Paint{Fill: fill, Stroke: p.theme.Panel})
}

// labelLines returns what the panel wants to be read on a slice, and its size for such a pie.
func (p *panel) labelLines(s slice, outer float64) (lines []string, size float64) {
	wanted := p.options.At("displayLabels").Texts()
	size = math.Min(math.Max(outer/100*14, 12), 36)
	if slices.Contains(wanted, "name") {
		size = math.Min(math.Max(outer/150*14, 12), 30)
		lines = append(lines, s.title)
	}
	if slices.Contains(wanted, "value") {
		lines = append(lines, s.Text.String())
	}
	if slices.Contains(wanted, "percent") {
		lines = append(lines, s.percent)
	}
	return lines, size
}

// sliceLabel writes on a slice, where there is room that no label has taken.
func (p *panel) sliceLabel(s slice, center svg.Point, inner, outer float64, taken []svg.Rect) []svg.Rect {
	lines, size := p.labelLines(s, outer)
	if len(lines) == 0 || s.to-s.from < leastLabel {
		return taken
	}
	if inner == 0 {
		inner = outer * innerForPie
	}
	radius, middle := (inner+outer)/2, (s.from+s.to)/2
	x, y := center.X+radius*math.Sin(middle), center.Y-radius*math.Cos(middle)
	height := float64(len(lines)) * size * pieLine
	// A label stays in the pie and about within its slice; Grafana lets labels cover each other.
	room := 2 * radius * math.Sin(math.Min(s.to-s.from, math.Pi)/2)
	room = math.Min(room, 2*(math.Sqrt(math.Max(0, outer*outer-(y-center.Y)*(y-center.Y)))-math.Abs(x-center.X)))
	width := 0.0
	for _, line := range lines {
		width = math.Max(width, math.Min(room, svg.Width(line, size, svg.Medium)))
	}
	box := svg.Rect{X: x - width/2, Y: y - height/2, W: width, H: height}
	isTaken := slices.ContainsFunc(taken, func(r svg.Rect) bool { s := r.Intersect(box); return s.W > 0 && s.H > 0 })
	if height > room+size || isTaken {
		return taken
	}
	style := svg.TextStyle{Size: size, Weight: svg.Medium, Color: p.theme.Text, Anchor: svg.Middle}
	for i, line := range lines {
		at := y - height/2 + (float64(i)+0.5)*size*pieLine
		p.Label(x, svg.Center(at, size), room, line, style)
	}
	return append(taken, box)
}
