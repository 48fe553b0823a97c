package repository

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPicturesAreSmall: a picture has at most 150 kB, so that the README and a pull request show it at once, and the
// repository's history stays small.
func TestPicturesAreSmall(t *testing.T) {
	const most = 150_000
	pictures, err := filepath.Glob("dashboards/pictures/*.svg")
	if err != nil || len(pictures) == 0 {
		t.Fatal("no pictures:", err)
	}
	for _, path := range pictures {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > most {
			t.Errorf("%s has %d bytes, more than %d", path, info.Size(), most)
		}
	}
}
