package diff

import (
	"strings"
	"testing"
)

// TestLimits: a file whose values take too much is named, and what is beside it is compared.
func TestLimits(t *testing.T) {
	wide := `{"title": "a", "` + strings.Repeat("a", 1<<20) + `": [` + strings.Repeat("{},", 100) + `0]}`
	large := File{Path: "large.json", Data: []byte(wide)}
	side := func(title string) []File {
		return []File{large, {Path: "small.json", Data: []byte(`{"title": "` + title + `", "panels": []}`)}}
	}
	old, new := side("old"), side("new")
	new[0].Data = []byte(strings.Replace(wide, "0]", "1]", 1))
	r := Compare(old, new)
	const why = "now: its values and their paths have more than 64 MiB, the limit: it is not compared"
	if len(r.Errors) == 0 || r.Errors[0].File != "large.json" || r.Errors[len(r.Errors)-1].Text != why || len(r.Sections) != 1 {
		t.Errorf("errors %v, changes %v", r.Errors, r.Sections)
	}
}
