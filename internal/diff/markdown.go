package diff

import (
	"fmt"
	"io"
	"strings"

	"gaugewright/internal/report"
)

// maxComment is the longest comment of a code host, 65536, without what a workflow adds; maxSection leaves room for others.
const (
	maxComment = 65000
	maxSection = 24000
	reserve    = 1000 // for what was left out
)

// Markdown writes the result for a comment on a pull request: the verdict, what is breaking, then each board folded, the
// gravest first. What is too long for a comment is counted.
func (r *Result) Markdown(out io.Writer) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "**%s**\n", r.Verdict())
	for _, e := range r.Errors {
		line := fmt.Sprintf("\n- not compared: %s: %s\n", code(e.File), code(e.Text))
		if w.Len()+len(line) < maxComment/4 {
			w.WriteString(line)
		}
	}
	w.WriteString(r.breaking())
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

// maxBreaking is how many breaking changes a reader sees before unfolding anything.
const maxBreaking = 10

// breaking lists the breaking changes.
func (r *Result) breaking() string {
	all := r.Count(Breaking)
	w, left := &strings.Builder{}, all
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			if c.Level != Breaking || all-left == maxBreaking {
				continue
			}
			left--
			fmt.Fprintf(w, "- %s: ", code(s.Name))
			if c.about() != "" {
				fmt.Fprintf(w, "%s: ", code(c.about()))
			}
			fmt.Fprintln(w, c.told(code))
		}
	}
	if w.Len() == 0 {
		return ""
	}
	if left > 0 {
		fmt.Fprintf(w, "- %d more\n", left)
	}
	return "\nBreaking:\n\n" + w.String()
}

// word says what a section is about: a board, rules, or another file.
func (s Section) word() string {
	switch {
	case s.Kind == string(aBoard):
		return s.Kind
	case s.old != nil && len(s.old.of(aGroup)) > 0, s.new != nil && len(s.new.of(aGroup)) > 0:
		return "rules"
	}
	return "file"
}

// markdown writes a section in at most so many bytes: as many changes as fit, and the number of the others. It is empty
// where not even that fits.
func (s Section) markdown(most int) string {
	w := &strings.Builder{}
	fmt.Fprintf(w, "<details><summary>%s %s: %s</summary>\n\n", s.word(), htmlCode(s.Name), s.counts())
	for i, file := range s.Files {
		if i < 5 {
			fmt.Fprintf(w, "%s%s", []string{"in ", ", "}[min(i, 1)], code(file))
		}
	}
	fmt.Fprint(w, "\n\n")
	const end = "\n</details>\n"
	changes, left := together(s.Changes), len(s.Changes)
	for i, c := range changes {
		text := item(s.word(), changes, i)
		if w.Len()+len(text)+len(end)+100 > most {
			fmt.Fprintf(w, "\n%s more\n", report.Count(left, "change"))
			break
		}
		w.WriteString(text)
		left -= 1 + c.also
	}
	if w.Len()+len(end) > most {
		return ""
	}
	for _, picture := range []string{s.pictureOrTable(), s.images()} {
		if w.Len()+len(picture)+len(end) < most {
			w.WriteString(picture)
		}
	}
	return w.String() + end
}

// item writes a change as an item of a list: below what it is about, or on the same line where it is the only one.
func item(whole string, changes []Change, i int) string {
	c := changes[i]
	isSame := func(at int) bool { return at >= 0 && at < len(changes) && changes[at].about() == c.about() }
	head := "the " + whole
	if c.about() != "" {
		head = code(c.about())
	}
	switch {
	case isSame(i - 1):
		return "  - " + c.markdown("    ")
	case isSame(i + 1):
		return "- " + head + "\n  - " + c.markdown("    ")
	}
	return "- " + head + " " + c.markdown("  ")
}

// markdown writes a change after the mark of a list's item. Its further lines begin with an indent.
func (c Change) markdown(indent string) string {
	w := &strings.Builder{}
	fmt.Fprintf(w, "**%s**: %s\n", c.Level, c.told(code))
	if len(c.Words) > 0 {
		for line := range strings.Lines(fenced("diff", hunk(c.Words)...)) {
			w.WriteString(indent + line)
		}
	}
	return w.String()
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
			if b.state != unchanged && b.state != rowIsTitle && b.state != rowIsGone {
				fmt.Fprintf(w, "| %s | %s |\n", b.state, cell(b.title))
			}
		}
	}
	if w.Len() == 0 {
		return ""
	}
	return "\n| | panel |\n|---|---|\n" + w.String()
}
