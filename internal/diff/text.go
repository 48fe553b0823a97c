package diff

import (
	"fmt"
	"io"
	"strings"

	"gaugewright/internal/report"
)

// maxShown is how much of a foreign text a sentence shows.
const maxShown = 160

// Text writes the result for a person: a section for each board, the gravest first, then the sum.
func (r *Result) Text(out io.Writer, inColor bool) error {
	w := &strings.Builder{}
	pen := pen(inColor)
	for _, s := range r.Sections {
		fmt.Fprintf(w, "%s\n", pen.paint(bold, oneLine(s.title())))
		for _, t := range s.topics() {
			indent := "  "
			if t.about != "" {
				indent = "    "
				fmt.Fprintf(w, "  %s\n", shown(t.about))
			}
			for _, c := range t.changes {
				c.text(w, pen, indent)
			}
			for _, f := range t.findings {
				sign, color := f.sign()
				fmt.Fprintf(w, "%s%s %s: %s\n", indent, pen.paint(color, sign), f.word(), f.sentence().With(shownFound))
			}
		}
	}
	fmt.Fprintln(w, r.Verdict())
	_, err := io.WriteString(out, w.String())
	return err
}

// text writes a change for a person.
func (c Change) text(w io.Writer, pen pen, indent string) {
	fmt.Fprintf(w, "%s%s %s\n", indent, pen.paint(levelColors[c.Level], mark(c.Level)), c.Text.With(shown))
	if len(c.Words) > 0 {
		fmt.Fprintf(w, "%s    %s\n", indent, pen.words(c.Words))
	}
	if c.Values != nil {
		fmt.Fprintf(w, "%s    measured: %s\n", indent, c.Values.Text.With(shown))
	}
}

// shown writes a foreign text of a sentence.
func shown(text string) string { return short(oneLine(text), maxShown) }

// title names a section.
func (s Section) title() string {
	title := shown(s.Name)
	if s.Kind == string(aBoard) {
		title = "board " + title
	}
	if len(s.Files) > 0 && s.Files[0] != s.Name {
		title += " (" + strings.Join(s.Files, ", ") + ")"
	}
	return title
}

// mark is the sign of a level.
func mark(l Level) string { return []string{"", "·", "~", "!"}[l] }

// Verdict sums up in one line.
func (r *Result) Verdict() string {
	total := r.Count(Breaking) + r.Count(Behaviour) + r.Count(Cosmetic)
	text := "no difference"
	if len(r.Errors) > 0 {
		text = "no difference in what could be read"
	}
	if total > 0 {
		text = fmt.Sprintf("%s, %s: %d breaking, %d behaviour, %d cosmetic", r.things(), report.Count(total, "change"),
			r.Count(Breaking), r.Count(Behaviour), r.Count(Cosmetic))
	}
	text += r.measured() + r.found()
	if r.Hidden > 0 {
		text += fmt.Sprintf("; %s that no viewer sees not shown (-explain says which)", report.Count(r.Hidden, "difference"))
	}
	files := map[string]bool{}
	for _, e := range r.Errors {
		files[e.File] = true // which may be unreadable on both sides
	}
	if len(files) > 0 {
		text += fmt.Sprintf("; %s not compared", report.Count(len(files), "file"))
	}
	return text
}

// things counts boards and other files.
func (r *Result) things() string {
	boards, others := 0, 0
	for _, s := range r.Sections {
		switch {
		case len(s.Changes) == 0: // only what was found is another
		case s.Kind == string(aBoard):
			boards++
		default:
			others++
		}
	}
	switch {
	case others == 0:
		return report.Count(boards, "board")
	case boards == 0:
		return report.Count(others, "file")
	}
	return report.Count(boards, "board") + " and " + report.Count(others, "other file")
}

// pen writes colors, or none.
type pen bool

const (
	bold  = "1"
	red   = "31"
	green = "32"
)

var levelColors = []string{"", "2", "33", "1;31"}

func (p pen) paint(color, text string) string {
	if !p || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// words writes the words of a query with what is gone and what is new, as git's word diff does where there is no color.
func (p pen) words(words []Word) string {
	out := &strings.Builder{}
	for i, w := range words {
		text := oneLine(w.Text)
		if w.Op == ' ' {
			text = elide(text, i == 0, i == len(words)-1)
		}
		switch {
		case w.Op == '-' && bool(p):
			text = p.paint(red, text)
		case w.Op == '+' && bool(p):
			text = p.paint(green, text)
		case w.Op == '-':
			text = "[-" + text + "-]"
		case w.Op == '+':
			text = "{+" + text + "+}"
		}
		out.WriteString(text)
	}
	return out.String()
}

// maxSame is how much of what did not change is shown around what did.
const maxSame = 60

// elide leaves out the middle of a run of words that both sides have; of the first and the last run, its outer end.
func elide(text string, isFirst, isLast bool) string {
	runes := []rune(text)
	if len(runes) <= 2*maxSame {
		return text
	}
	begin, end := string(runes[:maxSame])+" … ", string(runes[len(runes)-maxSame:])
	if isFirst {
		begin = "… "
	}
	if isLast {
		end = ""
	}
	return begin + end
}
