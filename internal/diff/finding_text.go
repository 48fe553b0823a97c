package diff

import (
	"fmt"
	"strings"

	"gaugewright/internal/report"
)

// maxFound is how much of a finding's text is shown.
const maxFound = 300

// shownFound writes a foreign text of a finding's sentence.
func shownFound(text string) string { return short(oneLine(text), maxFound) }

// word says what a finding is to a reader who compares.
func (f Finding) word() string {
	switch {
	case f.IsGone:
		return "no longer"
	case f.IsNew:
		return "new " + f.Severity
	}
	return "old " + f.Severity
}

// sentence says what was found.
func (f Finding) sentence() Text {
	text := say("{}: {}", f.Rule, f.Text)
	if f.Query != "" {
		text = say("query {}: {}: {}", f.Query, f.Rule, f.Text)
	}
	if len(f.Panels) > 0 {
		listed := strings.Join(f.Panels[:few], ", ") + fmt.Sprintf(" and %d more", len(f.Panels)-few)
		text = Text{"in {} panels ({}): " + text.Words, append([]string{fmt.Sprint(len(f.Panels)), listed}, text.Foreign...)}
	}
	return text
}

// sign is a finding's sign and its color, as marks are of levels.
func (f Finding) sign() (sign, color string) {
	switch {
	case f.IsGone:
		return "✓", green
	case f.Severity == anError:
		return "×", levelColors[Breaking]
	}
	return "?", levelColors[Behaviour]
}

// found sums up in words what is new and what is gone.
func (r *Result) found() string {
	var all []Finding
	for _, s := range r.Sections {
		all = append(all, s.Findings...)
	}
	if text := countFound(all); text != "" {
		return "; lint: " + text
	}
	return ""
}

// countFound says how many findings are new, and how many gone.
func countFound(findings []Finding) string {
	count := map[string]int{}
	for _, f := range findings {
		count[f.word()] += max(1, f.times)
	}
	var all []string
	for _, thing := range []string{"new error", "new warning"} {
		if n := count[thing]; n > 0 {
			all = append(all, report.Count(n, thing))
		}
	}
	if n := count["no longer"]; n > 0 {
		all = append(all, fmt.Sprintf("%d gone", n))
	}
	return strings.Join(all, ", ")
}
