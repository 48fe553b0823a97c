package diff

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is told into testdata/cases")

// TestCases: each case has an old and a new file, what is told of the change, and what of the way back. Where both are
// classic boards, the same is told with either side in v2, and of the way back in v2.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { testCase(t, path) })
	}
}

func testCase(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sides := map[string][]File{}
	want := map[string]*txtar.File{}
	isClassic := true
	for i, f := range archive.Files {
		side, name, isFile := strings.Cut(f.Name, "/")
		if !isFile {
			want[f.Name] = &archive.Files[i]
			continue
		}
		sides[side] = append(sides[side], File{Path: name, Data: f.Data})
		isClassic = isClassic && strings.HasSuffix(name, ".json") && bytes.Contains(f.Data, []byte(`"panels"`)) && json.Valid(f.Data)
	}
	prints := map[string][]string{}
	check := func(name, version string, old, new []File) {
		t.Helper()
		r := Compare(old, new)
		got := told(r)
		if version == "" {
			prints[name] = fingerprints(r)
		} else if !slices.Equal(prints[name], fingerprints(r)) {
			t.Errorf("%s%s: other fingerprints: %v, not %v", name, version, fingerprints(r), prints[name])
		}
		if *update && version == "" {
			want[name].Data = []byte(got)
		}
		if got != string(want[name].Data) {
			t.Errorf("%s%s: got\n%swant\n%s", name, version, got, want[name].Data)
		}
	}
	old, new := sides["old"], sides["new"]
	check("told", "", old, new)
	check("back", "", new, old)
	if isClassic {
		check("told", ", new in v2", old, inV2(t, new))
		check("told", ", old in v2", inV2(t, old), new)
		check("told", ", both in v2", inV2(t, old), inV2(t, new))
		check("back", ", new in v2", new, inV2(t, old))
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func fingerprints(r *Result) []string {
	var all []string
	for _, s := range r.Sections {
		for _, c := range s.Changes {
			all = append(all, c.Fingerprint)
		}
	}
	return all
}

func inV2(t testing.TB, files []File) []File {
	var all []File
	for _, f := range files {
		all = append(all, File{Path: f.Path, Data: toV2(t, f.Data)})
	}
	return all
}
