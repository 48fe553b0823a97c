package provision

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"syscall"
)

// state is what is wrong with something in the output folder, in the words of -check.
type state string

const (
	stale         state = "stale: not what gen makes"
	missing       state = "missing"
	obsolete      state = "stale: no longer made"
	leftover      state = "left behind by a run that was killed"
	foreign       state = "foreign: gen did not write it"
	foreignFolder state = "foreign folder: gen did not make it"
	taken         state = "foreign, and in the way of what gen makes"
)

// finding is a path in the output folder with something wrong.
type finding struct {
	path  string
	state state
}

// survey is the difference between gen's files and the folder.
type survey struct {
	folder   folder
	files    map[string]File
	listed   map[string]bool // in the ledger; the ledger itself counts as listed
	ledger   []byte          // the current ledger, nil if there is none
	findings []finding       // sorted by path
}

// look compares. It reads only gen's files and their folders: a folder that gen does not know is one finding.
func look(f folder, files []File) (*survey, error) {
	s := &survey{folder: f, files: map[string]File{}, listed: map[string]bool{ledgerPath: true}}
	for _, file := range files {
		s.files[file.Path] = file
	}
	for _, step := range []func() error{s.readLedger, s.compareFiles, s.findObsolete, s.findStrays} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(s.findings, func(a, b finding) int { return cmp.Compare(a.path, b.path) })
	return s, nil
}

func (s *survey) add(path string, state state) {
	s.findings = append(s.findings, finding{path: path, state: state})
}

func (s *survey) count(state state) int {
	n := 0
	for _, found := range s.findings {
		if found.state == state {
			n++
		}
	}
	return n
}

func (s *survey) readLedger() error {
	data, _, err := s.folder.read(ledgerPath, maxLedger)
	if err != nil {
		return fmt.Errorf("%w: restore it, or remove it and run gen again", err)
	}
	s.ledger = data
	for _, name := range parseLedger(data) {
		s.listed[name] = true
	}
	return nil
}

func (s *survey) compareFiles() error {
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		data, kind, err := s.folder.read(name, len(s.files[name].Data))
		switch {
		case err != nil && !errors.Is(err, errLarge):
			return err
		case kind == absent:
			s.add(name, missing)
		case kind == regular && err == nil && bytes.Equal(data, s.files[name].Data):
		case kind == directory || !s.listed[name]:
			s.add(name, taken) // Never removed silently: it may be the user's own.
		default:
			s.add(name, stale)
		}
	}
	return nil
}

func (s *survey) findObsolete() error {
	for _, name := range slices.Sorted(maps.Keys(s.listed)) {
		if _, made := s.files[name]; made {
			continue
		}
		kind, err := s.folder.kind(name)
		if err != nil {
			return s.misled(err)
		}
		if kind != absent && kind != directory {
			s.add(name, obsolete)
		}
	}
	return nil
}

// misled says of an error that a line of the ledger led there: nothing else would have.
func (s *survey) misled(err error) error {
	return fmt.Errorf("%w: %s lists it, so remove that line, or restore the file", err, s.folder.path(ledgerPath))
}

// findStrays finds everything next to the generated files.
func (s *survey) findStrays() error {
	folders := s.folders()
	for _, dir := range slices.Sorted(maps.Keys(folders)) {
		entries, err := fs.ReadDir(s.folder.root.FS(), dir)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			continue
		}
		if err != nil && !folders[dir] {
			return s.misled(s.folder.fail(dir, err))
		}
		if err != nil {
			return s.folder.fail(dir, err)
		}
		for _, entry := range entries {
			s.findStray(path.Join(dir, entry.Name()), entry, folders)
		}
	}
	return nil
}

func (s *survey) findStray(name string, entry os.DirEntry, folders map[string]bool) {
	_, made := s.files[name]
	needed, known := folders[name]
	switch {
	case made || s.listed[name]:
	case known && !entry.Type().IsRegular():
	case needed:
		s.add(name, taken)
	case isTemporary(entry):
		s.add(name, leftover)
	case entry.IsDir():
		s.add(name, foreignFolder)
	default:
		s.add(name, foreign)
	}
}

// folders returns the folders above the files that are made (true) and above those that are only listed (false).
func (s *survey) folders() map[string]bool {
	all := map[string]bool{}
	for name := range s.listed {
		for dir := range above(name) {
			all[dir] = false
		}
	}
	for name := range s.files {
		for dir := range above(name) {
			all[dir] = true
		}
	}
	return all
}

// above yields the folders of a file, the innermost first, the output folder itself (".") last.
func above(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name != "." {
			name = path.Dir(name)
			if !yield(name) {
				return
			}
		}
	}
}
