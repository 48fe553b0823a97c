package svg

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
)

func ExampleCanvas() {
	c := New(100, 20)
	c.Title("Heap <1>", "")
	c.Group(10, 0, func() {
		c.Rect(Rect{0, 0, 10, 10.126}, Fill("#73bf6980"))
		c.Label(0, 15, 60, "a name that is too long", TextStyle{Size: 12, Color: "#ccccdc"})
	})
	fmt.Print(string(c.Bytes()))
	// Output:
	// <svg xmlns="http://www.w3.org/2000/svg" width="100" height="20" viewBox="0 0 100 20" role="img" stroke-linejoin="round" font-family="Inter, Helvetica, Arial, sans-serif">
	// <title>Heap &lt;1&gt;</title>
	// <g transform="translate(10 0)"><rect x="0" y="0" width="10" height="10.13" fill="#73bf69" fill-opacity="0.5"/>
	// <text x="0" y="15" font-size="12" fill="#ccccdc"><title>a name that is too long</title>a name t…</text>
	// </g>
	// </svg>
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", -0.001: "0", 1: "1", 0.125: "0.13", -3.456: "-3.46", 1e15: "1000000000000000", 12345.678: "12345.68",
		math.Inf(1): "0",
	} {
		if got := number(v); got != want {
			t.Errorf("number(%g) = %s, want %s", v, got, want)
		}
	}
}

func TestColorsThatAreNoColorsPaintNothing(t *testing.T) {
	for color, want := range map[string]string{
		"#73BF69":        ` fill="#73BF69"`,
		"#73BF6940":      ` fill="#73BF69" fill-opacity="0.25"`,
		"url(#d1)":       ` fill="url(#d1)"`,
		"":               ` fill="none"`,
		`red" onload="x`: ` fill="none"`,
		"url(http://x)":  ` fill="none"`,
	} {
		if got := colorAttr("fill", color); got != want {
			t.Errorf("%q: %s, want %s", color, got, want)
		}
	}
}

// The first widths were measured by a browser (canvas measureText) with @fontsource/inter 5.3.0, kerning off.
func TestWidth(t *testing.T) {
	for _, test := range []struct {
		text   string
		size   float64
		weight int
		want   float64
	}{
		{"16 MiB", 12, Regular, 37.2949},
		{"Request duration", 14, Medium, 114.2422},
		{"", 14, Regular, 0},
		{"漢字", 10, Regular, 20},
		{"e\u0301", 2048, Regular, 1194},
	} {
		if got := Width(test.text, test.size, test.weight); math.Abs(got-test.want) > 0.05 {
			t.Errorf("Width(%q, %g, %d) = %.2f, want %.2f", test.text, test.size, test.weight, got, test.want)
		}
	}
}

func TestFit(t *testing.T) {
	for _, test := range []struct {
		text  string
		width float64
		want  string
	}{
		{"short", 100, "short"},
		{"a name that is too long", 60, "a name t…"},
		{"ends at a space", 42, "ends…"},
		{"abc", 5, ""},
		{"two\nlines\tand  gaps", 200, "two lines and gaps"},
		{"e\u0301e\u0301e\u0301e\u0301", 21, "e\u0301…"},
		{"👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 60, "👨‍👩‍👧…"},
		{"🇩🇪🇫🇷🇬🇧", 60, "🇩🇪…"},
		{"👍🏽👍🏽👍🏽", 30, "👍🏽…"},
	} {
		if got := Fit(test.text, test.width, 12, Regular); got != test.want {
			t.Errorf("Fit(%q, %g) = %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

func TestBoxes(t *testing.T) {
	style := TextStyle{Size: 10, Color: "#000000"}
	draw := func(x, y float64, anchor Anchor) *Canvas {
		c := New(100, 100)
		c.Text(10, 20, "first", style)
		moved := style
		moved.Anchor = anchor
		c.Group(5, 5, func() { c.Text(x, y, "second", moved) })
		return c
	}
	for _, test := range []struct {
		x, y          float64
		anchor        Anchor
		overlap, left int
	}{
		{10, 15, Start, 1, 0},
		{10, 40, Start, 0, 0},
		{90, 40, Start, 0, 1},
		{90, 40, End, 0, 0},
		{0, 40, Middle, 0, 1},
	} {
		c := draw(test.x, test.y, test.anchor)
		if n := len(Overlaps(c.Boxes())); n != test.overlap {
			t.Errorf("%v: %d overlaps, want %d", test, n, test.overlap)
		}
		if n := len(c.LeftOut()); n != test.left {
			t.Errorf("%v: %d left out, want %d", test, n, test.left)
		}
	}
}

func TestARotatedTextStandsUpright(t *testing.T) {
	c := New(100, 100)
	c.Text(50, 90, "upright", TextStyle{Size: 10, Rotate: -90})
	if b := c.Boxes()[0]; b.W > 10 || b.H < 30 || b.Y+b.H > 90.1 {
		t.Errorf("box %+v", b)
	}
}

func TestEachDefinitionIsWrittenOnce(t *testing.T) {
	c := New(10, 10)
	a := c.Gradient(Point{}, Point{0, 10}, Stop{0, "#000000"}, Stop{1, "#ffffff"})
	b := c.Gradient(Point{}, Point{0, 10}, Stop{0, "#000000"}, Stop{1, "#ffffff"})
	if a != b || strings.Count(string(c.Bytes()), "<linearGradient") != 1 {
		t.Errorf("%s, %s:\n%s", a, b, c.Bytes())
	}
}

func TestTheFontIsEmbeddedWhenAsked(t *testing.T) {
	c := New(10, 10)
	c.EmbedFont()
	if n := len(c.Bytes()); n < 10_000 || n > 30_000 {
		t.Errorf("a picture with the font has %d bytes", n)
	}
	valid(t, c.Bytes())
}

// FuzzCanvasText: whatever a text holds, the picture is valid XML with the elements that were drawn, and no more.
func FuzzCanvasText(f *testing.F) {
	for _, s := range []string{"", "</text><script>alert(1)</script>", "a\x00b\xff\x1b[31m", "]]>&amp;<!--", "\u202eabc", "\ufffe\uffff",
		"👨‍👩‍👧 🇩🇪", "\" onload=\"x", "漢字 العربية"} {
		f.Add(s, 40.0)
	}
	f.Fuzz(func(t *testing.T, text string, width float64) {
		c := New(200, 100)
		c.IDs = text
		c.Title(text, text)
		c.Rect(Rect{0, 0, width, 1}, Paint{Fill: text, Stroke: text})
		c.Clip(Rect{0, 0, width, 10}, func() { c.Label(0, 10, width, text, TextStyle{Size: 12, Color: text}) })
		got := valid(t, c.Bytes())
		for _, name := range got {
			if !strings.Contains(" svg title desc defs clipPath rect g text ", " "+name+" ") {
				t.Errorf("an element <%s> that nobody drew", name)
			}
		}
		for _, b := range c.Boxes() {
			if width < 1e6 && b.W > max(0, width)+0.01 {
				t.Errorf("%q is %g wide, in %g", b.Text, b.W, width)
			}
		}
	})
}

// valid reads the picture as XML and returns the names of its elements.
func valid(t *testing.T, picture []byte) []string {
	t.Helper()
	var names []string
	d := xml.NewDecoder(strings.NewReader(string(picture)))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatalf("%v:\n%s", err, picture)
		}
		if e, ok := token.(xml.StartElement); ok {
			names = append(names, e.Name.Local)
		}
	}
}
