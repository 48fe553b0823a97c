// Package input reads the files that a person names, whoever wrote them: only regular files, and never more than a limit.
// So neither a device, a pipe that nobody writes to, nor a huge file can take a command's time or memory. What a person
// logs in with may come through a pipe, within a time. The package needs no context: what it reads is there, and is read
// before an interrupt could be noticed. It does not look at what it reads, and writes nothing.
package input

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Document is the most bytes of what people and generators write: boards, rules, tests, configurations, baselines.
// Grafana's largest public boards have 1 MiB, a ConfigMap has at most that.
const Document = 16 << 20

// ErrNotRegular is the cause of an error for a device, a pipe or a socket.
var ErrNotRegular = errors.New("not a regular file: copy what it gives into one, and name that")

// TooLarge is the cause of an error for what has more bytes than Most.
type TooLarge struct{ Most int64 }

func (e TooLarge) Error() string {
	return fmt.Sprintf("larger than %s, the limit of such a file", size(e.Most))
}

// File returns the bytes of a regular file, or of the one that a link leads to. Its errors name the path, as those of
// os.ReadFile do; a file of more than most bytes is TooLarge, and what is no regular file is ErrNotRegular.
func File(path string, most int64) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > most {
		return nil, &fs.PathError{Op: "read", Path: path, Err: TooLarge{most}}
	}
	data, err := All(file, most)
	if large := (TooLarge{}); errors.As(err, &large) { // it grows, or says that it is empty
		err = &fs.PathError{Op: "read", Path: path, Err: large}
	}
	return data, err
}

// Open opens a regular file for a reader that has a limit of its own. Its errors are those of File.
func Open(path string) (*os.File, error) {
	// Without O_NONBLOCK the opening of a pipe waits until somebody writes.
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = &fs.PathError{Op: "read", Path: path, Err: syscall.EISDIR}
	case !info.Mode().IsRegular():
		err = &fs.PathError{Op: "read", Path: path, Err: ErrNotRegular}
	default:
		return file, nil
	}
	file.Close()
	return nil, err
}

// All returns what a reader has, such as standard input. More than most bytes are TooLarge.
func All(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = TooLarge{most}
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// size writes a limit in a unit that divides it.
func size(bytes int64) string {
	switch {
	case bytes > 0 && bytes%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", bytes>>20)
	case bytes > 0 && bytes%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", bytes>>10)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
