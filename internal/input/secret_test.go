package input

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSecretFile: a token may be in a file or come through a pipe. A pipe has the file's limit, and has to end in time.
func TestSecretFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("token"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := SecretFile(file); err != nil || string(data) != "token" {
		t.Errorf("a file: %q, %v", data, err)
	}
	if _, err := SecretFile("/dev/zero"); !errors.Is(err, ErrNotRegular) {
		t.Errorf("a device: %v", err)
	}
	if data, err := SecretFile(piped(t, "token")); err != nil || string(data) != "token" {
		t.Errorf("a pipe: %q, %v", data, err)
	}
	var large TooLarge
	if _, err := SecretFile(piped(t, strings.Repeat("x", Secret+1))); !errors.As(err, &large) {
		t.Errorf("a long pipe: %v", err)
	}
	if _, err := secretFile(pipe(t), time.Millisecond); err == nil || !strings.Contains(err.Error(), "the pipe did not end within 1ms") {
		t.Errorf("a pipe that nobody writes to: %v", err)
	}
}

// piped returns a pipe into which somebody writes a text.
func piped(t *testing.T, text string) string {
	path := pipe(t)
	go os.WriteFile(path, []byte(text), 0o600)
	return path
}

func pipe(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
