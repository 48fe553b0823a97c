package plot

import (
	"slices"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/opened"
)

// Of returns the frames of a panel as a plot. A panel without a series has a plot without one. Colors are those that
// the function makes of Grafana's names. The axes have no range yet: Fit gives it.
func Of(p opened.Panel, frames []frame.Frame, color func(string) string) Plot {
	plot := Plot{From: p.From.UnixMilli(), To: p.To.UnixMilli(), TimeGrid: true}
	all := columns(frames, func(refID string) int64 { return step(p, refID) })
	plot.timeAxis(frames, p.Defaults.Custom.At("axisLabel").Text())
	var points [][]Point
	plot.Times, points = join(all)
	fields := make([]frame.Field, len(all))
	for i, c := range all {
		fields[i] = c.field
		s := style(c.field, color)
		s.Values = points[i]
		s.Points = transform(points[i], c.field.Config.Custom("transform").Text())
		s.Axis = plot.axisOf(c.field)
		plot.Series = append(plot.Series, s)
		plot.limit(s.Axis, c.field, color)
	}
	plot.stack(fields)
	plot.fillBelow(fields)
	plot.name(fields, p.Options)
	plot.fields = fields
	return plot
}

// step returns the milliseconds between two values of a query's answer; for frames of several queries, the longest.
func step(p opened.Panel, refID string) (longest int64) {
	for _, q := range p.Queries {
		if q.RefID == refID {
			return q.Step.Milliseconds()
		}
		longest = max(longest, q.Step.Milliseconds())
	}
	return longest
}

// timeAxis takes the settings of the first field of times. The label of the panel's defaults is for the values only.
func (p *Plot) timeAxis(frames []frame.Frame, ofValues string) {
	for _, f := range frames {
		for _, field := range f.Fields {
			if field.Kind != frame.Time {
				continue
			}
			p.HidesTimes = field.Config.Custom("axisPlacement").Text() == "hidden"
			if label := field.Config.Custom("axisLabel").Text(); label != ofValues {
				p.TimeLabel = label
			}
			p.TimeGrid = field.Config.Custom("axisGridShow").Text() != "false" && !p.HidesTimes
			return
		}
	}
}

// fillBelow finds the series down to which another one is filled.
func (p *Plot) fillBelow(fields []frame.Field) {
	for i, f := range fields {
		name := f.Config.Custom("fillBelowTo").Text()
		if name == "" {
			continue
		}
		on := slices.IndexFunc(fields, func(f frame.Field) bool { return f.Display == name || f.Name == name })
		s := &p.Series[i]
		switch {
		case on < 0 || on == i:
			s.Fill = 0
		case s.Fill == 0:
			s.Fill = 0.35
			fallthrough
		default:
			s.On = on
		}
	}
}

// Print writes the values as texts, which are those of the query also where the points are stacked.
func (p *Plot) Print() {
	for i := range p.Series {
		s := &p.Series[i]
		s.Texts = make([]string, len(s.Values))
		for t, v := range s.Values {
			if v.State == Present {
				s.Texts[t] = p.fields[i].Show(v.Value).Text.String()
			}
		}
	}
}
