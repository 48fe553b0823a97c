package picture

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Write brings a folder up to date, and returns the paths of what it wrote. A file that preview did not make is an error
// before anything is written.
func Write(folder string, pictures []Picture) (written []string, err error) {
	var stale []Picture
	for _, p := range pictures {
		old, err := read(folder, p)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(old, p.Data) {
			stale = append(stale, p)
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	for _, p := range stale {
		path := filepath.Join(folder, p.Name)
		if err := replace(path, p.Data); err != nil {
			return written, err
		}
		written = append(written, path)
	}
	return written, nil
}

// Stale returns the paths of the pictures in a folder that are not as they would be written.
func Stale(folder string, pictures []Picture) (stale []string, err error) {
	for _, p := range pictures {
		old, err := read(folder, p)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(old, p.Data) {
			stale = append(stale, filepath.Join(folder, p.Name))
		}
	}
	return stale, nil
}

// Obsolete returns the paths of the pictures that a folder has of boards that are not there.
func Obsolete(folder string, pictures []Picture) (all []string, err error) {
	made := map[string]bool{}
	for _, p := range pictures {
		made[p.Name] = true
	}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if made[entry.Name()] || filepath.Ext(path) != ".svg" || !entry.Type().IsRegular() {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(data, []byte(mark)) {
			all = append(all, path)
		}
	}
	return all, err
}

// read returns a picture as the folder has it, or nothing. What preview did not make is an error.
func read(folder string, p Picture) ([]byte, error) {
	path := filepath.Join(folder, p.Name)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !bytes.HasPrefix(data, []byte(mark)) {
		err = fmt.Errorf("%s: preview needs this name and did not make what is there: move it away, or name another folder", path)
	}
	return data, err
}

// replace writes a file whole: nobody sees a part of it.
func replace(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".*.svg.new")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // after the rename it is not there
	_, err = file.Write(data)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
