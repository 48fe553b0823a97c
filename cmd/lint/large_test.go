package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaugewright/internal/input"
)

// TestLargeFile: a file over the limit is named, and does not hide the others.
func TestLargeFile(t *testing.T) {
	folder := t.TempDir()
	board := `{"uid": "a", "title": "A", "panels": [{"id": 1, "title": "B", "type": "stat", "targets": [{"refId": "A", "expr": "sum("}]}]}`
	if err := os.WriteFile(filepath.Join(folder, "small.json"), []byte(board), 0o644); err != nil {
		t.Fatal(err)
	}
	large := filepath.Join(folder, "large.json")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, input.Document+1); err != nil { // takes no room on the disk
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run([]string{folder}, nil, &stdout, &stderr)
	if code != 2 || !strings.Contains(stderr.String(), "large.json: larger than 16 MiB") || !strings.Contains(stdout.String(), "small.json") {
		t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
	}
}
