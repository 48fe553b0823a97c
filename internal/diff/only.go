package diff

import (
	"slices"
	"strconv"
	"strings"
)

// Only leaves the changes of the panels, variables and rules with a text in their name, or of the panel with an id. An
// empty text leaves everything.
func (r *Result) Only(panel string) *Result {
	if panel == "" {
		return r
	}
	want := strings.ToLower(panel)
	for i := range r.Sections {
		s := &r.Sections[i]
		s.Changes = slices.DeleteFunc(s.Changes, func(c Change) bool {
			names := strings.ToLower(strings.Join(append(c.Panels, c.Panel), "\n"))
			return !strings.Contains(names, want) && strconv.Itoa(c.ID) != panel
		})
	}
	r.Sections = slices.DeleteFunc(r.Sections, func(s Section) bool { return len(s.Changes) == 0 })
	return r
}
