package frame

import (
	"cmp"
	"math"
	"strings"
	"unicode/utf16"

	"gaugewright/internal/draw/theme"
)

// colorOf returns the hex value of a color that a board names; empty for none.
func (f Field) colorOf(name string) string {
	if name == "" {
		return ""
	}
	return cmp.Or(f.look.Theme, theme.Dark).Color(name)
}

// scale returns the color of a number by the field's color mode, and where the number is between Min and Max.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/field/scale.ts
func (f Field) scale(v float64) (color string, percent float64) {
	if low, high := f.limits(); !math.IsInf(v, -1) {
		percent = (v - low) / (high - low)
	}
	if percent != percent {
		percent = 0
	}
	if color, isSeries := f.seriesColor(); isSeries {
		return color, percent
	}
	if color, ok := cmp.Or(f.look.Theme, theme.Dark).Continuous(f.Config.Color.Mode, percent); ok {
		return color, percent
	}
	return f.colorOf(f.Threshold(v, percent)), percent
}

// limits are what colors reach from and to.
func (f Field) limits() (low, high float64) {
	if f.Kind != Number {
		return 0, 100
	}
	return f.Min, f.Max
}

// Threshold returns the color of the threshold that a value has passed; percent is where it is between Min and Max.
func (f Field) Threshold(v, percent float64) (color string) {
	if f.Config.ThresholdsMode == "percentage" {
		v = percent * 100
	}
	for i, t := range f.Config.Thresholds {
		if i == 0 {
			color = t.Color
		}
		if t.Value != nil && !(v >= *t.Value) {
			break
		}
		color = t.Color
	}
	return cmp.Or(color, theme.Fallback)
}

// Color returns the color of the field as a whole, such as that of its line: the fixed or the palette's color, or the
// one of its last, least or greatest value.
func (f Field) Color() string {
	if color, isSeries := f.seriesColor(); isSeries {
		return color
	}
	v, ok := f.Calc(cmp.Or(f.Config.Color.SeriesBy, "last"))
	if !ok {
		v = 0
	}
	color, _ := f.scale(v)
	return color
}

// seriesColor returns the color that all values of the field have. It returns false for a mode that colors by value.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/field/fieldColor.ts
func (f Field) seriesColor() (color string, isSeries bool) {
	t := cmp.Or(f.look.Theme, theme.Dark)
	fixed := cmp.Or(f.colorOf(f.Config.Color.Fixed), theme.Fallback)
	switch mode := f.Config.Color.Mode; mode {
	case "fixed", "gradient":
		return fixed, true
	case "shades":
		return shade(fixed, f.Series), true
	case "palette-classic":
		return t.Series(f.Series), true
	case "palette-classic-by-name":
		var all []string
		for i := range classicColors {
			all = append(all, t.Series(i))
		}
		all = contrasting(all, t)
		return all[hash(cmp.Or(f.Display, f.Name))%uint32(len(all))], true
	default:
		all := strings.Fields(palettes[mode])
		if mode == "palette-colorblind" {
			all = contrasting(all, t)
		}
		if len(all) == 0 {
			return "", false
		}
		return all[f.Series%len(all)], true
	}
}

// classicColors is how many colors the classic palette has.
const classicColors = 64

// contrasting are the colors that stand out on a panel.
func contrasting(colors []string, t *theme.Theme) (clear []string) {
	for _, c := range colors {
		if theme.Contrast(c, t.Panel) >= 3 {
			clear = append(clear, c)
		}
	}
	return clear
}

// hash is the string-hash of npm: DJB2 from the end, over UTF-16.
func hash(text string) uint32 {
	h := 5381.0
	units := utf16.Encode([]rune(text))
	for i := len(units) - 1; i >= 0; i-- {
		h = float64(int32(wrap(h*33)) ^ int32(units[i]))
	}
	return wrap(h)
}

// wrap is JavaScript's way from a number to 32 bits.
func wrap(v float64) uint32 { return uint32(int64(v)) }
