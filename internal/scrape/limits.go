package scrape

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// Limits for any page. They keep the reader under 512 MiB of memory. Real pages stay far below: the app's has 50 KiB
// and 800 samples.
const (
	MaxBytes   = 32 << 20         // of the page, compressed and uncompressed; twice that for all names and labels
	MaxSamples = 500_000          // and as many declared families
	MaxTime    = 10 * time.Second // to get the page, which is Prometheus's own scrape_timeout; as much again to parse it
	maxSeries  = 64 << 10         // bytes of one line of text, or of one series in protobuf
)

var (
	errTooLarge  = fmt.Errorf("more than %d MiB: endless, or not a page of metrics", MaxBytes>>20)
	errTooMany   = fmt.Errorf("more than %d samples or declared families", MaxSamples)
	errTooLong   = fmt.Errorf("more than %d KiB for one series", maxSeries>>10)
	errTooSlow   = fmt.Errorf("parsing takes more than %s", MaxTime)
	errLabelSize = fmt.Errorf("names and labels of more than %d MiB in all", 2*MaxBytes>>20)
	errCutOff    = errors.New("the page is cut off: it ends before its announced end")
)

// budget is the rest of the limits while a page is parsed.
type budget struct {
	samples, declared, labels int
	deadline                  time.Time
}

func newBudget() budget {
	return budget{samples: MaxSamples, declared: MaxSamples, labels: 2 * MaxBytes, deadline: time.Now().Add(MaxTime)}
}

// take counts a sample that was read, kept or not.
func (b *budget) take(labelSize uint64) error {
	b.samples--
	b.labels -= int(labelSize)
	switch {
	case b.samples < 0:
		return errTooMany
	case b.labels < 0:
		return errLabelSize
	case time.Now().After(b.deadline):
		return errTooSlow
	}
	return nil
}

// limitedReader is io.LimitReader that returns an error at the limit, not an end.
type limitedReader struct {
	r    io.Reader
	left int
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, errTooLarge
	}
	if len(p) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= n; l.left < 0 {
		return n, errTooLarge
	}
	return n, err
}
