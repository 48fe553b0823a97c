package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/output/outputtest"
	"gaugewright/internal/preview/picture"
)

// TestKilled: pictures are whole, whenever the command that writes them ends.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	recordRun(t, filepath.Join(dir, picture.Run))
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
	outputtest.Kill(t, outputtest.Writer{
		Command: "preview", Dir: dir, Folder: filepath.Join(dir, "pictures"),
		Args: func(i int) []string {
			return []string{"-svg", "pictures", "-boards", fmt.Sprint("boards", i, "/*.json")}
		},
	})
}

// recordRun writes a small run, so that a command that is to be killed soon writes.
func recordRun(t *testing.T, path string) {
	t.Helper()
	e, err := engine.New([]engine.Series{{
		Labels: map[string]string{"__name__": "up"}, Samples: []engine.Sample{{T: time.Unix(1e9, 0), V: 1}, {T: time.Unix(1e9+10, 0), V: 1}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var run bytes.Buffer
	err = recorded.Write(&run, e)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path, run.Bytes(), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
