package picture

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"gaugewright/internal/output"
)

// Write brings a folder up to date, and returns the paths of what it wrote. A file that preview did not make is an error
// before anything is written.
func Write(folder string, pictures []Picture) (written []string, err error) {
	for _, p := range pictures {
		if _, err := read(folder, p); err != nil {
			return nil, err
		}
	}
	for _, p := range pictures {
		path := filepath.Join(folder, p.Name)
		changed, err := output.Write(path, mark, p.Data)
		if err != nil {
			return written, err
		}
		if changed {
			written = append(written, path)
		}
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
	return output.Read(filepath.Join(folder, p.Name), mark)
}
