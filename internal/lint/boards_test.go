package lint

import (
	"maps"
	"testing"
)

// TestUsedNames: a variable is used in a text, as a name of a member, as what repeats a panel, and more than once.
func TestUsedNames(t *testing.T) {
	f := Read([]Source{{Path: "a.json", Data: []byte(`{"title": "$a and ${b:text}", "panels": [{"type": "table", "repeat": "c", ` +
		`"transformations": [{"id": "organize", "options": {"renameByName": {"[[d]]": "$a"}}}]}]}`)}})
	used := f.Boards()[0].usedNames()
	maps.DeleteFunc(used, func(name string, count int) bool { return name == "" || count == 0 })
	if want := map[string]int{"a": 2, "b": 1, "c": 1, "d": 1}; !maps.Equal(used, want) {
		t.Errorf("%v are used, not %v", used, want)
	}
}
