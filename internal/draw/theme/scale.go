package theme

import (
	_ "embed"
	"math"
	"strings"
	"sync"
)

// Series returns the color of the i-th series in the classic palette.
func (t *Theme) Series(i int) string {
	return t.Color(classic[((i%len(classic))+len(classic))%len(classic)])
}

// classic is the palette "palette-classic".
var classic = []string{
	"green", "semi-dark-yellow", "blue", "orange", "red", "purple",
	"dark-green", "dark-yellow", "dark-blue", "dark-orange", "dark-red", "dark-purple",
	"super-light-green", "super-light-yellow", "super-light-blue", "super-light-orange", "super-light-red", "super-light-purple",
	"#447ebc", "#c15c17", "#890f02", "#0a437c", "#6d1f62", "#584477",
	"#b7dbab", "#f4d598", "#70dbed", "#f9ba8f", "#f29191", "#82b5d8",
	"#e5a8e2", "#aea2e0", "#629e51", "#e5ac0e", "#64b0c8", "#e0752d",
	"#bf1b00", "#0a50a1", "#962d82", "#614d93", "#9ac48a", "#f2c96d",
	"#65c5db", "#f9934e", "#ea6460", "#5195ce", "#d683ce", "#806eb7",
	"#3f6833", "#967302", "#2f575e", "#99440a", "#58140c", "#052b51",
	"#511749", "#3f2b5b", "#e0f9d7", "#fceaca", "#cffaff", "#f9e2d2",
	"#fce2de", "#badff4", "#f9d9f9", "#dedaf7",
}

// continuous are the scales of values between named colors; the others are schemes.
var continuous = map[string][]string{
	"continuous-GrYlRd":  {"green", "yellow", "red"},
	"continuous-RdYlGr":  {"red", "yellow", "green"},
	"continuous-BlYlRd":  {"dark-blue", "super-light-yellow", "dark-red"},
	"continuous-YlRd":    {"super-light-yellow", "dark-red"},
	"continuous-BlPu":    {"blue", "purple"},
	"continuous-YlBl":    {"super-light-yellow", "dark-blue"},
	"continuous-blues":   {"panel-bg", "dark-blue"},
	"continuous-reds":    {"panel-bg", "dark-red"},
	"continuous-greens":  {"panel-bg", "dark-green"},
	"continuous-purples": {"panel-bg", "dark-purple"},
}

// Continuous returns the color at a part (0 to 1) of a scale such as "continuous-GrYlRd", and whether there is one.
func (t *Theme) Continuous(mode string, at float64) (string, bool) {
	if _, ok := continuous[mode]; ok {
		return basis(t.Colors(mode), at), true
	}
	if s, ok := schemeOf(mode); ok {
		return s.at(at), true
	}
	return Fallback, false
}

// Colors returns the colors of a scale, from least to greatest, evenly apart: between them, bars have a gradient. It
// returns none where there is no such scale.
func (t *Theme) Colors(mode string) []string {
	var colors []string
	for _, name := range continuous[mode] {
		colors = append(colors, t.Color(name))
	}
	if s, ok := schemeOf(mode); ok && colors == nil {
		for i := range 9 {
			colors = append(colors, s.at(float64(i)/8))
		}
	}
	return colors
}

// schemeOf returns the scheme that a scale is named after: "continuous-viridis".
func schemeOf(mode string) (scheme, bool) {
	name, ok := strings.CutPrefix(mode, "continuous-")
	if !ok || name == "" {
		return scheme{}, false
	}
	s, ok := schemes()[strings.ToUpper(name[:1])+name[1:]]
	return s, ok
}

// Scheme returns a color scheme of the heatmap in steps, from the least value to the greatest, and whether there is
// such a scheme; if not, it is Spectral. Grafana: public/app/plugins/panel/heatmap/palettes.ts.
func (t *Theme) Scheme(name string, steps int, reverse bool) ([]string, bool) {
	chosen, found := schemes()["Spectral"], false
	if s, ok := schemes()[name]; ok {
		chosen, found = s, true
	}
	turn := reverse || chosen.turned == "always" || chosen.turned == t.Name
	colors := make([]string, max(1, steps))
	for i := range colors {
		at := float64(i) / math.Max(1, float64(len(colors)-1))
		if turn {
			at = 1 - at
		}
		colors[i] = chosen.at(at)
	}
	return colors, found
}

// A scheme is one of d3-scale-chromatic's.
type scheme struct {
	name   string
	turned string // the theme in which it is turned round, or "always"
	curve  string // "basis" or "linear"
	colors []string
}

//go:embed schemes.txt
var schemesFile string

var schemes = sync.OnceValue(func() map[string]scheme {
	table := map[string]scheme{}
	for line := range strings.Lines(schemesFile) {
		f := strings.Fields(line)
		if len(f) < 5 || strings.HasPrefix(line, "#") {
			continue
		}
		s := scheme{name: f[0], turned: f[1], curve: f[2]}
		for _, digits := range f[3:] {
			s.colors = append(s.colors, "#"+digits)
		}
		table[s.name] = s
	}
	return table
})

func (s scheme) at(at float64) string {
	if s.curve == "basis" {
		return basis(s.colors, at)
	}
	at = unit(at) * float64(len(s.colors)-1)
	i := min(int(at), len(s.colors)-2)
	return Mix(s.colors[i], s.colors[i+1], at-float64(i))
}

// basis is a uniform B-spline through colors, as d3's interpolateRgbBasis:
// https://d3js.org/d3-interpolate/color#interpolateRgbBasis
func basis(colors []string, at float64) string {
	n := len(colors) - 1
	at = unit(at)
	i := min(int(at*float64(n)), n-1)
	t := at*float64(n) - float64(i)
	point := func(i int) rgba { return of(colors[min(max(i, 0), n)]) }
	p1, p2 := point(i), point(i+1)
	p0, p3 := point(i-1), point(i+2)
	var c rgba
	for k := range 3 {
		before, after := p0[k], p3[k]
		if i == 0 {
			before = 2*p1[k] - p2[k]
		}
		if i == n-1 {
			after = 2*p2[k] - p1[k]
		}
		t2, t3 := t*t, t*t*t
		c[k] = ((1-3*t+3*t2-t3)*before + (4-6*t2+3*t3)*p1[k] + (1+3*t+3*t2-3*t3)*p2[k] + t3*after) / 6
	}
	c[3] = 1
	return c.hex()
}

func unit(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(1, max(0, v))
}
