package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gaugewright/internal/input"
)

// replace gives the file the content and reports whether that changed it. It makes the folder if needed. It writes to
// a new file next to it, then renames that; on an error the file stays as it was.
func replace(path string, content []byte) (changed bool, err error) {
	old, err := readRegular(path)
	if err == nil && bytes.Equal(old, content) {
		return false, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("%s: cannot be replaced: %w", path, bare(err))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return false, fmt.Errorf("%s: cannot make its folder: %w", path, bare(err))
	}
	temporary, err := writeBeside(path, content)
	if err != nil {
		return false, fmt.Errorf("%s: cannot write in its folder: %w", path, bare(err))
	}
	if err := os.Rename(temporary, path); err != nil {
		os.Remove(temporary)
		return false, fmt.Errorf("%s: cannot be replaced: %w", path, bare(err))
	}
	return true, nil
}

// readRegular reads a regular file: not a folder or a device.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	return input.File(path, input.Document)
}

// writeBeside writes a new file in the folder of path and returns its name. Go ignores files that begin with a dot.
func writeBeside(path string, content []byte) (name string, err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err != nil {
		os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

// bare returns the cause without the operation and the path, which the message already has.
func bare(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
