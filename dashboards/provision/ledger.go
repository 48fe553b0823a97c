package provision

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// ledgerPath is the file that lists what gen wrote. Only listed files that are no longer made are removed. It has
// just the file names, sorted, one on a line, so that two branches that each add a board merge without a conflict.
const ledgerPath = ".generated"

// Limits of a ledger, in bytes. A line is a path, and no system has longer ones.
const (
	maxLedger = 1 << 20
	maxLine   = 4096
)

func ledgerFile(listed []string) File {
	sorted := slices.Compact(slices.Sorted(slices.Values(listed)))
	var text strings.Builder
	for _, name := range sorted {
		text.WriteString(name + "\n")
	}
	return File{Path: ledgerPath, Data: []byte(text.String())}
}

// parseLedger returns the names in a ledger that gen could have written: plain, and inside the folder.
func parseLedger(text []byte) []string {
	var listed []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		if len(line) > maxLine {
			continue
		}
		inside := fs.ValidPath(line) && filepath.IsLocal(filepath.FromSlash(line)) && path.Clean(line) != "."
		if inside && generatedPath.allows(line) && line != ledgerPath {
			listed = append(listed, line)
		}
	}
	return listed
}
