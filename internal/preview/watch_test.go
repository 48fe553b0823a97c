package preview

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
)

// TestStamp: a stamp changes when a file is written, added or removed, and only with files that count.
func TestStamp(t *testing.T) {
	folder := t.TempDir()
	file := func(name, text string) {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file("a.json", "1")
	flat := func() string { return Stamp(filepath.Join(folder, "*.json"), "[", "") }
	tree := func() string { return StampTree(folder, ".go") }
	for _, step := range []struct {
		name       string
		do         func()
		flat, tree bool // changes
	}{
		{"nothing", func() {}, false, false},
		{"a longer file", func() { file("a.json", "12") }, true, false},
		{"another file", func() { file("b.json", "") }, true, false},
		{"a file that does not count", func() { file("c.txt", "") }, false, false},
		{"a Go file", func() { file("deep/er/d.go", "") }, false, true},
		{"the time of a file", func() { _ = os.Chtimes(filepath.Join(folder, "deep/er/d.go"), noon, noon) }, false, true},
		{"a file less", func() { _ = os.Remove(filepath.Join(folder, "b.json")) }, true, false},
	} {
		flatBefore, treeBefore := flat(), tree()
		step.do()
		if flat() != flatBefore != step.flat || tree() != treeBefore != step.tree {
			t.Errorf("%s: %q and %q", step.name, flat(), tree())
		}
	}
}

// TestWatch: each change leads to a call, also one during a call, and the end of the context ends it.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		stamps, calls := []string{"a", "b", "b", "c", "d", "d"}, 0
		Watch(ctx, "a", func() string {
			if len(stamps) == 0 {
				cancel()
				return "d"
			}
			first := stamps[0]
			stamps = stamps[1:]
			return first
		}, func() { calls++ })
		if calls != 3 {
			t.Errorf("%d calls", calls)
		}
	})
}
