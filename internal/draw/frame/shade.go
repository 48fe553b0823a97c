package frame

import (
	"fmt"
	"math"
	"strconv"
)

// shade returns one of eleven shades of a color: itself, then lighter and darker ones in turn, each with a bit of
// another hue. The steps are those of getShadedColor in Grafana, the conversions those of tinycolor.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/field/fieldColor.ts
func shade(color string, series int) string {
	const count, spin, change = 6, 10., 35.
	at := series % (2*count - 1)
	r, g, b, ok := parts(color)
	if at == 0 || !ok {
		return color
	}
	part := float64((at+1)/2) / count
	if at%2 == 1 {
		more := math.Round(255 * part * change / 100)
		r, g, b = rotated(r, g, b, part*spin)
		return hex(math.Round(r)+more, math.Round(g)+more, math.Round(b)+more)
	}
	r, g, b = rotated(r, g, b, -part*spin)
	h, s, l := hsl(r, g, b)
	return hex(rgb(h, cut(s), cut(math.Max(0, l-part*change/100))))
}

func parts(color string) (r, g, b float64, ok bool) {
	if len(color) < 7 {
		return 0, 0, 0, false
	}
	n, err := strconv.ParseUint(color[1:7], 16, 32)
	return float64(n >> 16), float64(n >> 8 & 255), float64(n & 255), err == nil
}

func hex(r, g, b float64) string {
	part := func(v float64) int { return int(math.Round(min(max(v, 0), 255))) }
	return fmt.Sprintf("#%02x%02x%02x", part(r), part(g), part(b))
}

// cut drops what is less than a hundredth of a percent, as tinycolor does.
func cut(part float64) float64 { return math.Floor(part*1e4) / 1e4 }

// rotated turns the hue by some degrees.
func rotated(r, g, b, degrees float64) (float64, float64, float64) {
	h, s, l := hsl(r, g, b)
	h = math.Mod(h*360+degrees+360, 360)
	return rgb(h/360, cut(s), cut(l))
}

// hsl returns hue, saturation and lightness from 0 to 1. https://www.w3.org/TR/css-color-4/#rgb-to-hsl
func hsl(r, g, b float64) (h, s, l float64) {
	r, g, b = r/255, g/255, b/255
	most, least := math.Max(r, math.Max(g, b)), math.Min(r, math.Min(g, b))
	d := most - least
	l = (most + least) / 2
	if d == 0 {
		return 0, 0, l
	}
	s = d / (most + least)
	if l > 0.5 {
		s = d / (2 - most - least)
	}
	switch most {
	case r:
		h = (g - b) / d
		if g < b {
			h += 6
		}
	case g:
		h = (b-r)/d + 2
	default:
		h = (r-g)/d + 4
	}
	return h / 6, s, l
}

// rgb is the way back from hsl. https://www.w3.org/TR/css-color-4/#hsl-to-rgb
func rgb(h, s, l float64) (r, g, b float64) {
	at := func(n float64) float64 {
		k := math.Mod(n+h*12, 12)
		return 255 * (l - s*math.Min(l, 1-l)*math.Max(-1, math.Min(k-3, math.Min(9-k, 1))))
	}
	return at(0), at(8), at(4)
}
