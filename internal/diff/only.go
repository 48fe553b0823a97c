package diff

import (
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/report"
)

// Only leaves the changes and findings of the panels, variables and rules with a text in their name, or of the panel with an id. An
// empty text leaves everything.
func (r *Result) Only(panel string) *Result {
	if panel == "" {
		return r
	}
	want := strings.ToLower(panel)
	isWanted := func(at report.Place, others []string) bool {
		names := strings.ToLower(strings.Join(slices.Concat(others, []string{at.Panel}), "\n"))
		return strings.Contains(names, want) || strconv.Itoa(at.ID) == panel
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Changes = slices.DeleteFunc(s.Changes, func(c Change) bool { return c.more == 0 && !isWanted(c.Place, c.Panels) })
		s.Findings = slices.DeleteFunc(s.Findings, func(f Finding) bool { return !isWanted(f.Place, f.Panels) })
	}
	r.Sections = slices.DeleteFunc(r.Sections, Section.isEmpty)
	return r
}
