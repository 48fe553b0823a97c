package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCommunity: on boards in the manner of those that people share, each error is true: all of them are written down in
// testdata/community/want.txt, and were looked at one by one. go test ./internal/lint -run Community -update writes it.
func TestCommunity(t *testing.T) {
	paths, err := filepath.Glob("testdata/community/*")
	if err != nil {
		t.Fatal(err)
	}
	var sources []Source
	for _, path := range paths {
		if strings.HasSuffix(path, ".txt") {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, Source{Path: filepath.Base(path), Data: data, IsNamed: true})
	}
	if len(sources) < 20 {
		t.Fatalf("only %d boards", len(sources))
	}
	files := Read(sources)
	for _, f := range files.Unread {
		t.Error(f)
	}
	var got strings.Builder
	for _, f := range Lint(files, NewMetrics()).Findings {
		if f.Severity == Error {
			got.WriteString(Text(f))
		}
	}
	const want = "testdata/community/want.txt"
	if *update {
		if err := os.WriteFile(want, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	expected, err := os.ReadFile(want)
	if err != nil || string(expected) != got.String() {
		t.Errorf("%v: the errors are not those expected:\n%s", err, &got)
	}
}
