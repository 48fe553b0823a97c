package diff

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// How long a line of a hunk gets, in letters, before it is broken where both sides have a space: before an operator that
// joins two parts of a query, and anywhere but after an operator.
const (
	goodWidth = 60
	maxWidth  = 96
)

// joins are the operators before which a query is broken; after operators it is not.
var (
	joins     = []string{"and", "or", "unless", "/", "*", "+", "-"}
	operators = append([]string{"^", "%", "==", "!=", ">=", "<=", ">", "<", "on", "by"}, joins...)
)

const longestOperator = len("unless")

// hunk writes a changed text as the lines of a diff: what both sides have once, what differs twice. Long lines are broken,
// so that a reader sees the difference without scrolling.
func hunk(words []Word) []string {
	h := &hunkWriter{}
	for _, w := range words {
		for _, text := range pieces(w.Text) {
			h.add(w.Op, text)
		}
	}
	h.flush()
	return h.lines
}

// hunkWriter collects the line that is being written, as either side has it.
type hunkWriter struct {
	old, new strings.Builder
	width    int // of old, in letters
	word     lastWord
	lines    []string
}

func (h *hunkWriter) add(op byte, text string) {
	old, new := h.old.String(), h.new.String()
	if endsIn("\n", old, new) || op == ' ' && endsIn(" ", old, new) && h.isFull(text) {
		h.flush()
	}
	if op != '+' {
		h.old.WriteString(text)
		h.width += utf8.RuneCountInString(text)
		h.word.add(text)
	}
	if op != '-' {
		h.new.WriteString(text)
	}
}

// isFull reports whether a text of both sides begins a new line.
func (h *hunkWriter) isFull(text string) bool {
	width := h.width + utf8.RuneCountInString(text)
	isAfter := slices.Contains(operators, h.word.text)
	return !isAfter && (width > maxWidth || width > goodWidth && slices.Contains(joins, strings.TrimSpace(text)))
}

// endsIn reports whether what there is of either side ends in a letter.
func endsIn(letter, old, new string) bool {
	return (old == "" || strings.HasSuffix(old, letter)) && (new == "" || strings.HasSuffix(new, letter))
}

// flush ends the line. A text of one side may have lines of its own.
func (h *hunkWriter) flush() {
	if old, new := h.old.String(), h.new.String(); old == new {
		h.lines = append(h.lines, marked("  ", old)...)
	} else {
		h.lines = append(append(h.lines, marked("- ", old)...), marked("+ ", new)...)
	}
	h.old.Reset()
	h.new.Reset()
	h.width, h.word = 0, lastWord{}
}

// lastWord is the last word of a text that grows. Of a word that is too long for an operator, not all is kept.
type lastWord struct {
	text    string
	isEnded bool // by a space
}

func (w *lastWord) add(text string) {
	words := strings.Fields(text)
	if len(words) == 0 {
		w.isEnded = w.isEnded || text != ""
		return
	}
	isFurther := len(words) == 1 && !w.isEnded && strings.HasPrefix(text, words[0])
	switch {
	case !isFurther:
		w.text = words[len(words)-1]
	case len(w.text) <= longestOperator:
		w.text += words[0]
	}
	w.isEnded = !strings.HasSuffix(text, words[len(words)-1])
}

// pieces cuts a text after each space and each end of a line.
func pieces(text string) []string {
	var all []string
	for text != "" {
		n := strings.IndexAny(text, " \n") + 1
		if n == 0 {
			n = len(text)
		}
		all = append(all, text[:n])
		text = text[n:]
	}
	return all
}

// marked writes the lines of a text with a mark before each; no text has no line.
func marked(mark, text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		all = append(all, mark+strings.TrimRight(oneLine(strings.TrimSuffix(line, "\n")), " "))
	}
	return all
}
