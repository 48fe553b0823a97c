package output

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk: where there is no space left, the old file stays whole, and nothing else is there.
func TestFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("mounting a small disk needs root")
	}
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=65536"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(folder, 0) })
	path, old := filepath.Join(folder, "made.go"), mark+strings.Repeat("old\n", 5000)
	put(t, path, old, 0o600)
	large := append([]byte(mark), bytes.Repeat([]byte("x"), 1<<20)...)
	if _, err := Write(path, mark, large); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "it is as it was") {
		t.Error(err)
	}
	holds(t, path, old, 0o600)
	if err := Rewrite(path, []byte(old), large); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	holds(t, path, old, 0o600)
}

// TestUmask: a new file has the permissions that its owner wants for new files; an old one keeps its own.
func TestUmask(t *testing.T) {
	before := syscall.Umask(0o077)
	t.Cleanup(func() { syscall.Umask(before) })
	path := place(t, "", 0)
	for _, mode := range []os.FileMode{0o600, 0o664} {
		if _, err := Write(path, mark, []byte(mark+mode.String())); err != nil {
			t.Fatal(err)
		}
		holds(t, path, mark+mode.String(), mode)
		os.Chmod(path, 0o664)
	}
}

// TestPipe: a pipe is not opened, since nobody may ever write to it.
func TestPipe(t *testing.T) {
	path := place(t, "", 0)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := Write(path, mark, []byte(mark)); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Error(err)
	}
}
