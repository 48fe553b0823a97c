package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gaugewright/internal/lint"
)

// ownFiles are the repository's own, from its root.
const ownFiles = "provisioning"

// mostInput bounds standard input; a file beyond the limit of a board is an error of its own.
const mostInput = 64 << 20

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
			some, err = input(stdin)
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

func input(stdin io.Reader) ([]lint.Source, error) {
	data, err := io.ReadAll(io.LimitReader(stdin, mostInput))
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
		data, err := os.ReadFile(name)
		all = append(all, lint.Source{Path: filepath.ToSlash(name), Data: data, IsNamed: name == root})
		return err
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: no .json, .yml or .yaml file there", root)
	}
	return all, err
}
