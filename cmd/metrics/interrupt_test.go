package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestInterrupt: an interrupt ends the command while it waits for a page, from a server or from a pipe, with nothing but a
// message and no file.
func TestInterrupt(t *testing.T) {
	folder := t.TempDir()
	pipe, catalogue := filepath.Join(folder, "pipe"), filepath.Join(folder, "catalogue.go")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	interruptSelf := func() {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Error(err)
		}
	}
	hung := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { interruptSelf(); <-hung }))
	defer server.Close()
	defer close(hung)
	for _, source := range []string{server.URL, pipe} {
		if source == pipe {
			go func() {
				writer, err := os.OpenFile(pipe, os.O_WRONLY, 0) // as soon as metrics reads
				if interruptSelf(); err == nil {
					<-hung
					writer.Close()
				}
			}()
		}
		var stdout, stderr bytes.Buffer
		began := time.Now()
		code := run([]string{"-o", catalogue, "-package", "x", source}, &stdout, &stderr)
		if code != 2 || stdout.String() != "" || stderr.String() != "metrics: interrupted\n" {
			t.Errorf("%s: exit %d: %s%s", source, code, &stdout, &stderr)
		}
		t.Logf("%s: %s", source, time.Since(began))
	}
	if _, err := os.Stat(catalogue); err == nil {
		t.Error("an interrupted run wrote the catalogue")
	}
}
