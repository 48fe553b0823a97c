package theme

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestColor(t *testing.T) {
	for _, test := range []struct{ name, dark, light string }{
		{"green", "#73bf69", "#56a64b"},
		{"dark-red", "#c4162a", "#ad0317"},
		{"semi-dark-blue", "#3274d9", "#1f60c4"},
		{"super-light-yellow", "#fff899", "#ffee52"},
		{"text", "#ccccdc", "#24292e"},
		{"panel-bg", "#181b1f", "#ffffff"},
		{"transparent", "#181b1f00", "#ffffff00"},
		{"Crimson", "#dc143c", "#dc143c"},
		{"#ABC", "#aabbcc", "#aabbcc"},
		{"#12345678", "#12345678", "#12345678"},
		{"rgb(255, 0, 128)", "#ff0080", "#ff0080"},
		{"rgba(50, 172, 45, 0.97)", "#32ac2df7", "#32ac2df7"},
		{"rgb(10 20 30 / 50%)", "#0a141e80", "#0a141e80"},
		{"", Fallback, Fallback},
		{"#12", Fallback, Fallback},
		{"rgb(1,2)", Fallback, Fallback},
		{`red" onload="x`, Fallback, Fallback},
	} {
		if d, l := Dark.Color(test.name), Light.Color(test.name); d != test.dark || l != test.light {
			t.Errorf("%q is %s and %s, want %s and %s", test.name, d, l, test.dark, test.light)
		}
	}
}

// The colors were computed by d3-scale-chromatic and d3-interpolate.
func TestScalesAreThoseOfD3(t *testing.T) {
	at := func(mode string, v float64) string { c, _ := Dark.Continuous(mode, v); return c }
	for _, test := range []struct{ what, got, want string }{
		{"Oranges 0", schemes()["Oranges"].at(0), "#fff5eb"},
		{"Oranges 0.3", schemes()["Oranges"].at(0.3), "#fdc28c"},
		{"Spectral 0.1", schemes()["Spectral"].at(0.1), "#d13c4b"},
		{"GrYlRd 0", at("continuous-GrYlRd", 0), "#73bf69"},
		{"GrYlRd 0.25", at("continuous-GrYlRd", 0.25), "#b4cb4c"},
		{"BlPu 0.9", at("continuous-BlPu", 0.9), "#ae7adc"},
	} {
		if test.got != test.want {
			t.Errorf("%s is %s, want %s", test.what, test.got, test.want)
		}
	}
	near(t, at("continuous-viridis", 0.77), "#69cd5b")
}

// near fails when two colors differ by more than a person sees: 4 of 255.
func near(t *testing.T, got, want string) {
	t.Helper()
	g, w := of(got), of(want)
	for i := range g {
		if d := g[i] - w[i]; d > 4 || d < -4 {
			t.Errorf("%s is not near %s", got, want)
			return
		}
	}
}

func TestASchemeTurnsRoundAsTheThemeNeeds(t *testing.T) {
	first := func(th *Theme, name string, reverse bool) string { c, _ := th.Scheme(name, 9, reverse); return c[0] }
	for _, test := range []struct{ what, got, want string }{
		{"dark Oranges begin dark", first(Dark, "Oranges", false), "#7f2704"},
		{"light Oranges begin light", first(Light, "Oranges", false), "#fff5eb"},
		{"an unknown scheme is Spectral", first(Dark, "Nothing", false), first(Dark, "Spectral", false)},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s, want %s", test.what, test.got, test.want)
		}
	}
	if _, known := Dark.Scheme("Nothing", 1, false); known {
		t.Error("a scheme that nobody has is known")
	}
}

func TestTheClassicPaletteGoesRound(t *testing.T) {
	if got, want := Dark.Series(len(classic)+1), Dark.Series(1); got != want || want != "#f2cc0c" {
		t.Errorf("%s, %s", got, want)
	}
	for i := range classic {
		if Dark.Series(i) == Fallback || Light.Series(i) == Fallback {
			t.Errorf("no color for series %d", i)
		}
	}
}

func TestTextsAreReadable(t *testing.T) {
	for _, th := range []*Theme{Dark, Light} {
		for _, text := range []string{th.Text, th.TextWeak, th.TextOff, th.Link} {
			for _, ground := range []string{th.Panel, th.Canvas} {
				if c := Contrast(Over(text, ground), ground); c < 4.5 {
					t.Errorf("%s: %s on %s has contrast %.1f, want 4.5", th.Name, text, ground, c)
				}
			}
		}
	}
}

func TestMixing(t *testing.T) {
	for _, test := range []struct{ what, got, want string }{
		{"half way", Mix("#000000", "#ffffff", 0.5), "#808080"},
		{"over", Over("#ffffff80", "#000000"), "#808080"},
		{"alpha", Alpha("#123456", 0.5), "#12345680"},
		{"darken", Darken("#808080", 0.5), "#404040"},
		{"text on a dark ground", Dark.TextOn("#c4162a"), "#ffffff"},
		{"text on a bright ground", Dark.TextOn("#fade2a"), "#000000"},
		{"text on almost nothing", Light.TextOn("#00000010"), "#000000"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s, want %s", test.what, test.got, test.want)
		}
	}
}

// The colors were computed by tinycolor 2.6: darken by 10 or -7 points, spin by 5 degrees.
func TestTurnIsThatOfTinycolor(t *testing.T) {
	for _, test := range []struct{ color, darker, brighter string }{
		{"#73bf69", "#4dac49", "#84ca82"},
		{"#f2495c", "#ef1920", "#f46a6e"},
		{"#808080", "#666666", "#929292"},
		{"#1f60c4", "#184098", "#2961dd"},
	} {
		near(t, Turn(test.color, -10, 5), test.darker)
		near(t, Turn(test.color, 7, 5), test.brighter)
	}
}

func TestBarsAndCells(t *testing.T) {
	for _, test := range []struct{ what, got, want string }{
		{"the empty part of a dark bar", Emphasize(Dark.Panel, 0.07), "#282b2f"},
		{"the empty part of a bright bar", Emphasize(Light.Panel, 0.07), "#ededed"},
		{"text on a green cell", Dark.CellText("#73bf69"), "#f7f8fa"},
		{"text on a yellow cell", Dark.CellText("#fade2a"), "#202226"},
		{"text on a cell one sees through, in the dark", Dark.CellText("#fade2a20"), "#f7f8fa"},
		{"text on a cell one sees through, in the light", Light.CellText("#c4162a20"), "#202226"},
		{"the colors of a scale", strings.Join(Dark.Colors("continuous-YlRd"), " "), "#fff899 #c4162a"},
		{"no scale", strings.Join(Dark.Colors("thresholds"), " "), ""},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
	if n := len(Dark.Colors("continuous-viridis")); n != 9 {
		t.Errorf("%d colors of viridis", n)
	}
}

var hex = regexp.MustCompile(`^#[0-9a-f]{6}([0-9a-f]{2})?$`)

func FuzzColor(f *testing.F) {
	for _, s := range []string{"red", "#fff", "rgba(1,2,3,.5)", "rgb(9999999999, 1, 1)", "#+12345", "rgb(1e9,0,0)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		for _, th := range []*Theme{Dark, Light} {
			if c := th.Color(name); !hex.MatchString(c) {
				t.Errorf("%s is no color", strconv.Quote(c))
			}
		}
	})
}
