// Package tree reads the files of one side of a comparison: of a folder, a file, or a commit. Git is read through its
// command, so that nothing has to be checked out. It decides nothing about what the files say.
package tree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"gaugewright/internal/diff"
)

// Tree is where one side's files are.
type Tree struct {
	// Root is what the paths of the files are below: a folder, or a file alone. In a commit it counts from the current
	// folder.
	Root   string
	Commit string // empty: the files on the disk
	// Tracked takes from the disk only what Git tracks or would track.
	Tracked bool
	isNamed bool // somebody asked for just this root
}

// Named returns the tree that an argument names: a folder, a file, a ref, or REF:PATH. A ref is read below root.
func Named(ctx context.Context, name, root string) (Tree, error) {
	_, err := os.Lstat(name)
	isPath := err == nil
	if isPath && (filepath.IsAbs(name) || strings.HasPrefix(name, ".")) {
		return Tree{Root: name, isNamed: true}, nil
	}
	ref, below, hasPath := strings.Cut(name, ":")
	commit, err := Commit(ctx, ref)
	switch {
	case isPath && err == nil && !hasPath:
		return Tree{}, fmt.Errorf("%s is both a path and a ref: write ./%s for the path, %s:%s for the ref", name, name, name, root)
	case isPath:
		return Tree{Root: name, isNamed: true}, nil
	case err != nil && strings.ContainsAny(name, "/.") && !hasPath && !errors.Is(err, errNoGit):
		return Tree{}, fmt.Errorf("%w; and there is no file or folder of that name", err)
	case err != nil:
		return Tree{}, err
	case hasPath:
		return Tree{Root: path.Clean(below), Commit: commit, isNamed: true}, nil
	}
	return Tree{Root: root, Commit: commit}, nil
}

// Load reads the files that may hold boards, rules or configurations. Their paths are those below the root; a root that
// is a file alone has the path "".
func (t Tree) Load(ctx context.Context) ([]diff.File, error) {
	var files []diff.File
	var err error
	switch {
	case t.Commit != "":
		files, err = committed(ctx, t.Commit, t.Root)
	case t.Tracked:
		files, err = tracked(ctx, t.Root)
	default:
		files, err = walk(ctx, t.Root)
	}
	if err == nil && len(files) == 0 && t.isNamed {
		err = fmt.Errorf("%s: no .json, .yml or .yaml file there", t.Root)
	}
	return files, err
}

// Names returns the names of the files in a folder of the same commit, working tree or folder. The folder counts from the
// repository's top, or from the root where that is not in Git. Where it is not there, nor is any file.
func (t Tree) Names(ctx context.Context, folder string) (map[string]bool, error) {
	names := map[string]bool{}
	if t.Commit != "" {
		out, err := git(ctx, "", "ls-tree", "-z", "--name-only", "--full-tree", t.Commit, "--", folder+"/")
		for name := range strings.SplitSeq(string(out), "\x00") {
			names[path.Base(name)] = true
		}
		return names, err
	}
	top := t.Root
	if t.Tracked {
		out, err := git(ctx, "", "rev-parse", "--show-toplevel")
		if err != nil {
			return nil, err
		}
		top = strings.TrimSuffix(string(out), "\n")
	}
	entries, err := os.ReadDir(filepath.Join(top, folder))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // a root may be a file alone
		err = nil
	}
	for _, entry := range entries {
		names[entry.Name()] = true
	}
	return names, err
}

// walk reads a folder or a file. Folders whose names begin with a dot are left out.
func walk(ctx context.Context, root string) ([]diff.File, error) {
	if target, err := filepath.EvalSymlinks(root); err == nil {
		root = target
	}
	var files []diff.File
	in := newIntake(ctx)
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir() || name != root && !diff.Reads(name):
			return nil
		}
		files, err = in.read(files, root, name)
		return err
	})
	return files, err
}

// read adds a file. What is no regular file is left out, unless it is the one that is named.
func (in *intake) read(files []diff.File, root, name string) ([]diff.File, error) {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) { // gone since it was listed, or a link to nowhere
		return files, nil
	}
	if err != nil || !info.Mode().IsRegular() && name != root {
		return files, err
	}
	below, err := filepath.Rel(root, name)
	if err != nil {
		return files, err
	}
	f, err := in.file(strings.TrimPrefix(filepath.ToSlash(below), "."), name)
	if err != nil {
		return files, err
	}
	return append(files, f), nil
}
