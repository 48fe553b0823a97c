package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestInterrupt: an interrupt ends the command while it waits for Git, with nothing but a message.
func TestInterrupt(t *testing.T) {
	folder := t.TempDir()
	const hung = "#!/bin/sh\nkill -INT $PPID\nexec sleep 60\n"
	if err := os.WriteFile(filepath.Join(folder, "git"), []byte(hung), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	began := time.Now()
	var stdout, stderr bytes.Buffer
	if code := run([]string{"main"}, &stdout, &stderr); code != 2 || stdout.String() != "" || stderr.String() != "diff: interrupted\n" {
		t.Errorf("exit %d: %s%s", code, &stdout, &stderr)
	}
	t.Log(time.Since(began))
}
