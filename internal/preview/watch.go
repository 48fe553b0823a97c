package preview

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// look is how often Watch looks.
const look = 300 * time.Millisecond

// Watch calls changed whenever what stamp returns is another text than before, until the context ends. The first text is
// known: that of the files when they were read. A change during a call leads to another call.
func Watch(ctx context.Context, known string, stamp func() string, changed func()) {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if now := stamp(); now != known {
			known = now
			changed()
		}
	}
}

// Stamp returns a text that changes when a file that matches one of the patterns is written, added or removed.
func Stamp(patterns ...string) string {
	var all strings.Builder
	for _, pattern := range patterns {
		paths, _ := filepath.Glob(pattern) // a wrong pattern matches nothing
		for _, path := range paths {
			if info, err := os.Stat(path); err == nil {
				note(&all, path, info)
			}
		}
	}
	return all.String()
}

// StampTree is Stamp of the files below a folder whose names have an ending.
func StampTree(folder, ending string) string {
	var all strings.Builder
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ending) {
			return nil // what cannot be read has no stamp
		}
		if info, err := entry.Info(); err == nil {
			note(&all, path, info)
		}
		return nil
	})
	return all.String()
}

func note(all *strings.Builder, path string, info fs.FileInfo) {
	fmt.Fprintf(all, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
}
