package provision_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"gaugewright/dashboards"
	"gaugewright/dashboards/provision"
)

// gen runs the generator, demands the exit code and returns what it printed, errors included.
func gen(t *testing.T, code int, boards []dashboards.Board, args ...string) string {
	t.Helper()
	return genServices(t, code, []provision.Service{service(plain(), boards...)}, args...)
}

func genServices(t *testing.T, code int, services []provision.Service, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if got := provision.Run(args, &out, &out, services...); got != code {
		t.Fatalf("gen %q: exit code %d, want %d:\n%s", args, got, code, &out)
	}
	return out.String()
}

func read(t *testing.T, dir, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// tree is what stat says of everything in a folder, by path.
func tree(t *testing.T, dir string) map[string]fs.FileInfo {
	t.Helper()
	all := map[string]fs.FileInfo{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		all[path], err = entry.Info()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTouchesNothing runs gen again and finds the same inodes and times, of the folders too. A change of one board touches
// one file.
func TestTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	gen(t, 0, []dashboards.Board{board("go-a", "one"), board("go-b", "")}, "-out", dir)
	before := tree(t, dir)
	gen(t, 0, []dashboards.Board{board("go-a", "one"), board("go-b", "")}, "-out", dir)
	for path, now := range tree(t, dir) {
		if was := before[path]; was == nil || !os.SameFile(was, now) || !was.ModTime().Equal(now.ModTime()) {
			t.Errorf("%s was touched by a run that had nothing to do", path)
		}
	}
	gen(t, 0, []dashboards.Board{board("go-a", "two"), board("go-b", "")}, "-out", dir)
	for path, now := range tree(t, dir) {
		touched := !os.SameFile(before[path], now)
		if want := filepath.Base(path) == "go-a.json"; touched != want {
			t.Errorf("%s: replaced is %v, want %v, when only go-a changed", path, touched, want)
		}
	}
}
