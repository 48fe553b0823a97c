package theme

import (
	"fmt"
	"math"
)

// rgba is red, green and blue from 0 to 255, and how opaque it is from 0 to 1.
type rgba [4]float64

func (c rgba) hex() string {
	s := "#"
	for _, v := range c[:3] {
		s += fmt.Sprintf("%02x", byteOf(v))
	}
	if a := byteOf(c[3] * 255); a < 255 {
		s += fmt.Sprintf("%02x", a)
	}
	return s
}

func byteOf(v float64) int { return int(math.Round(min(255, max(0, v)))) }

// of reads one of this package's colors; anything else is Fallback.
func of(color string) rgba {
	c, ok := parse(color)
	if !ok {
		c, _ = parse(Fallback)
	}
	return c
}

// Mix returns the color at a part (0 to 1) of the way from a to b.
func Mix(a, b string, at float64) string {
	from, to := of(a), of(b)
	for i := range from {
		from[i] += (to[i] - from[i]) * at
	}
	return from.hex()
}

// Alpha returns the color with another opacity, 0 to 1.
func Alpha(color string, opacity float64) string {
	c := of(color)
	c[3] = opacity
	return c.hex()
}

// Over returns what one sees when color lies on ground.
func Over(color, ground string) string {
	c := of(color)
	return Mix(ground, rgba{c[0], c[1], c[2], 1}.hex(), c[3])
}

// Darken moves a color towards black by a part (0 to 1).
func Darken(color string, by float64) string {
	c := of(color)
	for i := range 3 {
		c[i] *= 1 - by
	}
	return c.hex()
}

// Emphasize moves a color away from its ground by a part (0 to 1): bright ones become darker, dark ones brighter.
func Emphasize(color string, by float64) string {
	if luminance(of(color)) > 0.5 {
		return Darken(color, by)
	}
	return Mix(color, "#ffffff", by)
}

// luminance is WCAG's: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
func luminance(c rgba) float64 {
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	sum := 0.0
	for i, w := range weights {
		v := c[i] / 255
		if v <= 0.03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += w * v
	}
	return sum
}

// Contrast returns how far two opaque colors are apart, from 1 to 21: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
func Contrast(a, b string) float64 {
	la, lb := luminance(of(a)), luminance(of(b))
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// TextOn returns white or black, as Grafana chooses for a text on a colored ground: white while its contrast is at
// least 3 (getContrastText in createColors.ts).
func (t *Theme) TextOn(ground string) string {
	if Contrast("#ffffff", Over(ground, t.Panel)) >= 3 {
		return "#ffffff"
	}
	return "#000000"
}
