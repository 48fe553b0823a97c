package draw

import (
	"math"
	"strconv"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The shape of a gauge: angles in degrees, clockwise from the top, and parts of the radius.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/RadialGauge/utils.ts
const (
	gaugeStart     = 250
	gaugeSweep     = 220
	gaugeBarFactor = 0.5
	gaugeSpace     = 8
	leastGauge     = 75
	gaugeLine      = 1.21 // the height of a line of text, in em
	xHeight        = 0.546
)

// dial is the measures of one gauge.
type dial struct {
	center       svg.Point
	radius       float64 // of the middle of the bar
	bar          float64 // its width
	marks        float64 // the width of the ring of thresholds, 0 without
	marksRadius  float64 // of its middle
	labels       float64 // the size of the labels of thresholds, 0 without
	labelsRadius float64
	start, sweep float64
}

// gauge draws a dial for each value.
func (p *panel) gauge() {
	all := p.singles()
	var rooms []svg.Rect
	if o := p.options.At("orientation").Text(); o == "" || o == "auto" {
		rooms = cells(p.content, len(all), "", gaugeSpace)
	} else {
		least := extent{least: leastGauge}
		rooms = p.row(len(all), gaugeSpace, least, least)
	}
	p.gaugeGaps()
	longest := aligned(all)
	for i, room := range rooms {
		if room.Y+room.H > p.content.Y+p.content.H+1 || room.X+room.W > p.content.X+p.content.W+1 {
			p.gap("gauge-scroll", "There are more gauges than have room; Grafana scrolls to them.")
			break
		}
		p.dial(all[i], room, longest, len(all) > 1)
	}
}

// gaugeGaps notes the effects that are not drawn.
func (p *panel) gaugeGaps() {
	effects := p.options.At("effects")
	switch {
	case effects.At("barGlow").Bool(), effects.At("centerGlow").Bool(), effects.At("gradient").Bool():
		p.gap("gauge-effects", "The gauge's glow and gradient are drawn as one color.")
	case p.options.At("segmentCount").Int() > 1:
		p.gap("gauge-segments", "The gauge's segments are drawn as one bar.")
	case p.options.At("neutral").Exists():
		p.gap("gauge-neutral", "The gauge's bar begins at its least value, not at the neutral one.")
	case p.options.At("sparkline").Bool():
		p.gap("gauge-sparkline", "The gauge's sparkline is not drawn.")
	}
}

// newDial measures a gauge.
func (p *panel) newDial(room svg.Rect) dial {
	d := dial{start: gaugeStart, sweep: gaugeSweep}
	down := math.Cos((gaugeSweep/2 - 180) * math.Pi / 180) // how far the ends are below the middle, in radii
	if p.options.At("shape").Text() == "circle" {
		d.start, d.sweep, down = 0, 360, 1
	}
	most := math.Min(room.W/2, room.H/(1+down))
	d.bar = math.Max(option(p, "barWidthFactor", gaugeBarFactor)*most/3, 2)
	outer := most
	if p.options.At("showThresholdLabels").Bool() {
		d.labels = math.Max(0.12*math.Pow(outer, 0.92), 10)
		d.labelsRadius = outer - d.labels
		outer -= d.labels * (1.2 + 1.0/3)
		outer *= 0.93
	}
	if isOn(p.options.At("showThresholdMarkers"), true) {
		d.marks = math.Min(math.Max(0.2*math.Pow(d.bar, 0.92), 4), 12)
		d.marksRadius = outer - d.marks/2
		outer -= d.marks + math.Min(math.Max(d.marks/2, 2), 12)
	}
	d.radius = outer - d.bar/2
	rest := room.H - most*(1+down)
	d.center = svg.Point{X: room.X + room.W/2, Y: room.Y + most + rest/2}
	return d
}

// dial draws one gauge.
func (p *panel) dial(s single, room svg.Rect, longest single, isOneOfMany bool) {
	d := p.newDial(room)
	if d.radius <= d.bar/2 {
		p.gap("gauge-small", "A gauge has too little room.")
		return
	}
	p.arc(d, d.radius, d.bar, 0, 1, theme.Over(p.theme.HoverGround, p.theme.Panel))
	if part := s.part(); part > 0 {
		p.arc(d, d.radius, d.bar, 0, part, p.colored(s.Shown))
	}
	if d.marks > 0 {
		for _, b := range p.bands(s.field) {
			if b.to > b.from {
				p.arc(d, d.marksRadius, d.marks, b.from, b.to, b.color)
			}
		}
	}
	if d.labels > 0 {
		p.thresholdLabels(d, s, room)
	}
	p.dialText(d, s, longest, isOneOfMany)
}

// arc draws a part of a ring.
func (p *panel) arc(d dial, radius, width, from, to float64, color string) {
	angle := func(part float64) float64 { return (d.start + part*d.sweep) * math.Pi / 180 }
	p.Sector(d.center, radius-width/2, radius+width/2, angle(from), angle(to), svg.Fill(color))
}

// thresholdLabels writes the values of the thresholds along the ring, those that have room there.
func (p *panel) thresholdLabels(d dial, s single, room svg.Rect) {
	low, high := ends(s.field)
	style := svg.TextStyle{Size: d.labels, Color: p.theme.Text, Anchor: svg.Middle}
	var taken svg.Rect
	for _, b := range append(p.bands(s.field), band{value: high, from: 1}) {
		if b.value < low || b.value > high {
			continue
		}
		text := strconv.FormatFloat(math.Round(b.value*100)/100, 'f', -1, 64)
		width := svg.Width(text, d.labels, svg.Regular)
		half := width / 2 / d.labelsRadius * 180 / math.Pi
		degrees := math.Min(math.Max(d.start+b.from*d.sweep, d.start+half), d.start+d.sweep-half)
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		x, y := d.center.X+d.labelsRadius*sin, d.center.Y-d.labelsRadius*cos
		halfW, halfH := math.Abs(cos)*width/2+math.Abs(sin)*d.labels, math.Abs(sin)*width/2+math.Abs(cos)*d.labels
		box := svg.Rect{X: x - halfW, Y: y - halfH, W: 2 * halfW, H: 2 * halfH}
		seen, common := box.Intersect(room), box.Intersect(taken)
		if half > d.sweep/4 || seen.W < box.W-0.01 || seen.H < box.H-0.01 || common.W > 0 && common.H > 0 {
			continue
		}
		taken = box
		style.Rotate = math.Mod(degrees, 360)
		p.Text(x, y, text, style)
	}
}

// dialText writes the value, and its name where there are several gauges or the panel asks for it.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/RadialGauge/RadialText.tsx
func (p *panel) dialText(d dial, s single, longest single, isOneOfMany bool) {
	mode := p.options.At("textMode").Text()
	if mode == "" || mode == "auto" {
		mode = "value"
		if isOneOfMany {
			mode = "value_and_name"
		}
	}
	hasValue, hasName := mode != "name" && mode != "none", mode == "name" || mode == "value_and_name"
	width := d.radius*2 - d.bar - d.radius/7
	scale := math.Pow(d.radius, 0.86)
	nameHeight := d.radius / 4
	if hasValue && hasName {
		nameHeight = 0.45 * scale
	}
	size := fixedSize(p, "valueSize", fill(longest.Text.String(), width, 0.82*scale/gaugeLine))
	nameSize := fixedSize(p, "titleSize", math.Max(10, fill(longest.title, width, nameHeight/gaugeLine)))
	valueY, nameY := d.center.Y, d.center.Y
	if hasName && hasValue {
		valueY -= nameSize * gaugeLine * 0.3
		nameY = valueY + math.Max(size*gaugeLine*0.7, (size+nameSize)/2) // not over the value
	}
	if d.sweep < 360 {
		up := (size + nameSize) * gaugeLine / 4
		valueY, nameY = valueY-up, nameY-up
	}
	if hasValue {
		style := svg.TextStyle{Size: size, Color: p.colored(s.Shown), Anchor: svg.Middle}
		p.writeSingle(d.center.X, valueY+xHeight/2*size, width, s.Text, style)
	}
	if hasName {
		color := p.theme.TextWeak
		if !hasValue {
			color = p.theme.Text
		}
		p.Label(d.center.X, nameY+xHeight/2*nameSize, width, s.title, svg.TextStyle{Size: nameSize, Color: color, Anchor: svg.Middle})
	}
}

// fixedSize returns the size of text that the panel sets, or otherwise.
func fixedSize(p *panel, name string, otherwise float64) float64 {
	if n, ok := p.options.At("text", name).Number(); ok && n > 0 {
		return n
	}
	return otherwise
}
