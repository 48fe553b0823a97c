package draw

import (
	"cmp"
	"math"
	"time"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
)

// The sizes of states, in pixels.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/core/components/TimelineChart/timeline.ts
const (
	stateText    = 12
	statePadding = 2
	stateFill    = 70 // percent of the color, where the panel does not say
	stateHeight  = 0.9
)

// state is a value of a row, for as long as it lasts.
type state struct {
	frame.Shown
	from, to time.Time
}

// stateRow is a field with its states.
type stateRow struct {
	name   string
	fill   float64 // the opacity of its boxes, 0 to 1
	border float64
	states []state
}

// stateTimeline draws the states of each field as boxes along the time.
func (p *panel) stateTimeline() { p.states(false) }

// statusHistory draws each value of each field as a box at its time.
func (p *panel) statusHistory() { p.states(true) }

func (p *panel) states(isHistory bool) {
	rows := p.stateRows(isHistory)
	if len(rows) == 0 {
		p.gap("no-time", "The panel needs a field of times; the answer has none.")
		p.noData()
		return
	}
	if most := p.perPage(); len(rows) > most {
		p.gap("states-pages", "The panel has more rows than a page; Grafana shows the others on further pages.")
		rows = rows[:most]
	}
	legend := p.legendOf(p.stateLegend(), nil)
	area := legend.divide(p.content)
	var names []string
	for _, r := range rows {
		names = append(names, r.name)
	}
	c := p.timeChart(area, p.rowWidth(names))
	c.timeLabels()
	p.Clip(c.bounds, func() {
		for i, r := range rows {
			p.stateBoxes(c, r, i, len(rows), isHistory)
		}
	})
	p.rowNames(names, c.bounds)
	legend.draw()
}

// perPage is how many rows Grafana shows at once.
func (p *panel) perPage() int {
	if n := p.options.At("perPage").Int(); n > 0 {
		return n
	}
	return 20
}

// stateRows returns the fields that have states, with these.
func (p *panel) stateRows(isHistory bool) (rows []stateRow) {
	for _, f := range p.frames {
		times := timesOf(f)
		if len(times) == 0 {
			continue
		}
		for _, field := range f.Fields {
			if field.Kind != frame.Number && field.Kind != frame.Text || field.Config.Custom("hideFrom.viz").Bool() {
				continue
			}
			r := stateRow{name: field.Display, fill: stateFill / 100.0}
			if v, ok := field.Config.Custom("fillOpacity").Number(); ok {
				r.fill = math.Max(0, math.Min(v, 100)) / 100
			}
			if isHistory {
				r.border = 1
			}
			if v, ok := field.Config.Custom("lineWidth").Number(); ok {
				r.border = math.Max(0, math.Min(v, 10))
			}
			r.states = p.statesOf(field, times, isHistory)
			rows = append(rows, r)
		}
	}
	return rows
}

// statesOf returns the values of a field. In a timeline equal ones that follow each other are one state, which lasts
// until the next, or to the end of the range.
func (p *panel) statesOf(f frame.Field, times []time.Time, isHistory bool) (all []state) {
	merges := isOn(p.options.At("mergeValues"), true) && !isHistory
	half := smallestStep(times) / 2
	for i := range min(f.Len(), len(times)) {
		shown := f.ShowAt(i)
		isMissing := f.Kind == frame.Number && frame.IsNull(f.Numbers[i]) || f.Kind == frame.Text && f.Texts[i] == ""
		s := state{Shown: shown, from: times[i], to: p.shown.To}
		if isHistory {
			s.from, s.to = times[i].Add(-half), times[i].Add(half)
		} else if len(all) > 0 && !all[len(all)-1].to.Before(s.from) {
			last := &all[len(all)-1]
			if merges && !isMissing && last.Text == shown.Text && last.Color == shown.Color {
				continue
			}
			last.to = s.from
		}
		if !isMissing {
			all = append(all, s)
		}
	}
	return all
}

// stateBoxes draws the states of a row.
func (p *panel) stateBoxes(c *chart, r stateRow, i, count int, isHistory bool) {
	slot := c.bounds.H / float64(count)
	height, width := slot*part01(p.options.At("rowHeight"), stateHeight), 1.0
	if isHistory {
		width = part01(p.options.At("colWidth"), stateHeight)
	}
	top := c.bounds.Y + float64(i)*slot + (slot-height)/2
	for _, s := range r.states {
		from, to := c.x(s.from.UnixMilli()), c.x(s.to.UnixMilli())
		inset := (to - from) * (1 - width) / 2
		box := svg.Rect{X: from + inset, Y: top, W: to - from - 2*inset, H: height}
		if box = box.Intersect(c.bounds); box.W <= 0 {
			continue
		}
		color := cmp.Or(s.Color, theme.Fallback)
		paint := svg.Fill(theme.Alpha(color, r.fill))
		if r.border > 0 {
			paint.Stroke, paint.Width = color, r.border
			box = box.Inset(math.Min(r.border, box.W)/2, math.Min(r.border, box.H)/2)
		}
		p.Rect(box, paint)
		p.stateText(s, box, theme.Over(theme.Alpha(color, r.fill), p.theme.Panel))
	}
}

// stateText writes the value into a box that has room for it.
func (p *panel) stateText(s state, box svg.Rect, ground string) {
	show := cmp.Or(p.options.At("showValue").Text(), "auto")
	text := s.Text.String()
	room := box.W - 2*statePadding
	if show == "never" || box.H < stateText || show == "auto" && svg.Width(text, stateText, svg.Regular) > room {
		return
	}
	style := svg.TextStyle{Size: stateText, Color: p.theme.TextOn(ground)}
	x := box.X + statePadding
	switch p.options.At("alignValue").Text() {
	case "center":
		style.Anchor, x = svg.Middle, box.X+box.W/2
	case "right":
		style.Anchor, x = svg.End, box.X+box.W-statePadding
	}
	p.Label(x, svg.Center(box.Y+box.H/2, stateText), room, text, style)
}

// rowNames writes the names of rows left of them, where they do not touch each other.
func (p *panel) rowNames(names []string, bounds svg.Rect) {
	slot := bounds.H / float64(len(names))
	every := int(math.Ceil((axisText + 2) / math.Max(slot, 1)))
	style := svg.TextStyle{Size: axisText, Color: p.theme.Text, Anchor: svg.End}
	for i := 0; i < len(names); i += every {
		y := bounds.Y + (float64(i)+0.5)*slot
		p.Label(bounds.X-axisGap, svg.Center(y, axisText), bounds.X-p.content.X-axisGap, names[i], style)
	}
}

// stateLegend names the states: the steps of the thresholds, or each text with its color.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/core/components/TimelineChart/utils.ts
func (p *panel) stateLegend() (items []named) {
	seen := map[string]bool{}
	for _, f := range p.frames {
		for _, field := range f.Fields {
			if field.Kind == frame.Time || field.Kind == frame.Nested {
				continue
			}
			mode := field.Config.Color.Mode
			if (mode == "" || mode == "thresholds") && len(field.Config.Thresholds) > 1 && len(field.Config.Mappings) == 0 {
				return p.thresholdNames(field)
			}
			if len(p.theme.Colors(mode)) > 0 {
				return nil
			}
			for row := range field.Len() {
				s := field.ShowAt(row)
				text := s.Text.String()
				if s.IsNull || s.Color == "" || text == "" || seen[text] {
					continue
				}
				seen[text] = true
				items = append(items, named{name: text, color: s.Color})
			}
		}
	}
	return items
}

func (p *panel) thresholdNames(f frame.Field) (items []named) {
	unit := f.Config.Unit
	if f.Config.ThresholdsMode == "percentage" {
		unit = "percent"
	}
	steps := f.Config.Thresholds
	for i, t := range steps {
		before, after, at := "", "+", t.Value
		if at == nil && i+1 < len(steps) {
			before, after, at = "< ", "", steps[i+1].Value
		}
		if at == nil {
			continue
		}
		text := before + p.look.Clock.Format(*at, unit, nil).String() + after
		items = append(items, named{name: text, color: p.theme.Color(t.Color)})
	}
	return items
}
