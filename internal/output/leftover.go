package output

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
)

// temporary matches the name of a file while it is written, in the form that the generator of boards uses too. It does not
// end in .json, .yml, .go or .svg, so that whoever watches the folder never reads half a file.
var temporary = regexp.MustCompile(`^\.gaugewright-([0-9a-f]{8})[0-9a-f]{8}\.tmp$`)

// stagedName returns a new name for a file while it is written. Its first half stands for the file's own name, so that two
// commands can write different files in one folder at the same time.
func stagedName(base string) string {
	return fmt.Sprintf(".gaugewright-%s%08x.tmp", half(base), rand.Uint32())
}

func half(base string) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(base))) }

// Tidy removes what runs that were killed left beside these files.
func Tidy(paths ...string) error {
	folders := map[string]map[string]bool{} // the halves of the names in each
	for _, path := range paths {
		folder := filepath.Dir(path)
		if folders[folder] == nil {
			folders[folder] = map[string]bool{}
		}
		folders[folder][half(filepath.Base(path))] = true
	}
	for folder, halves := range folders {
		if err := tidy(folder, halves); err != nil {
			return fmt.Errorf("%s: what a run that was killed left there cannot be removed: %w", folder, bare(err))
		}
	}
	return nil
}

func tidy(folder string, halves map[string]bool) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		found := temporary.FindStringSubmatch(entry.Name())
		if found == nil || !halves[found[1]] || !entry.Type().IsRegular() {
			continue
		}
		if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
