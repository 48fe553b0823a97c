package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gaugewright/internal/output/outputtest"
)

// TestKilled: pictures are whole, whenever the command that writes them ends.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	for i, title := range []string{"old", "new, and longer"} {
		for n := range 3 {
			panel := fmt.Sprintf(`{"title": %q, "type": "text", "options": {"content": "Shop %d"}}`, title, n)
			path := filepath.Join(dir, fmt.Sprint("boards", i), fmt.Sprint("shop-", n, ".json"))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, fmt.Appendf(nil, `{"title": "Shop", "panels": [%s]}`, panel), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	pictures := filepath.Join(dir, "pictures")
	outputtest.Kill(t, outputtest.Writer{
		Command: "preview", Dir: "../..", Folder: pictures,
		Args: func(i int) []string {
			return []string{"-svg", pictures, "-boards", filepath.Join(dir, fmt.Sprint("boards", i), "*.json")}
		},
	})
}
