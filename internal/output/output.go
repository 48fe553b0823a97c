// Package output writes the files that commands make: catalogues, baselines, pictures, and mended boards. A file is replaced
// only if the command made it, which its first line says, or if its owner named it to be changed. It is written whole beside
// its place and then renamed, so that nobody sees a part of it, whatever happens: an error, a full disk, the end of the
// process. What such an end leaves behind, the next run removes.
//
// The package does not follow links and does not write to devices. It keeps the permissions of a file, but not its owner
// or its other names. A folder with a list of what is in it is another thing, of the generator of boards.
package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Read returns a file that begins with mark, and nil if there is none or it is empty. What does not begin so is somebody
// else's: that is an error, as is what is no file.
func Read(path, mark string) ([]byte, error) {
	old, _, err := read(path)
	if err == nil && len(old) > 0 && !bytes.HasPrefix(old, []byte(mark)) {
		err = fmt.Errorf("%s: it was not written by this command, since it does not begin with %q: "+
			"move it away, or name another file", path, firstLine(mark))
	}
	if err != nil {
		return nil, err
	}
	return old, nil
}

// Write gives a file that begins with mark its content, which does so too, and reports whether that changed it. It makes the
// folder if needed. On an error the file is as it was.
func Write(path, mark string, content []byte) (changed bool, err error) {
	old, err := Read(path, mark)
	if err != nil {
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return false, fmt.Errorf("%s: cannot make its folder: %w", path, bare(err))
	}
	if err := Tidy(path); err != nil {
		return false, err
	}
	if old != nil && bytes.Equal(old, content) {
		return false, nil
	}
	err = replace(path, content)
	return err == nil, err
}

// Rewrite changes a file of whatever content, which its owner named, if it still is what was read. On an error it is as it
// was.
func Rewrite(path string, was, content []byte) error {
	old, mode, err := read(path)
	switch {
	case err != nil:
		return err
	case mode == 0:
		return fmt.Errorf("%s: it is gone since it was read", path)
	case !bytes.Equal(old, was):
		return fmt.Errorf("%s: somebody changed it since it was read: run this again", path)
	}
	return replace(path, content)
}

// read returns the bytes and the permissions of a file that may be replaced. Without a file both are zero.
func read(path string) ([]byte, fs.FileMode, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, nil
	case err != nil:
		return nil, 0, fmt.Errorf("%s: cannot be replaced: %w", path, bare(err))
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, 0, fmt.Errorf("%s: cannot be replaced: it is a link: name the file that it leads to", path)
	case !info.Mode().IsRegular():
		return nil, 0, fmt.Errorf("%s: cannot be replaced: not a regular file", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: cannot be replaced: %w", path, bare(err))
	}
	return data, info.Mode(), nil
}

// replace writes the content beside the file and renames it. A file that its owner made read-only stays.
func replace(path string, content []byte) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("%s: cannot be replaced: it is read-only: chmod u+w makes it writable", path)
	}
	mode := fs.FileMode(0)
	if err == nil {
		mode = info.Mode().Perm()
	}
	staged, err := stage(path, content, mode)
	if err != nil {
		return fmt.Errorf("%s: cannot write in its folder, so it is as it was: %w", path, bare(err))
	}
	if err := os.Rename(staged, path); err != nil {
		os.Remove(staged)
		return fmt.Errorf("%s: cannot be replaced: %w", path, bare(err))
	}
	return nil
}

// stage writes a new file beside path, down to the disk, and returns its name. Mode 0 stands for that of a new file.
func stage(path string, content []byte, mode fs.FileMode) (staged string, err error) {
	staged = filepath.Join(filepath.Dir(path), stagedName(filepath.Base(path)))
	file, err := os.OpenFile(staged, os.O_WRONLY|os.O_CREATE|os.O_EXCL, cmp.Or(mode, 0o644))
	if err != nil {
		return "", err
	}
	_, err = file.Write(content)
	if mode != 0 { // the umask does not count for a file that is there
		err = cmp.Or(err, file.Chmod(mode))
	}
	if err = errors.Join(cmp.Or(err, file.Sync()), file.Close()); err != nil {
		os.Remove(staged)
		return "", err
	}
	return staged, nil
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

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
