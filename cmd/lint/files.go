package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gaugewright/internal/input"
	"gaugewright/internal/lint"
)

// ownFiles are the repository's own, from its root.
const ownFiles = "provisioning"

// sources reads the files that are named, or the repository's own.
func (o *options) sources(stdin io.Reader) ([]lint.Source, error) {
	paths := o.paths
	if len(paths) == 0 {
		paths = []string{ownFiles}
		if _, err := os.Stat(ownFiles); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no folder %s here: name files or folders, or run gen first, in the repository's root", ownFiles)
		}
	}
	var all []lint.Source
	seen := map[string]bool{}
	for _, path := range paths {
		var some []lint.Source
		var err error
		if path == "-" {
			some, err = readAll(stdin)
		} else {
			some, err = walk(path)
		}
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			if !seen[s.Path] {
				seen[s.Path] = true
				all = append(all, s)
			}
		}
	}
	return all, nil
}

func readAll(stdin io.Reader) ([]lint.Source, error) {
	data, err := input.All(stdin, input.Document)
	return []lint.Source{{Path: "stdin", Data: data, IsNamed: true}}, err
}

// walk reads a file, or the files of a folder that may hold boards or rules. Folders whose names begin with a dot are left
// out.
func walk(root string) ([]lint.Source, error) {
	var all []lint.Source
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir() || name != root && !lint.Reads(name):
			return nil
		}
		if info, err := os.Stat(name); name != root && (err != nil || !info.Mode().IsRegular()) {
			return nil // gone since it was listed, a link to a folder, a pipe
		}
		data, err := input.File(name, input.Document)
		var inPath *fs.PathError
		if errors.As(err, &inPath) {
			err = inPath.Err // the finding has the path already
		}
		all = append(all, lint.Source{Path: filepath.ToSlash(name), Data: data, Err: err, IsNamed: name == root})
		return nil
	})
	if inPath := (*fs.PathError)(nil); errors.As(err, &inPath) {
		err = fmt.Errorf("%s: %w", inPath.Path, inPath.Err) // without the name of the system call
	}
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: no .json, .yml or .yaml file there", root)
	}
	return all, err
}
