// Package theme has Grafana's colors: those of its dark and light theme, the colors that boards name, the palettes
// of series and the scales of values. Every color it returns is "#rrggbb", or "#rrggbbaa" if one sees through it.
//
// The figures are those of Grafana 13: packages/grafana-data/src/themes (createColors.ts, palette.ts,
// createVisualizationColors.ts) and packages/grafana-data/src/field/fieldColor.ts. It does not know panels or values.
package theme

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// A Theme is a set of colors for one kind of page.
type Theme struct {
	Name string // "dark" or "light"
	Dark bool

	Canvas      string // behind the panels
	Panel       string // a panel's ground
	Secondary   string // the ground of what stands out on a panel, as an empty bar
	Border      string // around panels, between the rows of tables
	BorderWide  string // around fields
	Grid        string // the lines of a plot
	Text        string
	TextWeak    string // of axes and headings
	TextOff     string // of what is switched off
	TextMost    string // black or white
	Link        string
	HoverGround string // behind what the mouse points at; also the ground of code
}

// Dark is Grafana's usual theme.
var Dark = &Theme{
	Name: "dark", Dark: true,
	Canvas: "#111217", Panel: "#181b1f", Secondary: "#22252b",
	Border: "#ccccdc1f", BorderWide: "#ccccdc33", Grid: "#f0faff17",
	Text: "#ccccdc", TextWeak: "#ccccdca6", TextOff: "#ccccdc9c", TextMost: "#ffffff", Link: "#6e9fff",
	HoverGround: "#ccccdc29",
}

// Light is Grafana's theme for bright rooms and paper.
var Light = &Theme{
	Name:   "light",
	Canvas: "#fbfbfb", Panel: "#ffffff", Secondary: "#f4f5f5",
	Border: "#24292e1f", BorderWide: "#24292e4d", Grid: "#000a1717",
	Text: "#24292e", TextWeak: "#24292ebf", TextOff: "#24292ea6", TextMost: "#000000", Link: "#1f62e0",
	HoverGround: "#24292e1f",
}

// Fallback is the color of what has none: FALLBACK_COLOR in packages/grafana-data/src/types/fieldColor.ts.
const Fallback = "#808080"

//go:embed names.txt
var namesFile string

var names = sync.OnceValue(func() map[string][2]string {
	table := map[string][2]string{}
	for line := range strings.Lines(namesFile) {
		if f := strings.Fields(line); len(f) == 3 && !strings.HasPrefix(line, "#") {
			table[f[0]] = [2]string{f[1], f[2]}
		}
	}
	return table
})

// Color returns the color that a board means: a name of Grafana's or of a browser's, "#rgb", "#rrggbb", "#rrggbbaa",
// "rgb(1, 2, 3)", "rgba(1, 2, 3, 0.5)", "text", "panel-bg", "transparent". What is no color is Fallback.
func (t *Theme) Color(name string) string {
	name = strings.TrimSpace(name)
	switch name {
	case "text":
		return t.Text
	case "panel-bg":
		return t.Panel
	case "transparent":
		return t.Panel + "00"
	}
	if pair, ok := names()[strings.ToLower(name)]; ok {
		if t.Dark {
			return pair[0]
		}
		return pair[1]
	}
	if c, ok := parse(name); ok {
		return c.hex()
	}
	return Fallback
}

var rgbFunction = regexp.MustCompile(`^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$`)

// parse reads a color that is written as numbers.
func parse(s string) (rgba, bool) {
	s = strings.ToLower(s)
	if digits, ok := strings.CutPrefix(s, "#"); ok {
		return parseHex(digits)
	}
	m := rgbFunction.FindStringSubmatch(s)
	if m == nil {
		return rgba{}, false
	}
	var c rgba
	for i := range 3 {
		c[i] = parseNumber(m[i+1], 255)
	}
	switch c[3] = 1; {
	case m[5] == "%":
		c[3] = parseNumber(m[4], 100) / 100
	case m[4] != "":
		c[3] = parseNumber(m[4], 1)
	}
	return c, true
}

// parseNumber reads a number from 0 to most; what is greater, or no number, is most.
func parseNumber(s string, most float64) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return most
	}
	return min(v, most)
}

func parseHex(digits string) (rgba, bool) {
	if len(digits) == 3 || len(digits) == 4 {
		var double strings.Builder
		for _, d := range digits {
			double.WriteString(string(d) + string(d))
		}
		digits = double.String()
	}
	if len(digits) == 6 {
		digits += "ff"
	}
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 8 {
		return rgba{}, false
	}
	return rgba{float64(v >> 24), float64(v >> 16 & 255), float64(v >> 8 & 255), float64(v&255) / 255}, true
}
