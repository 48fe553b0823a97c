package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/output/outputtest"
)

// TestKilled: a catalogue is whole, whenever the command that writes it ends.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	for i, help := range []string{"old", "new, and longer"} {
		var page strings.Builder
		for n := range 300 {
			fmt.Fprintf(&page, "# HELP shop_%d Number %d, %s.\n# TYPE shop_%d gauge\nshop_%d 1\n", n, n, help, n, n)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint("page", i)), []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	outputtest.Kill(t, outputtest.Writer{
		Command: "metrics", Dir: dir, Folder: filepath.Join(dir, "shop"),
		Args: func(i int) []string { return []string{"-o", "shop/shop.go", fmt.Sprint("page", i)} },
	})
}
