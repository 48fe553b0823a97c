package draw

import (
	"math"
	"regexp"
	"strings"

	"gaugewright/internal/draw/frame"
	"gaugewright/internal/grafana"
)

// single is one of the values that a stat, a gauge, a bar gauge or a pie shows.
type single struct {
	title string
	shown frame.Shown
	calc  string      // its id; empty for a value of a row
	field frame.Field // that it is of
	in    frame.Frame // with the field
}

// mostSingles is how many values Grafana shows where the panel does not say: DEFAULT_FIELD_DISPLAY_VALUES_LIMIT.
const mostSingles = 25

// singles returns the values that a panel's reduceOptions choose: each row's, or the calculations of each field.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-data/src/field/fieldDisplay.ts
func (p *panel) singles() (all []single) {
	reduce := p.options.At("reduceOptions")
	limit := mostSingles
	if n := reduce.At("limit").Int(); n > 0 {
		limit = n
	}
	calcs := reduce.At("calcs").Texts()
	if len(calcs) == 0 {
		calcs = []string{"lastNotNull"}
	}
	for _, f := range p.frames {
		for _, field := range f.Fields {
			if !p.chosen(field, reduce.At("fields").Text()) {
				continue
			}
			if reduce.At("values").Bool() {
				all = append(all, rows(f, field)...)
				continue
			}
			for _, calc := range calcs {
				all = append(all, single{field.Display, field.ShowCalc(calc), calc, field, f})
			}
		}
	}
	return all[:min(limit, len(all))]
}

// chosen reports whether a panel shows the values of a field: those that the pattern finds, or all numbers.
func (p *panel) chosen(f frame.Field, pattern string) bool {
	if pattern == "" {
		return f.Kind == frame.Number
	}
	body := pattern
	if m := delimited.FindStringSubmatch(pattern); m != nil {
		body = m[1]
		if strings.Contains(m[2], "i") {
			body = "(?i)" + body
		}
	} else {
		body = "^" + body + "$"
	}
	re, err := regexp.Compile(body)
	if err != nil {
		p.gap("fields-pattern", "The pattern that chooses fields is not understood: "+pattern+".")
		return f.Kind == frame.Number
	}
	return re.MatchString(f.Display)
}

// delimited is a pattern as JavaScript writes it.
var delimited = regexp.MustCompile(`(?s)^/(.*)/([a-z]*)$`)

// rows returns the values of a field, each with the texts of its row as a title.
func rows(f frame.Frame, field frame.Field) (all []single) {
	for row := range field.Len() {
		var words []string
		numbers := 0
		for _, other := range f.Fields {
			switch {
			case other.Name == field.Name && other.Display == field.Display:
			case other.Kind == frame.Text:
				if text := other.ShowAt(row).Text.String(); text != "" {
					words = append(words, text)
				}
			case other.Kind == frame.Number:
				numbers++
			}
		}
		if numbers > 0 || len(words) == 0 {
			words = append(words, field.Display)
		}
		title := strings.Join(words, " ")
		if field.Config.DisplayName != "" {
			title = field.Display
		}
		all = append(all, single{title, field.ShowAt(row), "", field, f})
	}
	return all
}

// part returns where a value lies between the least and the greatest of its field, from 0 to 1.
func (s single) part() float64 { return partOf(s.field, s.shown.Number) }

func partOf(f frame.Field, v float64) float64 {
	low, high := ends(f)
	at := (v - low) / (high - low)
	if math.IsNaN(at) {
		return 0
	}
	return min(1, max(0, at))
}

// ends returns what a gauge reaches from and to: 0 and 100 where nothing says it.
func ends(f frame.Field) (low, high float64) {
	low, high = f.Min, f.Max
	if math.IsNaN(low) {
		low = 0
	}
	if math.IsNaN(high) {
		high = 100
	}
	return low, high
}

// A band is a part of a field's range, from 0 to 1, that has one color by the thresholds.
type band struct {
	from, to float64
	color    string
	value    float64 // of the threshold
}

// bands returns the colors that the thresholds give a field's range.
func (p *panel) bands(f frame.Field) (all []band) {
	low, high := ends(f)
	for _, t := range f.Config.Thresholds {
		b := band{to: 1, color: p.theme.Color(t.Color), value: low}
		if t.Value != nil {
			b.value = *t.Value
			if f.Config.ThresholdsMode == "percentage" {
				b.value = low + (high-low)**t.Value/100
			}
			b.from = partOf(f, b.value)
		}
		if len(all) > 0 {
			all[len(all)-1].to = b.from
		}
		all = append(all, b)
	}
	return all
}

// colored is the color of a value, or of text where it has none.
func (p *panel) colored(s frame.Shown) string {
	if s.Color == "" {
		return p.theme.Text
	}
	return s.Color
}

// isOn reports whether an option is switched on; without it, otherwise counts.
func isOn(n *grafana.Node, otherwise bool) bool {
	if !n.Exists() {
		return otherwise
	}
	return n.Bool()
}
