package diff

import (
	"fmt"
	"io"
	"iter"
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
	w.WriteString(unfolded("Breaking", r.breaking()) + unfolded("New errors", r.newErrors()))
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

// markdown writes a section in at most so many bytes: as many changes and findings as fit, and the number of the others. It
// is empty where not even that fits.
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
	w.WriteString(s.list(most - w.Len() - len(end) - 100))
	if w.Len()+len(end) > most {
		return ""
	}
	if len(s.Changes) == 0 {
		return w.String() + end // the layout is as it was
	}
	for _, picture := range []string{s.pictureOrTable(), s.images()} {
		if w.Len()+len(picture)+len(end) < most {
			w.WriteString(picture)
		}
	}
	return w.String() + end
}

// list writes the changes and the findings as lists, in at most so many bytes and a line about what is left out.
func (s Section) list(most int) string {
	w := &strings.Builder{}
	changes, findings := 0, len(s.Findings)
	for _, c := range s.Changes {
		changes += c.count()
	}
	for _, t := range s.topics() {
		for i, text := range t.items(s.word()) {
			if w.Len()+len(text) > most {
				return w.String() + "\n" + left(changes, findings) + "\n"
			}
			w.WriteString(text)
			if i < len(t.changes) {
				changes -= t.changes[i].count() + t.changes[i].also
			} else {
				findings--
			}
		}
	}
	return w.String()
}

// left says how much is left out.
func left(changes, findings int) string {
	switch {
	case findings == 0:
		return report.Count(changes, "change") + " more"
	case changes == 0:
		return report.Count(findings, "finding") + " more"
	}
	return report.Count(changes, "change") + " and " + report.Count(findings, "finding") + " more"
}

// items writes, one after the other, the changes and the findings of a topic as the items of a list: below what they are about, or on the same line
// where there is only one.
func (t topic) items(whole string) iter.Seq2[int, string] {
	head, indent := "the "+whole, "  "
	if t.about != "" {
		head = code(t.about)
	}
	isAlone := len(t.changes)+len(t.findings) == 1
	if !isAlone {
		indent = "    "
	}
	begin := func(i int) string {
		switch {
		case isAlone:
			return "- " + head + " "
		case i == 0:
			return "- " + head + "\n  - "
		}
		return "  - "
	}
	return func(yield func(int, string) bool) {
		for i, c := range t.changes {
			if !yield(i, begin(i)+c.markdown(indent)) {
				return
			}
		}
		for i, f := range t.findings {
			i += len(t.changes)
			if !yield(i, begin(i)+fmt.Sprintf("**%s**: %s\n", f.word(), f.sentence().With(codeFound))) {
				return
			}
		}
	}
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

// counts says how many changes of each level there are, and how many findings are new or gone.
func (s Section) counts() string {
	var all []string
	for level := Breaking; level >= Cosmetic; level-- {
		n := 0
		for _, c := range s.Changes {
			if c.Level == level {
				n += c.count()
			}
		}
		if n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, level))
		}
	}
	if text := countFound(s.Findings); text != "" {
		all = append(all, text)
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
