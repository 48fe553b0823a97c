package theme

import "math"

// Turn changes a color's lightness by points (-100 to 100) and its hue by degrees, as tinycolor's darken and spin do:
// the ground of a table's colored cell goes from such a color to its own.
func Turn(color string, points, degrees float64) string {
	c := of(color)
	h, s, l := hsl(c)
	l = min(1, max(0, l+points/100))
	h = math.Mod(h+degrees+360, 360)
	q := l + s - l*s
	if l < 0.5 {
		q = l * (1 + s)
	}
	p := 2*l - q
	for i, shift := range []float64{120, 0, -120} {
		c[i] = 255 * channel(p, q, math.Mod(h+shift+360, 360))
	}
	return c.hex()
}

func channel(p, q, hue float64) float64 {
	switch {
	case hue < 60:
		return p + (q-p)*hue/60
	case hue < 180:
		return q
	case hue < 240:
		return p + (q-p)*(240-hue)/60
	}
	return p
}

// hsl returns hue in degrees, saturation and lightness from 0 to 1.
func hsl(c rgba) (h, s, l float64) {
	r, g, b := c[0]/255, c[1]/255, c[2]/255
	most, least := max(r, g, b), min(r, g, b)
	l = (most + least) / 2
	d := most - least
	if d == 0 {
		return 0, 0, l
	}
	s = d / (most + least)
	if l > 0.5 {
		s = d / (2 - most - least)
	}
	switch most {
	case r:
		h = math.Mod((g-b)/d+6, 6)
	case g:
		h = (b-r)/d + 2
	default:
		h = (r-g)/d + 4
	}
	return h * 60, s, l
}

// CellText returns the color of text on a colored cell (getTextColorForAlphaBackground in packages/grafana-ui/src/utils/colors.ts).
func (t *Theme) CellText(ground string) string {
	c := of(ground)
	isBright := 0.299*c[0]+0.587*c[1]+0.114*c[2] > 180
	if c[3] < 0.3 {
		isBright = !t.Dark
	}
	if isBright {
		return "#202226"
	}
	return "#f7f8fa"
}
