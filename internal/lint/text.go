package lint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gaugewright/internal/report"
)

// Text is a finding for a person: the place and what is wrong; below it the line of the query, with the piece marked.
func Text(f Finding) string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s: %s: %s\n", report.Shown(f.Place.String()), f.Rule, report.Shown(f.Text))
	if f.Piece != nil {
		line, marks := marked(f.Expr, f.Piece.Start, f.Piece.End)
		fmt.Fprintf(&w, "    %s\n    %s\n", report.Shown(line), marks)
	}
	if f.Instead != "" {
		fmt.Fprintf(&w, "    write: %s\n", report.Shown(f.Instead))
	}
	return w.String()
}

// widest is how much of a query's line is shown around the piece, in characters on each side.
const widest = 60

// marked returns the line of the text that has the piece, and a line that marks the piece in it. A piece of several lines is
// marked on its first.
func marked(text string, start, end int) (line, marks string) {
	start, end = min(max(start, 0), len(text)), min(max(end, start), len(text))
	from := strings.LastIndexByte(text[:start], '\n') + 1
	upTo := len(text)
	if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
		upTo = start + i
	}
	before, piece, after := text[from:start], text[start:min(end, upTo)], text[min(end, upTo):upTo]
	before, after = shortened(report.Shown(before), true), shortened(report.Shown(after), false)
	if piece = report.Shown(piece); utf8.RuneCountInString(piece) > 2*widest {
		piece = string([]rune(piece)[:2*widest]) + "…"
	}
	blank := strings.Repeat(" ", utf8.RuneCountInString(before))
	return before + piece + after, blank + strings.Repeat("^", max(utf8.RuneCountInString(piece), 1))
}

func shortened(text string, isBefore bool) string {
	all := []rune(text)
	switch {
	case len(all) <= widest:
		return text
	case isBefore:
		return "…" + string(all[len(all)-widest:])
	}
	return string(all[:widest]) + "…"
}
