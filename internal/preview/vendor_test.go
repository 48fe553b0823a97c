package preview

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
)

// TestVendored: uPlot is the one that its npm package has, file by file.
func TestVendored(t *testing.T) {
	const folder = "page/vendor/uplot"
	sums, err := page.ReadFile(folder + "/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{"SHA256SUMS": true, "VERSION": true}
	for lines := bufio.NewScanner(bytes.NewReader(sums)); lines.Scan(); {
		want, name, _ := strings.Cut(lines.Text(), "  ")
		data, err := page.ReadFile(path.Join(folder, name))
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", name, got, err, want)
		}
		checked[name] = true
	}
	entries, _ := fs.ReadDir(page, folder)
	for _, e := range entries {
		if !checked[e.Name()] {
			t.Errorf("%s is in no list", e.Name())
		}
	}
	if len(checked) < 5 {
		t.Errorf("only %v is checked", checked)
	}
}

// TestOwnFiles: the page's own files are small, each with one subject, and have nothing inline that its policy refuses.
func TestOwnFiles(t *testing.T) {
	err := fs.WalkDir(page, "page", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(name, "page/vendor/") {
			return err
		}
		data, err := page.ReadFile(name)
		if err != nil {
			return err
		}
		if lines := bytes.Count(data, []byte("\n")); lines > 250 {
			t.Errorf("%s has %d lines: split it by subject", name, lines)
		}
		for _, never := range []string{"style=", "onclick=\"", "innerHTML", "eval(", "http://", "https://"} {
			if bytes.Contains(bytes.ReplaceAll(data, []byte("http://www.w3.org/2000/svg"), nil), []byte(never)) {
				t.Errorf("%s has %s", name, never)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
