// Package draw makes pictures of open boards: SVG that looks as Grafana draws the board, and is the same bytes each
// time. It draws panels, rows and tabs in Grafana's grid, in its dark or light colors, with its texts, and runs no
// browser. Whatever it draws in a simpler way than Grafana, or not at all, is a Gap, and stands in the corner of the
// panel. It asks no queries and does not judge.
package draw

import (
	"cmp"
	"time"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/number"
	"gaugewright/internal/draw/plot"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/opened"
)

// Options are how a picture looks.
type Options struct {
	Theme    *theme.Theme   // nil is dark
	Width    float64        // of a board, in pixels; 0 is 1600
	Location *time.Location // of times; nil is UTC
	Bare     bool           // a panel without its frame and title, for a page that has its own
	IDs      string         // begins the identifiers of a panel's picture, so that several can stand in one page
}

// defaultWidth is that of a common screen.
const defaultWidth = 1600

func (o Options) theme() *theme.Theme { return cmp.Or(o.Theme, theme.Dark) }

// look is how the values of an open board are printed.
func (o Options) look(b *opened.Board) frame.Look {
	return frame.Look{Theme: o.theme(), Clock: number.Clock{Zone: o.location(), Now: b.To}}
}

func (o Options) location() *time.Location { return cmp.Or(o.Location, time.UTC) }

// Size is that of a panel, in pixels.
type Size struct{ W, H float64 }

// Picture is a drawn board or panel.
type Picture struct {
	SVG    []byte
	Size   Size
	Gaps   []Gap
	Texts  []svg.Box // where the texts stand
	NoRoom []svg.Box // texts that are left out because their panel is too small
	Panels []Drawn
}

// Drawn is where a panel stands in a picture.
type Drawn struct {
	Title   string
	Frame   svg.Rect
	Content svg.Rect // within the frame, below the title
	Plot    svg.Rect // of a time series, with its axes; else empty
}

// Gap is something that Grafana draws and the picture does not, or draws in a simpler way.
type Gap struct {
	Panel string `json:"panel"` // its title
	Code  string `json:"code"`
	Text  string `json:"text"` // a sentence
}

// HasSeries reports whether a panel is a time series, which Series returns.
func HasSeries(shown opened.Panel) bool {
	t := modern(shown).Type
	return t == "timeseries" || t == "graph"
}

// Series returns a time series panel as data, with the ticks for a plot of such a height, and what is not as in Grafana.
func Series(b *opened.Board, shown opened.Panel, height float64, o Options) (plot.Plot, []Gap) {
	p := newPanel(b, shown, o)
	drawn := p.plot()
	drawn.Fit(height)
	drawn.Print()
	return drawn, p.gaps
}

// Panel draws one panel of an open board.
func Panel(b *opened.Board, shown opened.Panel, size Size, o Options) Picture {
	p := newPanel(b, shown, o)
	p.Canvas = svg.New(size.W, size.H)
	p.IDs = o.IDs
	p.Canvas.Title(p.title(), p.description())
	whole := svg.Rect{W: size.W, H: size.H}
	if o.Bare {
		p.drawContent(whole)
	} else {
		p.drawFrame(whole)
	}
	return picture(p.Canvas, size, []*panel{p})
}

func picture(c *svg.Canvas, size Size, panels []*panel) Picture {
	pic := Picture{SVG: c.Bytes(), Size: size, Texts: c.Boxes(), NoRoom: c.LeftOut()}
	for _, p := range panels {
		pic.Gaps = append(pic.Gaps, p.gaps...)
		pic.Panels = append(pic.Panels, p.drawn)
	}
	return pic
}
