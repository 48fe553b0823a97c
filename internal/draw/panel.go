package draw

import (
	"math"
	"slices"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// panel is a panel that is being drawn. A type of panel draws on its canvas, within content.
type panel struct {
	*svg.Canvas
	content svg.Rect
	theme   *theme.Theme
	shown   opened.Panel
	options *grafana.Node // of the panel's type
	frames  []frame.Frame
	look    frame.Look
	on      Options
	gaps    []Gap
	drawn   Drawn
	codes   map[string]bool // of the gaps
}

// kind is a type of panel.
type kind struct {
	draw  func(*panel)
	noAsk bool   // it draws without answers
	code  string // of the gap that there always is; empty where there is none
	text  string
}

// types are the types of panels that are drawn. Any other is a box with its name.
var types map[string]kind

func init() {
	types = map[string]kind{
		"timeseries": {draw: (*panel).timeSeries},
		"stat":       {draw: (*panel).stat},
		"text":       {draw: (*panel).text, noAsk: true},
		"bargauge":   {draw: (*panel).barGauge},
		"gauge":      {draw: (*panel).gauge},
		"heatmap":    {draw: (*panel).heatmap},
		"table":      {draw: (*panel).table},
		"piechart":   {draw: (*panel).pie},
		"barchart":   {draw: (*panel).barChart},

		"state-timeline": {draw: (*panel).stateTimeline},
		"status-history": {draw: (*panel).statusHistory},

		"graph":      {draw: (*panel).timeSeries, code: "panel-graph", text: "The old graph panel is drawn as a time series."},
		"singlestat": {draw: (*panel).stat, code: "panel-singlestat", text: "The old single stat is drawn as a stat."},
		"table-old":  {draw: (*panel).table, code: "panel-table-old", text: "The old table is drawn as a table, without its styles."},

		"grafana-piechart-panel": {draw: (*panel).pie, code: "panel-piechart-old", text: "The old pie chart is drawn as a pie, without its settings."},
	}
}

// newPanel prepares a panel: its frames, and what is not in them as in Grafana.
func newPanel(b *opened.Board, shown opened.Panel, o Options) *panel {
	shown = modern(shown)
	p := &panel{
		theme: o.theme(), shown: shown, options: shown.Options, look: o.look(b), on: o, codes: map[string]bool{},
	}
	frames, gaps := frame.Of(shown, p.look)
	p.frames = frames
	if kind, ok := types[shown.Type]; ok {
		for _, g := range gaps {
			p.gap(g.Code, g.Text)
		}
		if kind.code != "" {
			p.gap(kind.code, kind.text)
		}
	}
	if isConditional(shown) {
		p.gap("condition", "Grafana shows the panel only under its conditions, which are not judged.")
	}
	if hasExemplars(shown) {
		p.gap("exemplars", "Exemplars are not drawn.")
	}
	if shown.TimeCompare != "" {
		p.gap("time-compare", "The values of an earlier time are not drawn beside those of now.")
	}
	return p
}

// isConditional reports whether the panel, its row or its tab has conditions.
func isConditional(p opened.Panel) bool {
	return p.Conditions != nil || slices.ContainsFunc(p.Within, func(s *grafana.Section) bool { return s.Conditions != nil })
}

// hasExemplars reports whether Grafana draws exemplars in a panel.
func hasExemplars(p opened.Panel) bool {
	return (p.Type == "timeseries" || p.Type == "heatmap") && slices.ContainsFunc(p.Queries, func(q opened.Query) bool {
		return q.Exemplar && q.Range
	})
}

// gap notes that something is not drawn as Grafana draws it.
func (p *panel) gap(code, text string) {
	if !p.codes[code] {
		p.codes[code] = true
		p.gaps = append(p.gaps, Gap{p.title(), code, text})
	}
}

func (p *panel) title() string       { return p.shown.PutTitle(p.shown.Title) }
func (p *panel) description() string { return p.shown.PutTitle(p.shown.Description) }

// drawContent draws what the panel's type draws.
func (p *panel) drawContent(content svg.Rect) {
	p.content = content
	p.drawn = Drawn{Title: p.title(), Frame: content, Content: content}
	if content.W < 1 || content.H < 1 {
		return
	}
	p.Clip(content, func() {
		kind, ok := types[p.shown.Type]
		switch {
		case !ok:
			p.unknown()
		case !kind.noAsk && p.isEmpty():
			p.noData()
		default:
			kind.draw(p)
		}
	})
}

// isEmpty reports whether no field has a value.
func (p *panel) isEmpty() bool {
	for _, f := range p.frames {
		for _, field := range f.Fields {
			if field.Kind == frame.Number {
				for _, v := range field.Numbers {
					if !math.IsNaN(v) {
						return false
					}
				}
			} else if field.Kind != frame.Time && field.Len() > 0 {
				return false
			}
		}
	}
	return true
}

// unknown names a panel that is not drawn.
func (p *panel) unknown() {
	name := p.shown.Type
	if name == "" {
		name = "no type"
	}
	if p.shown.Library != "" {
		name = "library panel"
	}
	p.gap("panel-"+name, "Panels of this type are not drawn: "+name+".")
	p.RoundRect(p.content.Inset(0.5, 0.5), 4, svg.Paint{Stroke: p.theme.BorderWide, Dash: []float64{4, 4}})
	p.centered(p.content.Y+p.content.H/2, 14, "not drawn: "+name, p.theme.TextWeak)
}
