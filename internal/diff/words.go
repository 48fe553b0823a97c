package diff

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gaugewright/internal/report"
)

// Word is a run of a text that both sides have, or only one.
type Word struct {
	Text string
	Op   byte // ' ' both, '-' only the old, '+' only the new
}

// token is a word, a string, a space or a sign of PromQL.
var token = regexp.MustCompile("\\$\\{[^}]*\\}|[$\\w:.]+|\"(?:[^\"\\\\]|\\\\.)*\"|\\s+|[=!<>]=?~?|.")

// maxCells bounds the table of the comparison; longer texts are compared as a whole.
const maxCells = 1 << 20

// maxText is the longest text that is compared word by word, in bytes. A query may have 64 KiB; the longest texts of public
// boards have 100 KiB.
const maxText = 256 << 10

// words gives a change the words of both sides, or says why it has none.
func (c *comparer) words(change *Change, old, new string) {
	if change == &c.untold {
		return // nobody sees its words
	}
	if len(old) > maxText || len(new) > maxText {
		change.Text.Words += fmt.Sprintf("; its words are not compared: it has more than %d KiB, the limit", maxText>>10)
		return
	}
	change.Words = wordDiff(old, new, c.bounds)
}

// wordDiff compares two texts word by word.
func wordDiff(old, new string, b *bounds) []Word {
	a, c := token.FindAllString(old, -1), token.FindAllString(new, -1)
	start := 0
	for start < min(len(a), len(c)) && a[start] == c[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(c))-start && a[len(a)-1-end] == c[len(c)-1-end] {
		end++
	}
	var words []Word
	words = add(words, ' ', a[:start]...)
	words = middle(words, a[start:len(a)-end], c[start:len(c)-end], b)
	return runs(add(words, ' ', a[len(a)-end:]...))
}

// runs joins changes that have only a space or a sign between them: the old words, then the new ones.
func runs(words []Word) []Word {
	var all []Word
	var old, new []string // each run is joined once: there may be many words
	flush := func() {
		all = add(add(all, '-', old...), '+', new...)
		old, new = nil, nil
	}
	for i, w := range words {
		isBetween := w.Op == ' ' && i > 0 && i < len(words)-1 && len(strings.TrimSpace(w.Text)) == 0
		if w.Op == ' ' && !isBetween {
			flush()
			all = add(all, ' ', w.Text)
			continue
		}
		if w.Op != '+' {
			old = append(old, w.Text)
		}
		if w.Op != '-' {
			new = append(new, w.Text)
		}
	}
	flush()
	return all
}

// middle adds the words of two texts by their longest common subsequence. Of several, it takes the one with its matches
// near the end, so that in f({+g(+}x) what came is whole.
func middle(words []Word, a, b []string, most *bounds) []Word {
	if cells := len(a) * len(b); cells > maxCells || !most.spend(cells/4) {
		return add(add(words, '-', a...), '+', b...)
	}
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
		for j := range b {
			switch {
			case i == 0:
			case a[i-1] == b[j]:
				longest[i][j+1] = longest[i-1][j] + 1
			default:
				longest[i][j+1] = max(longest[i-1][j+1], longest[i][j])
			}
		}
	}
	var back []Word
	i, j := len(a), len(b)
	for i > 0 || j > 0 {
		switch {
		case i > 0 && j > 0 && a[i-1] == b[j-1]:
			i, j = i-1, j-1
			back = append(back, Word{a[i], ' '})
		case i == 0 || j > 0 && longest[i][j-1] >= longest[i-1][j]:
			j--
			back = append(back, Word{b[j], '+'})
		default:
			i--
			back = append(back, Word{a[i], '-'})
		}
	}
	slices.Reverse(back)
	for len(back) > 0 {
		op := back[0].Op
		var run []string
		for len(back) > 0 && back[0].Op == op {
			run, back = append(run, back[0].Text), back[1:]
		}
		words = add(words, op, run...)
	}
	return words
}

// add appends words, together with the run before where that is of the same side.
func add(words []Word, op byte, texts ...string) []Word {
	text := strings.Join(texts, "")
	if text == "" {
		return words
	}
	if n := len(words); n > 0 && words[n-1].Op == op {
		words[n-1].Text += text
		return words
	}
	return append(words, Word{text, op})
}

// oneLine writes a foreign text on one line: control characters and those that turn the direction of writing are
// shown as escapes, as is what would make it a command in a workflow's log.
func oneLine(text string) string {
	isPlain := func(r rune) bool { return unicode.IsPrint(r) || r == ' ' }
	if strings.IndexFunc(text, func(r rune) bool { return !isPlain(r) }) < 0 {
		return report.NoCommand(text)
	}
	out := &strings.Builder{}
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			out.WriteByte(' ')
		case !isPlain(r):
			out.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			out.WriteRune(r)
		}
	}
	return report.NoCommand(out.String())
}

// short cuts the end of a long text.
func short(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
