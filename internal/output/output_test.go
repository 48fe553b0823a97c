package output

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const mark = "// made by a test\n"

// place makes a folder with a file in it, or without one, and returns the file's path.
func place(t *testing.T, content string, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.go")
	if mode != 0 {
		put(t, path, content, mode)
	}
	return path
}

func put(t *testing.T, path, content string, mode fs.FileMode) {
	t.Helper()
	err := os.WriteFile(path, []byte(content), mode)
	if err == nil {
		err = os.Chmod(path, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// holds fails the test unless the folder has this file alone, with this content and these permissions.
func holds(t *testing.T, path, content string, mode fs.FileMode) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || string(data) != content {
		t.Errorf("%q, %v, want %q", data, err, content)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
		t.Errorf("%v, %v, want %o", info.Mode(), err, mode)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v: something was left behind", entries, err)
	}
}

// TestWrite: what a command made, and what is empty, is replaced, with its permissions; nothing else is.
func TestWrite(t *testing.T) {
	const made = mark + "new\n"
	for name, test := range map[string]struct {
		old    string
		mode   fs.FileMode // of the old file; 0 without one
		is     string      // then
		isMode fs.FileMode
		err    string
	}{
		"none":      {"", 0, made, 0o644, ""},
		"empty":     {"", 0o600, made, 0o600, ""},
		"private":   {mark + "old\n", 0o600, made, 0o600, ""},
		"a program": {mark, 0o755, made, 0o755, ""},
		"equal":     {made, 0o444, made, 0o444, ""},
		"read-only": {mark, 0o444, mark, 0o444, "it is read-only"},
		"foreign":   {"package main\n", 0o644, "package main\n", 0o644, `it does not begin with "// made by a test"`},
		"a part":    {mark[:9], 0o644, mark[:9], 0o644, "it does not begin with"},
		"later":     {"\n" + mark, 0o644, "\n" + mark, 0o644, "it does not begin with"},
	} {
		t.Run(name, func(t *testing.T) {
			path := place(t, test.old, test.mode)
			changed, err := Write(path, mark, []byte(made))
			if got := fmt.Sprint(err); test.err == "" && err != nil || !strings.Contains(got, test.err) {
				t.Errorf("error %q, want %q", got, test.err)
			}
			if want := test.old != made && test.err == ""; changed && !want || want && !changed {
				t.Errorf("changed: %t", changed)
			}
			holds(t, path, test.is, test.isMode)
		})
	}
}

// TestNoFile: links and what is no file stay what they are.
func TestNoFile(t *testing.T) {
	for name, test := range map[string]struct {
		make func(path string) error
		err  string
	}{
		"a link":          {func(path string) error { return os.Symlink("/etc/hostname", path) }, "it is a link"},
		"a link to none":  {func(path string) error { return os.Symlink("none", path) }, "it is a link"},
		"a folder":        {func(path string) error { return os.Mkdir(path, 0o755) }, "not a regular file"},
		"below a file":    {func(path string) error { return os.RemoveAll(filepath.Dir(path)) }, "not a directory"},
		"a link to /dev/": {func(path string) error { return os.Symlink("/dev/null", path) }, "it is a link"},
	} {
		t.Run(name, func(t *testing.T) {
			path := place(t, "", 0)
			if err := test.make(path); err != nil {
				t.Fatal(err)
			}
			if name == "below a file" {
				put(t, filepath.Dir(path), "", 0o644)
			}
			before, _ := os.Lstat(path)
			_, err := Write(path, mark, []byte(mark))
			if again := Rewrite(path, nil, []byte("x")); err == nil || again == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("%v and %v, want %s", err, again, test.err)
			}
			if now, _ := os.Lstat(path); before != nil && (now == nil || before.Mode() != now.Mode()) {
				t.Errorf("%v is now %v", before, now)
			}
		})
	}
}

// TestRewrite: a file of somebody is changed only if it is what was read, and keeps its permissions.
func TestRewrite(t *testing.T) {
	path := place(t, "theirs", 0o640)
	if err := Rewrite(path, []byte("theirs"), []byte("mended")); err != nil {
		t.Error(err)
	}
	holds(t, path, "mended", 0o640)
	if err := Rewrite(path, []byte("theirs"), []byte("lost")); err == nil || !strings.Contains(err.Error(), "somebody changed it") {
		t.Error(err)
	}
	holds(t, path, "mended", 0o640)
	if err := Rewrite(path+"x", nil, []byte("new")); err == nil || !strings.Contains(err.Error(), "it is gone") {
		t.Error(err)
	}
	holds(t, path, "mended", 0o640)
}

// TestLeftovers: what a killed run left is removed, also where nothing is to be written; what other files' runs left or
// still write, and what only looks alike, stays.
func TestLeftovers(t *testing.T) {
	path := place(t, mark, 0o644)
	folder := filepath.Dir(path)
	put(t, filepath.Join(folder, stagedName("made.go")), "half", 0o600)
	put(t, filepath.Join(folder, stagedName("made.go")), "half", 0o600)
	if _, err := Write(path, mark, []byte(mark)); err != nil {
		t.Fatal(err)
	}
	holds(t, path, mark, 0o644)
	others := []string{stagedName("other.go"), stagedName("made.go") + "x", ".gaugewright-.tmp"}
	for _, name := range others {
		put(t, filepath.Join(folder, name), "", 0o600)
	}
	if err := Tidy(path, filepath.Join(folder, "third.go")); err != nil {
		t.Fatal(err)
	}
	for _, name := range others {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	if err := Tidy(filepath.Join(folder, "none", "x")); err == nil {
		t.Error("no folder is no error")
	}
}
