package input

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestFile: a file is read whole up to its limit. What is larger, no file at all, or never ends is refused at once, with
// its path.
func TestFile(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	for _, err := range []error{
		os.WriteFile(at("full"), []byte("1234"), 0o600),
		os.WriteFile(at("over"), []byte("12345"), 0o600),
		os.WriteFile(at("empty"), nil, 0o600),
		os.WriteFile(at("sparse"), nil, 0o600), os.Truncate(at("sparse"), 1<<40),
		os.Symlink("full", at("link")), os.Symlink("link2", at("link2")),
		os.Mkdir(at("folder"), 0o700),
		syscall.Mkfifo(at("pipe"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		at("full"):   "1234",
		at("link"):   "1234",
		at("empty"):  "",
		at("over"):   "larger than 4 bytes, the limit of such a file",
		at("sparse"): "larger than 4 bytes, the limit of such a file",
		at("folder"): "is a directory",
		at("pipe"):   ErrNotRegular.Error(),
		at("link2"):  "too many levels of symbolic links",
		at("none"):   "no such file or directory",
		"/dev/zero":  ErrNotRegular.Error(),
	} {
		data, err := File(path, 4)
		got := string(data)
		if err != nil {
			var in *fs.PathError
			if !errors.As(err, &in) || in.Path != path {
				t.Errorf("%s: the error has no path: %v", path, err)
				continue
			}
			got = in.Err.Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if _, err := File(at("none"), 4); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestUnsaid: the limit also holds for a file that says nothing of its size, as those in /proc.
func TestUnsaid(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("no /proc")
	}
	var large TooLarge
	if _, err := File("/proc/self/status", 10); !errors.As(err, &large) || large.Most != 10 {
		t.Errorf("got %v", err)
	}
}

// TestAll: what does not end is read up to the limit.
func TestAll(t *testing.T) {
	endless := readerFunc(func(p []byte) (int, error) { return len(p), nil })
	if _, err := All(endless, Secret); err == nil || err.Error() != "larger than 1 MiB, the limit of such a file" {
		t.Error(err)
	}
	if data, err := All(strings.NewReader("text"), 4); err != nil || string(data) != "text" {
		t.Errorf("%q, %v", data, err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
