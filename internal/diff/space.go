package diff

import (
	"fmt"
	"sync/atomic"
)

// Limits of what the values of a comparison take, in bytes: each with its path, which is the longer, the deeper the value
// is. A large public board takes 6 MiB.
const (
	maxFile   = 64 << 20  // of a file
	maxValues = 512 << 20 // of both sides
)

// valueSize is the size of a value beside its path, in bytes.
const valueSize = 40

// space counts what the values of a file take, and those of all files together.
type space struct {
	all  *atomic.Int64
	file int64
	err  error // the limit that is exceeded
}

// take counts a value. It returns false once a limit is exceeded.
func (s *space) take(path string) bool {
	if s.err != nil {
		return false
	}
	n := int64(len(path) + valueSize)
	s.file += n
	switch {
	case s.all.Add(n) > maxValues:
		s.err = fmt.Errorf("with it, all values and their paths would have more than %d MiB, the limit: it is not compared", maxValues>>20)
	case s.file > maxFile:
		s.err = fmt.Errorf("its values and their paths have more than %d MiB, the limit: it is not compared", maxFile>>20)
	}
	return s.err == nil
}

// free gives back what a file took that is not compared.
func (s *space) free() { s.all.Add(-s.file) }
