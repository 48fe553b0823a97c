package tree

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"gaugewright/internal/diff"
	"gaugewright/internal/input"
)

// maxTotal is how many bytes of a side are kept: 2,000 boards of 100 KiB.
const maxTotal = 256 << 20

// maxHashed is up to what size a file that is not read is at least known by its hash, which takes a second or two.
const maxHashed = 1 << 30

var errTotal = fmt.Errorf("more than %d MiB in all, the limit of a side: name a folder with less in it", maxTotal>>20)

// intake reads the files of a side within its limits. What is over them is only hashed, so that a large file that nobody
// changed is no difference.
type intake struct {
	ctx  context.Context
	left int64 // of maxTotal
}

func newIntake(ctx context.Context) *intake { return &intake{ctx, maxTotal} }

// take reads a file of the given size, to its end.
func (in *intake) take(path string, size int64, r io.Reader) (f diff.File, err error) {
	f.Path = path
	r = untilDone{in.ctx, r}
	switch {
	case size > input.Document:
		f.Unread = input.TooLarge{Most: input.Document}
	case size > in.left:
		f.Unread = errTotal
	default:
		in.left -= size
		f.Data = make([]byte, size)
		_, err = io.ReadFull(r, f.Data)
		return f, err
	}
	if size > maxHashed {
		_, err = io.CopyN(io.Discard, r, size)
		return f, err
	}
	hash := sha256.New()
	_, err = io.CopyN(hash, r, size)
	f.Data = hash.Sum(nil)
	return f, err
}

// file reads a file on the disk.
func (in *intake) file(path, name string) (diff.File, error) {
	file, err := input.Open(name)
	if err != nil {
		return diff.File{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return diff.File{}, err
	}
	if info.Size() > maxHashed { // not even looked through
		return diff.File{Path: path, Unread: input.TooLarge{Most: input.Document}}, nil
	}
	f, err := in.take(path, info.Size(), file)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%s: it became shorter while it was read", name)
	}
	return f, err
}

// untilDone reads until the context ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
