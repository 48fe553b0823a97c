package repository

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestMain runs the tests in the repository's root, so that paths are the usual ones.
func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// readsAll tells go test that a test reads the repository, itself or through commands: its result is kept only while no file
// changes. The change of folder in TestMain comes before go test takes notes, so it is made again here.
func readsAll(t *testing.T) {
	t.Helper()
	err := os.Chdir(".")
	if err == nil {
		err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() && entry.Name() == ".git" {
				return fs.SkipDir
			}
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}
