package provision

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
)

// folder is the output folder. All access goes through an os.Root, so that no name, ledger or symbolic link leads out
// of it.
type folder struct {
	root *os.Root
	name string // as the user wrote it
}

func openFolder(name string) (folder, error) {
	root, err := os.OpenRoot(name)
	return folder{root: root, name: name}, err
}

// makeOutput makes the output folder if it is missing. Like the folders in it, it is readable for the users of
// Grafana and Prometheus, whatever the umask.
func makeOutput(name string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	err := os.Mkdir(name, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return cmp.Or(err, os.Chmod(name, 0o755))
}

// fail names the file and what went wrong once, with the path as the user wrote it.
func (f folder) fail(name string, err error) error {
	var inPath *fs.PathError
	var inLink *os.LinkError
	switch {
	case errors.As(err, &inPath):
		err = inPath.Err
	case errors.As(err, &inLink):
		err = inLink.Err
	}
	return fmt.Errorf("%s: %w", oneLine(f.path(name)), err)
}

// path returns a name in the folder as the user would type it.
func (f folder) path(name string) string {
	return filepath.Join(f.name, filepath.FromSlash(name))
}

// kind is the kind of a name in the folder.
type kind int

const (
	absent kind = iota
	regular
	directory
	other // a link, a pipe, a device: replaced or removed as itself, never opened
)

func (f folder) kind(name string) (kind, error) {
	info, err := f.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return absent, nil
	case err != nil:
		return absent, f.fail(name, err)
	case info.Mode().IsRegular():
		return regular, nil
	case info.IsDir():
		return directory, nil
	}
	return other, nil
}

// errLarge is the cause of an error for a file that is too large to be read.
var errLarge = errors.New("larger than anything that gen writes there")

// read returns the bytes of a regular file, and nil for anything else. More than most bytes are errLarge.
func (f folder) read(name string, most int) ([]byte, kind, error) {
	kind, err := f.kind(name)
	if err != nil || kind != regular {
		return nil, kind, err
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, kind, f.fail(name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(most)+1))
	if err == nil && len(data) > most {
		err = errLarge
	}
	if err != nil {
		return nil, kind, f.fail(name, err)
	}
	return data, kind, nil
}

// makeFolders makes the missing folders above a file.
func (f folder) makeFolders(name string) error {
	lacking := slices.Collect(above(name))
	slices.Reverse(lacking)
	for _, dir := range lacking {
		err := f.root.Mkdir(dir, 0o755)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			err = f.root.Chmod(dir, 0o755)
		}
		if err != nil {
			return f.fail(dir, err)
		}
	}
	return nil
}

// temporary matches the name of a file while it is written. It does not end in .json or .yml, so that Grafana and
// Prometheus, which watch the folder, never read half a file.
var temporary = regexp.MustCompile(`^\.gaugewright-[0-9a-f]{16}\.tmp$`)

func isTemporary(entry os.DirEntry) bool {
	return entry.Type().IsRegular() && temporary.MatchString(entry.Name())
}

// stage writes a file next to its final place, down to the disk, and returns its name. A rename then puts it in place
// whole.
func (f folder) stage(file File) (staged string, err error) {
	if err := f.makeFolders(file.Path); err != nil {
		return "", err
	}
	staged = path.Join(path.Dir(file.Path), fmt.Sprintf(".gaugewright-%016x.tmp", rand.Uint64()))
	out, err := f.root.OpenFile(staged, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", f.fail(file.Path, err)
	}
	_, err = out.Write(file.Data)
	err = cmp.Or(err, out.Chmod(0o644), out.Sync(), out.Close())
	if err != nil {
		f.root.Remove(staged)
		return "", f.fail(file.Path, err)
	}
	return staged, nil
}
