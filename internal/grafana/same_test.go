package grafana

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gaugewright/internal/grafana/asv2"
)

// TestSameModel: each board of the repository reads to the same model as its form in v2 and in v2alpha1.
func TestSameModel(t *testing.T) {
	paths, err := filepath.Glob("../../provisioning/grafana/dashboards/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal("no boards", err)
	}
	for _, path := range append(paths, "testdata/boards/same.json") {
		classic := readFile(t, path)
		var board map[string]any
		if err := json.Unmarshal(classic, &board); err != nil {
			t.Fatal(path, err)
		}
		sorted, err := json.Marshal(board) // both forms have their members in the same order
		if err != nil {
			t.Fatal(err)
		}
		for _, version := range []string{"v2", "v2beta1", "v2alpha1"} {
			v2, err := json.Marshal(asv2.Board(board, version))
			if err != nil {
				t.Fatal(err)
			}
			want, got := same(t, sorted), same(t, v2)
			for i := range min(len(want), len(got)) {
				if want[i] != got[i] {
					t.Fatalf("%s as %s, line %d: got\n%s\nwant\n%s", path, version, i, got[i], want[i])
				}
			}
			if len(want) != len(got) {
				t.Errorf("%s as %s: %d lines, want %d", path, version, len(got), len(want))
			}
		}
	}
}

var formOnly = regexp.MustCompile(` (?:Element:"[^"]*"|APIVersion:"[^"]*"|V2:true|Schema:\d+)`)

// same writes the model without what only one form has: a panel has a data source of its own only in classic boards.
func same(t *testing.T, data []byte) []string {
	t.Helper()
	b, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b.Panels {
		b.Panels[i].Source = Source{}
	}
	return strings.Split(formOnly.ReplaceAllString(dump(b), ""), "\n")
}
