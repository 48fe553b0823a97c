package draw

import (
	"math"

	"gaugewright/internal/draw/svg"
)

// The sizes of a bar gauge, in pixels, and its line heights in em.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/BarGauge/BarGauge.tsx
const (
	leastValueHeight = 18
	mostValueHeight  = 50
	mostValueWidth   = 150
	valuePadding     = 10
	barTitleLine     = 1.5
	barCorner        = 4
	lcdCell          = 12
	besideBar        = 3 // the empty part begins below the end of the bar
	barSpace         = 10
	lcdSpace         = 2
	leastBarWidth    = 8
	leastBarHeight   = 16
	mostBarHeight    = 300
)

// barGauge draws a bar for each value.
func (p *panel) barGauge() {
	all := p.singles()
	b := bars{panel: p, longest: aligned(all), isVertical: p.isVertical(), barStyle: barStyle{
		mode: p.options.At("displayMode").Text(), valueMode: p.options.At("valueMode").Text(),
		placement: p.options.At("namePlacement").Text(), hasEmpty: isOn(p.options.At("showUnfilled"), true),
		valueSize: fixedSize(p, "valueSize", 0), titleSize: fixedSize(p, "titleSize", 0), space: barSpace, cell: lcdCell,
	}}
	if b.mode == "lcd" {
		b.space = lcdSpace
	}
	across, down := extent{least: leastBarWidth}, extent{leastBarHeight, mostBarHeight}
	if p.options.At("sizing").Text() == "manual" {
		across.least = option(p, "minVizWidth", leastBarWidth)
		down = extent{option(p, "minVizHeight", leastBarHeight), option(p, "maxVizHeight", mostBarHeight)}
	}
	for i, room := range p.row(len(all), b.space, across, down) {
		if room.Y+room.H > p.content.Y+p.content.H+1 || room.X+room.W > p.content.X+p.content.W+1 {
			p.gap("bargauge-scroll", "There are more bars than have room; Grafana scrolls to them.")
			break
		}
		b.draw(all[i], room)
	}
}

// option returns a number among the panel's options.
func option(p *panel, name string, otherwise float64) float64 {
	if v, ok := p.options.At(name).Number(); ok {
		return v
	}
	return otherwise
}

// bars are bars of one panel: all have their titles and values equally large.
type bars struct {
	*panel
	barStyle
	longest    single // from whose texts all bars have their sizes
	isVertical bool
}

// barStyle is how bars look.
type barStyle struct {
	mode      string // gradient, basic or lcd
	valueMode string // color, text or hidden
	placement string // of the title: auto, top, left or hidden
	hasEmpty  bool   // the empty part is shown
	valueSize float64
	titleSize float64 // of texts, in pixels; 0 finds one that fills the room
	space     float64 // between bars, and between the lights of one
	cell      float64 // the length of a light
}

// barRooms are the places of the parts of one bar.
type barRooms struct {
	title, bar, value   svg.Rect
	titleSize, textSize float64
	isBeside            bool // the title stands left of the bar
}

// rooms divides the room of a bar.
func (b *bars) rooms(room svg.Rect) barRooms {
	r := b.titleRoom(room)
	text := b.longest.Text.String()
	hidden, fixed := b.valueMode == "hidden", b.valueSize
	if b.isVertical {
		height := math.Min(math.Max(room.H*0.1, leastValueHeight), mostValueHeight)
		if fixed > 0 {
			height = fixed
		}
		if hidden {
			height = 0
		}
		r.bar.Y, r.bar.H = r.bar.Y+height, r.bar.H-height
		r.value = svg.Rect{X: room.X, Y: room.Y, W: room.W, H: height}
		r.textSize = fill(text, room.W, height)
	} else {
		measured := math.Max(r.titleSize, 12)
		if fixed > 0 {
			measured = fixed
		}
		width := math.Max(math.Min(room.W*0.2, mostValueWidth), svg.Width(text, measured, svg.Regular)+2*valuePadding)
		width = math.Min(width, r.bar.W/2)
		if hidden {
			width = 0
		}
		r.bar.W -= width
		r.value = svg.Rect{X: r.bar.X + r.bar.W, Y: r.bar.Y, W: width, H: r.bar.H}
		r.textSize = fill(text, width-2*valuePadding, r.bar.H)
	}
	if fixed > 0 {
		r.textSize = fixed
	}
	return r
}

// titleRoom divides off the room of the title: below a standing bar, above or beside a lying one.
func (b *bars) titleRoom(room svg.Rect) barRooms {
	placement, fixed := b.placement, b.titleSize
	r := barRooms{bar: room}
	switch {
	case b.longest.title == "" || placement == "hidden":
	case b.isVertical:
		r.titleSize = 14
		if fixed > 0 {
			r.titleSize = fixed
		}
		height := r.titleSize * barTitleLine
		if height+leastValueHeight+besideBar > room.H {
			r.titleSize = 0
			break
		}
		r.bar.H -= height
		r.title = svg.Rect{X: room.X, Y: room.Y + r.bar.H, W: room.W, H: height}
	case placement == "top" || room.H > 40 && placement != "left":
		height := math.Max(math.Min(room.H*0.45, mostValueHeight), 17)
		if fixed > 0 {
			height = fixed * barTitleLine
		}
		r.titleSize = height / barTitleLine
		r.title = svg.Rect{X: room.X, Y: room.Y, W: room.W, H: height}
		r.bar.Y, r.bar.H = room.Y+height, room.H-height
	default:
		r.titleSize = math.Max(room.H*0.6, leastValueHeight) / barTitleLine
		width := math.Min(svg.Width(b.longest.title, r.titleSize, svg.Regular)+15, room.W*0.4)
		if fixed > 0 {
			r.titleSize = fixed
		}
		r.isBeside = true
		r.title = svg.Rect{X: room.X, Y: room.Y, W: width - valuePadding, H: room.H}
		r.bar.X, r.bar.W = room.X+width, room.W-width
	}
	return r
}
