package draw

import (
	"math"
	"strings"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/draw/svg"
	"gaugewright/internal/grafana/view"
)

// single is a value of a panel that shows single values: stat, gauge, bar gauge, pie.
type single struct {
	frame.Shown
	title string
	field frame.Field
	of    frame.Frame // that has the field
}

// mostSingles is how many values Grafana shows where a panel shows each row and does not say.
const mostSingles = 25

// singles returns the values that the panel's reduceOptions ask for: calculations of each field, or each row.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-data/src/field/fieldDisplay.ts
func (p *panel) singles() (all []single) {
	reduce := p.options.At("reduceOptions")
	most := mostSingles
	if limit := reduce.At("limit").Int(); limit > 0 {
		most = limit
	}
	ids := reduce.At("calcs").Texts()
	if len(ids) == 0 {
		ids = []string{"lastNotNull"}
	}
	for _, f := range p.frames {
		for _, field := range f.Fields {
			if !p.isReduced(field, reduce.At("fields").Text()) {
				continue
			}
			if reduce.At("values").Bool() {
				for row := 0; row < field.Len() && len(all) < most; row++ {
					one := single{field.ShowAt(row), rowTitle(f, field, row), field, f}
					one.Color = p.rowColor(one, len(all))
					all = append(all, one)
				}
				continue
			}
			for _, id := range ids {
				all = append(all, single{field.ShowSingle(id), field.Display, field, f})
			}
		}
	}
	return all
}

// rowColor returns the color of a row's value: that of an override by its title, or the next one of the palette.
func (p *panel) rowColor(s single, number int) string {
	for _, o := range p.shown.Overrides {
		if o.Matcher != "byName" || o.Options.Text() != s.title {
			continue
		}
		for _, property := range o.Properties {
			if fixed := property.Value.At("fixedColor").Text(); property.ID == "color" && fixed != "" {
				return p.theme.Color(fixed)
			}
		}
	}
	if s.field.Config.Color.Mode == "palette-classic" {
		return p.theme.Series(number)
	}
	return s.Color
}

// isReduced reports whether a field is one of those that the panel shows: the numbers, all, or those with a name.
func (p *panel) isReduced(field frame.Field, fields string) bool {
	switch {
	case field.Kind == frame.Nested || field.Config.Custom("hideFrom.viz").Bool():
		return false
	case fields == "":
		return field.Kind == frame.Number
	case fields == "/.*/":
		return true
	}
	return isNamed(fields, field.Display)
}

// isNamed reports whether a name is the given one, or matches a /pattern/, which Grafana writes for one name.
func isNamed(pattern, name string) bool {
	if !strings.HasPrefix(pattern, "/") {
		return name == pattern
	}
	regex, err := view.ParseRegex(pattern)
	if err != nil {
		return false
	}
	matches, err := regex.Matches(name)
	return err == nil && matches
}

// rowTitle names a value in a row by the texts beside it, and by its field where there are several.
func rowTitle(f frame.Frame, field frame.Field, row int) string {
	if field.Config.DisplayName != "" {
		return field.Display
	}
	var parts []string
	hasOthers := false
	for _, other := range f.Fields {
		switch {
		case other.Kind == frame.Text && row < other.Len() && other.Display != field.Display:
			if text := other.ShowAt(row).Text.String(); text != "" {
				parts = append(parts, text)
			}
		case other.Kind == frame.Number && other.Display != field.Display:
			hasOthers = true
		}
	}
	if hasOthers || len(parts) == 0 {
		parts = append(parts, field.Display)
	}
	return strings.Join(parts, " ")
}

// lineHeight is that of the texts of single values, of their size.
const lineHeight = 1.2

// fontSize returns the size at which a text fills a rectangle, at most so large.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/utils/measureText.ts
func fontSize(text string, width, height, most float64, weight int) float64 {
	const measured = 14
	size := width / (svg.Width(text, measured, weight) + 2) * measured
	return math.Max(0, math.Min(math.Min(size, height/lineHeight), most))
}

// suffixSize returns the size of a value's suffix.
func suffixSize(size float64) float64 {
	switch {
	case size < 20:
		return size * 0.9
	case size < 26:
		return size * 0.8
	}
	return size * 0.6
}

// cells divides the content for so many values: a grid that fits best, a column or a row.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/VizRepeater/VizRepeater.tsx
func cells(r svg.Rect, count int, orientation string, spacing float64) []svg.Rect {
	n := float64(count)
	switch orientation {
	case "horizontal":
		height := (r.H+spacing)/n - spacing
		return grid(r, count, 1, r.W, height, spacing)
	case "vertical":
		width := (r.W+spacing)/n - spacing
		return grid(r, count, count, width, r.H, spacing)
	}
	square := math.Max(side(r.W, r.H, n), side(r.H, r.W, n))
	columns := math.Max(1, math.Floor(r.W/square))
	rows := math.Ceil(n / columns)
	columns = math.Ceil(n / rows)
	width, height := (r.W+spacing)/columns-spacing, (r.H+spacing)/rows-spacing
	all := grid(r, count, int(columns), width, height, spacing)
	// The last row is as wide as the others.
	last := int(columns) * (int(rows) - 1)
	lastWidth := (r.W+spacing)/float64(count-last) - spacing
	for i := last; i < count; i++ {
		all[i].X, all[i].W = r.X+float64(i-last)*(lastWidth+spacing), lastWidth
	}
	return all
}

func grid(r svg.Rect, count, columns int, width, height, spacing float64) []svg.Rect {
	all := make([]svg.Rect, count)
	for i := range all {
		all[i] = svg.Rect{
			X: r.X + float64(i%columns)*(width+spacing), Y: r.Y + float64(i/columns)*(height+spacing),
			W: math.Max(0, width), H: math.Max(0, height),
		}
	}
	return all
}

// side returns the side of the squares of which so many have room.
func side(width, height, n float64) float64 {
	parts := math.Ceil(math.Sqrt(n * width / height))
	if math.Floor(parts*height/width)*parts < n {
		return height / math.Ceil(parts*height/width)
	}
	return width / parts
}
