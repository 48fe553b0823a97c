package diff

import (
	"fmt"
	"io"
	"strings"

	"gaugewright/internal/report"
)

// maxComment is the longest comment of a code host; maxSection leaves room for others.
const (
	maxComment = 65536
	maxSection = 24000
	reserve    = 1000 // for what was left out
)

// Markdown writes the result for a comment on a pull request: the verdict, then each board folded, the gravest first.
// What is too long for a comment is counted.
func (r *Result) Markdown(out io.Writer) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "**%s**\n", r.Verdict())
	for _, e := range r.Errors {
		line := fmt.Sprintf("\n- not compared: %s: %s\n", code(e.File), code(e.Text))
		if w.Len()+len(line) < maxComment/4 {
			w.WriteString(line)
		}
	}
	left := 0
	for _, s := range r.Sections {
		text := s.markdown(min(maxSection, maxComment-reserve-w.Len()))
		if text == "" {
			left++
			continue
		}
		w.WriteString("\n" + text)
	}
	if left > 0 {
		fmt.Fprintf(w, "\n%s more than fit into a comment: run `go run ./cmd/diff` to read all.\n", report.Count(left, "board or file"))
	}
	_, err := io.WriteString(out, w.String())
	return err
}

// markdown writes a section in at most so many bytes: as many changes as fit, and the number of the others. It is empty
// where not even that fits.
func (s Section) markdown(most int) string {
	w := &strings.Builder{}
	fmt.Fprintf(w, "<details><summary>%s %s: %s</summary>\n\n", s.Kind, htmlCode(s.Name), s.counts())
	for i, file := range s.Files {
		if i < 5 {
			fmt.Fprintf(w, "%s%s", []string{"in ", ", "}[min(i, 1)], code(file))
		}
	}
	fmt.Fprint(w, "\n\n")
	const end = "\n</details>\n"
	about := "\x00"
	for i, c := range s.Changes {
		text := ""
		if c.about() != about {
			about = c.about()
			if about == "" {
				text = fmt.Sprintf("- the %s\n", s.Kind)
			} else {
				text = fmt.Sprintf("- %s\n", code(about))
			}
		}
		text += c.markdown()
		if w.Len()+len(text)+len(end)+100 > most {
			fmt.Fprintf(w, "\n%s more\n", report.Count(len(s.Changes)-i, "change"))
			break
		}
		w.WriteString(text)
	}
	if w.Len()+len(end) > most {
		return ""
	}
	if picture := s.pictureOrTable(); w.Len()+len(picture)+len(end) < most {
		w.WriteString(picture)
	}
	return w.String() + end
}

// markdown writes a change as an item of a list.
func (c Change) markdown() string {
	w := &strings.Builder{}
	fmt.Fprintf(w, "  - **%s**: %s\n", c.Level, c.told(code))
	if len(c.Words) > 0 {
		block := fenced("diff", append(marked("- ", c.Old), marked("+ ", c.New)...)...)
		for line := range strings.Lines(block) {
			w.WriteString("    " + line)
		}
	}
	return w.String()
}

// marked writes the lines of a text with a mark before each.
func marked(mark, text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		all = append(all, mark+oneLine(line))
	}
	return all
}

// counts says how many changes of each level there are.
func (s Section) counts() string {
	var all []string
	for level := Breaking; level >= Cosmetic; level-- {
		n := 0
		for _, c := range s.Changes {
			if c.Level == level {
				n++
			}
		}
		if n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, level))
		}
	}
	return strings.Join(all, ", ")
}

// pictureOrTable writes the layout, or the panels that changed where the layout is too large for a diagram.
func (s Section) pictureOrTable() string {
	if text := s.picture(); text != "" {
		return "\n" + fenced("mermaid", text)
	}
	w := &strings.Builder{}
	for _, line := range s.blocks() {
		for _, b := range line {
			if b.state != unchanged && b.state != rowIsTitle {
				fmt.Fprintf(w, "| %s | %s |\n", b.state, cell(b.title))
			}
		}
	}
	if w.Len() == 0 {
		return ""
	}
	return "\n| | panel |\n|---|---|\n" + w.String()
}
