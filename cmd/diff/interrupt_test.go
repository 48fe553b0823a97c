package main

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestInterrupt: an interrupt ends the command while it waits for a file, with nothing but a message.
func TestInterrupt(t *testing.T) {
	t.Setenv("GIT_DIFF_PATH_TOTAL", "1") // as Git runs it, for any kind of file
	pipe := filepath.Join(t.TempDir(), "board.json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		writer, err := os.OpenFile(pipe, os.O_WRONLY, 0) // as soon as diff reads
		if err == nil {
			defer writer.Close()
			err = syscall.Kill(os.Getpid(), syscall.SIGINT)
		}
		if err != nil {
			t.Error(err)
		}
		<-ended
	}()
	var stdout, stderr bytes.Buffer
	code := run([]string{"board.json", pipe, "0", "100644", "/dev/null", "0", "0"}, &stdout, &stderr)
	close(ended)
	if code != 2 || stdout.String() != "" || stderr.String() != "diff: interrupted\n" {
		t.Errorf("exit %d: %s%s", code, &stdout, &stderr)
	}
}
