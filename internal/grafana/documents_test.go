package grafana

import "testing"

// TestDocuments: every value of a file is there with its line, whether it is a board or not; what cannot be read is an
// error beside the rest.
func TestDocuments(t *testing.T) {
	for _, c := range []struct {
		name, text string
		lines      []int
		errs       int
	}{
		{"JSON", "\n{\"a\": 1}", []int{2}, 0},
		{"a list", "[1, 2]", []int{1}, 0},
		{"YAML", "a: 1\n---\n# nothing\n---\nb: 2\n", []int{1, 5}, 0},
		{"one is broken", "a: 1\n---\nb: [\n---\nc: 3\n", []int{1, 5}, 1},
		{"broken JSON", "{]", nil, 1},
		{"empty", "", nil, 0},
		{"binary", "a: 1\n\xff\x00", nil, 1},
	} {
		nodes, errs := Documents([]byte(c.text))
		if len(nodes) != len(c.lines) || len(errs) != c.errs {
			t.Errorf("%s: %d values, %v", c.name, len(nodes), errs)
			continue
		}
		for i, n := range nodes {
			if n.Place().Line != c.lines[i] {
				t.Errorf("%s: line %d, want %d", c.name, n.Place().Line, c.lines[i])
			}
		}
	}
}
