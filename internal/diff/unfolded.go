package diff

import (
	"fmt"
	"strings"
)

// maxUnfolded is how many breaking changes, and how many new errors, a reader sees before unfolding anything. Each of the lists
// takes a quarter of a comment at most.
const maxUnfolded = 10

// unfolded writes a list as a reader sees it before unfolding anything.
func unfolded(head string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	w := &strings.Builder{}
	fmt.Fprintf(w, "\n%s:\n\n", head)
	for i, line := range lines {
		if i == maxUnfolded || w.Len()+len(line) > maxComment/4 {
			fmt.Fprintf(w, "- %d more\n", len(lines)-i)
			break
		}
		fmt.Fprintf(w, "- %s\n", line)
	}
	return w.String()
}

// breaking lists the breaking changes.
func (r *Result) breaking() (lines []string) {
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			if c.Level == Breaking {
				lines = append(lines, s.of(c.about())+c.told(code))
			}
		}
	}
	return lines
}

// newErrors lists the errors that are new.
func (r *Result) newErrors() (lines []string) {
	for _, s := range r.Sections {
		for _, f := range s.Findings {
			if f.IsNew && f.Severity == anError {
				lines = append(lines, s.of(about(f.Place))+f.sentence().With(codeFound))
			}
		}
	}
	return lines
}

// of says what of which section a line is about.
func (s Section) of(about string) string {
	if about == "" {
		return code(s.Name) + ": "
	}
	return code(s.Name) + ": " + code(about) + ": "
}
