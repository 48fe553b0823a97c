package svg

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"unicode"
)

// Inter by The Inter Project Authors, SIL Open Font License 1.1 (inter/LICENSE). The two files are subsets of
// @fontsource/inter 5.3.0: Latin-1 and some signs, with neither kerning nor other layout features, so that a text is as
// wide as its advances say. They were made with fontTools: pyftsubset --layout-features= --no-hinting.
var (
	//go:embed inter/advances.txt
	advancesFile string
	//go:embed inter/regular.woff2
	regularFont []byte
	//go:embed inter/medium.woff2
	mediumFont []byte
)

const (
	family     = "Inter, Helvetica, Arial, sans-serif"
	unitsPerEm = 2048
	ellipsis   = "…"
)

// advances has the widths of each character: regular and medium.
var advances = sync.OnceValue(func() map[rune][2]float64 {
	table := map[rune][2]float64{}
	for line := range strings.Lines(advancesFile) {
		var r rune
		var w [2]float64
		if n, _ := fmt.Sscanf(line, "%x %f %f", &r, &w[0], &w[1]); n == 3 { // other lines are remarks
			table[r] = w
		}
	}
	return table
})

// FontFace returns the style sheet of the font. A page that shows pictures without their own font needs it.
func FontFace() string {
	face := func(weight int, data []byte) string {
		return fmt.Sprintf("@font-face{font-family:Inter;font-weight:%d;src:url(data:font/woff2;base64,%s)}\n",
			weight, base64.StdEncoding.EncodeToString(data))
	}
	return face(Regular, regularFont) + face(Medium, mediumFont)
}

// Width returns the width of a text in pixels. Characters that Inter's subset lacks have a width that is enough in
// the usual system fonts.
func Width(text string, size float64, weight int) float64 {
	em := 0.0
	for _, r := range text {
		em += advance(r, weight)
	}
	return em * size
}

// advance returns a character's width in em.
func advance(r rune, weight int) float64 {
	if w, ok := advances()[r]; ok {
		if weight >= Medium {
			return w[1] / unitsPerEm
		}
		return w[0] / unitsPerEm
	}
	switch {
	case joins(r):
		return 0
	case unicode.In(r, pictures):
		return 1.3
	case unicode.IsUpper(r), unicode.In(r, wide):
		return 1
	}
	return 0.8
}

// measured reports whether the embedded font has all characters of text.
func measured(text string) bool {
	for _, r := range text {
		if _, ok := advances()[r]; !ok {
			return false
		}
	}
	return true
}

// wide are the letters that fill a square: https://www.unicode.org/reports/tr11/
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x1100, Hi: 0x115f, Stride: 1}, {Lo: 0x2e80, Hi: 0xa4cf, Stride: 1},
		{Lo: 0xac00, Hi: 0xd7a3, Stride: 1}, {Lo: 0xf900, Hi: 0xfaff, Stride: 1}, {Lo: 0xfe30, Hi: 0xfe6f, Stride: 1},
		{Lo: 0xff00, Hi: 0xff60, Stride: 1}, {Lo: 0xffe0, Hi: 0xffe6, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x20000, Hi: 0x3fffd, Stride: 1}},
}

// pictures are emoji and other signs that color fonts draw wider than letters.
var pictures = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x2300, Hi: 0x2bff, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1f000, Hi: 0x1faff, Stride: 1}},
}

// joins reports whether r stands on the character before it, and has no width of its own.
func joins(r rune) bool {
	return unicode.In(r, unicode.M) || r == 0x200d || 0x1f3fb <= r && r <= 0x1f3ff || 0xe0020 <= r && r <= 0xe007f
}

// Fit returns the text, or as much of its beginning as fits into width with an ellipsis after it, or nothing. It cuts
// between characters as people see them: marks, joined emoji and flags stay whole.
func Fit(text string, width, size float64, weight int) string {
	text = clean(text)
	if Width(text, size, weight) <= width {
		return text
	}
	room := width/size - advance('…', weight)
	if room < 0 {
		return ""
	}
	used, cut := 0.0, 0
	for start, end := range clusters(text) {
		for _, r := range text[start:end] {
			used += advance(r, weight)
		}
		if used > room {
			break
		}
		cut = end
	}
	return strings.TrimRight(text[:cut], " ") + ellipsis
}

// clusters yields where each character that people see begins and ends, by the simple rules of joins, of the
// zero-width joiner, and of flags: https://www.unicode.org/reports/tr29/
func clusters(text string) func(yield func(int, int) bool) {
	return func(yield func(int, int) bool) {
		start, flags := 0, 0
		var before rune
		for i, r := range text {
			flag := 0x1f1e6 <= r && r <= 0x1f1ff
			second := flag && flags%2 == 1
			if i > 0 && !joins(r) && before != 0x200d && !second {
				if !yield(start, i) {
					return
				}
				start = i
			}
			if flags++; !flag {
				flags = 0
			}
			before = r
		}
		if start < len(text) {
			yield(start, len(text))
		}
	}
}
