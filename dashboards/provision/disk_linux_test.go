package provision_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gaugewright/dashboards"
)

// TestModes: Grafana and Prometheus read the files as users of their own, whatever the umask of who ran gen.
func TestModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	old := syscall.Umask(0o077)
	t.Cleanup(func() { syscall.Umask(old) })
	gen(t, 0, []dashboards.Board{board("go-a", "")}, "-out", dir)
	for path, info := range tree(t, dir) {
		want := fs.FileMode(0o644)
		if info.IsDir() {
			want = 0o755
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
}

// smallDisk mounts a file system of that many bytes and returns where.
func smallDisk(t *testing.T, size int) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("mounting a small disk needs root")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 0) })
	return dir
}

func largeBoards(size int) []dashboards.Board {
	var boards []dashboards.Board
	for i := range 8 {
		boards = append(boards, board(fmt.Sprintf("go-%d", i), strings.Repeat("x", size)))
	}
	return boards
}

// TestFullDisk: a disk that fills up leaves the old files whole and nothing else.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, 1<<20)
	old := largeBoards(32 << 10)
	gen(t, 0, old, "-out", dir)
	before := tree(t, dir)
	said := gen(t, 2, largeBoards(120<<10), "-out", dir)
	if !strings.HasPrefix(said, "gen: "+dir) || !strings.HasSuffix(said, ".json: no space left on device; no file was changed\n") ||
		strings.Count(said, "\n") != 1 {
		t.Errorf("gen on a full disk said:\n%s", said)
	}
	if said := gen(t, 0, old, "-check", "-out", dir); said != "" {
		t.Errorf("after the disk was full the old files differ:\n%s", said)
	}
	for path, now := range tree(t, dir) {
		if was := before[path]; was == nil || !os.SameFile(was, now) {
			t.Errorf("%s was touched", path)
		}
	}
}

// TestReadOnlyDisk: an error, and -check still works.
func TestReadOnlyDisk(t *testing.T) {
	dir := smallDisk(t, 1<<20)
	old := largeBoards(1 << 10)
	gen(t, 0, old, "-out", dir)
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("the disk cannot be made read-only here: %v", err)
	}
	said := gen(t, 2, largeBoards(2<<10), "-out", dir)
	if !strings.HasSuffix(said, ": read-only file system; no file was changed\n") || strings.Count(said, "\n") != 1 {
		t.Errorf("gen on a read-only disk said:\n%s", said)
	}
	gen(t, 0, old, "-check", "-out", dir)
	gen(t, 0, old, "-out", dir)
}

// TestUnwritableFolder: for a user whom permissions stop, which they do not do to root.
func TestUnwritableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("permissions do not stop root")
	}
	dir := t.TempDir()
	gen(t, 0, largeBoards(1), "-out", dir)
	if err := os.Chmod(dir+"/grafana/dashboards", 0o555); err != nil {
		t.Fatal(err)
	}
	said := gen(t, 2, largeBoards(2), "-out", dir)
	if !strings.HasSuffix(said, ": permission denied; no file was changed\n") {
		t.Errorf("gen on an unwritable folder said:\n%s", said)
	}
}
