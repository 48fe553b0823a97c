package scrape

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Size is a number of bytes. As a flag it is written with a unit: 128MiB.
type Size int64

// DefaultMaxBytes is the limit of a Reader that names none. kube-state-metrics of a cluster with 10,000 pods has about
// 30 MiB, the app's page 50 KiB.
const DefaultMaxBytes Size = 64 << 20

// maxTime is the time to get a page: Prometheus's own scrape_timeout.
const maxTime = 10 * time.Second

const (
	maxSeries      = 1 << 20  // bytes of one series in protobuf; in a longer line of text the quotes count
	maxQuotes      = 200_000  // around the values of the labels of one series
	bytesPerSample = 128      // 512 Ki samples in 64 MiB: kube-state-metrics of 10,000 pods has half of them
	bytesPerName   = 512      // 128 Ki names of metrics in 64 MiB: large services have a few thousand
	largestSize    = 16 << 30 // that a flag may name

	// parseTime is for each 64 MiB. A second is enough, but the machine may be busy.
	parseTime = 18 * time.Second
)

var units = []struct {
	name  string
	bytes int64
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}, {"", 1}}

// Set reads a size such as 128MiB, 1GiB or 1000000.
func (s *Size) Set(text string) error {
	for _, unit := range units {
		number, ok := strings.CutSuffix(text, unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		if err != nil || n < 1 || n > largestSize/unit.bytes {
			break
		}
		*s = Size(n * unit.bytes)
		return nil
	}
	return errors.New("write a size such as 128MiB, at most 16GiB")
}

func (s *Size) String() string { return s.text() }

// text writes the size in the largest unit that divides it.
func (s Size) text() string {
	for _, unit := range units[:3] {
		if s > 0 && int64(s)%unit.bytes == 0 {
			return fmt.Sprintf("%d%s", int64(s)/unit.bytes, unit.name)
		}
	}
	return fmt.Sprintf("%dB", int64(s))
}

var (
	errTooLong = fmt.Errorf("more than %s for one series", Size(maxSeries).text())
	errCutOff  = errors.New("the page is cut off: it ends before its announced end")
)

// limits are those of a page. All follow from its size, so that one flag raises them. A smaller page may have as many samples
// and names as one of the usual size.
type limits struct{ bytes Size }

func (l limits) samples() int { return int(l.usual() / bytesPerSample) }

// names is the limit of the different names of families and series together: a histogram has four.
func (l limits) names() int { return int(l.usual() / bytesPerName) }

func (l limits) usual() Size { return max(l.bytes, DefaultMaxBytes) }

// labels is the limit of all names and labels together. In protobuf a series' labels come again for each bucket.
func (l limits) labels() Size { return 2*l.bytes + max(8<<20, l.bytes/2) }

func (l limits) time() time.Duration {
	return parseTime * time.Duration(1+(l.bytes-1)/DefaultMaxBytes)
}

func (l limits) tooLarge() error {
	return more(l.bytes.text(), 2*l.bytes)
}

func (l limits) tooMany() error {
	return more(fmt.Sprintf("%d samples or declared families", l.samples()), 2*l.usual())
}

func (l limits) tooManyNames() error {
	return more(fmt.Sprintf("%d names of metrics", l.names()), 2*l.usual())
}

func (l limits) tooManyLabels() error {
	return more(l.labels().text()+" of names and labels", 2*l.bytes)
}

// more says what a page has too much of, and how to read it all the same: with a flag.
func more(what string, flag Size) error {
	return fmt.Errorf("the page has more than %s. If it is a real page of metrics, raise the limit: -max-page %s", what, flag.text())
}

// budget is the rest of the limits while a page is parsed.
type budget struct {
	limits
	left, declared, labels int
	deadline               time.Time
}

func (l limits) budget() budget {
	return budget{limits: l, left: l.samples(), declared: l.samples(), labels: int(l.labels()),
		deadline: time.Now().Add(l.time())}
}

// take counts a sample that was read, kept or not.
func (b *budget) take(labelSize uint64) error {
	b.left--
	b.labels -= int(labelSize)
	switch {
	case b.left < 0:
		return b.tooMany()
	case b.labels < 0:
		return b.tooManyLabels()
	case time.Now().After(b.deadline):
		return fmt.Errorf("parsing takes more than %s", b.time())
	}
	return nil
}

// limitedReader is io.LimitReader that returns an error at the limit, not an end.
type limitedReader struct {
	r      io.Reader
	left   int64
	limits limits
}

func (l limits) reader(r io.Reader) io.Reader { return &limitedReader{r, int64(l.bytes), l} }

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, l.limits.tooLarge()
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return n, l.limits.tooLarge()
	}
	return n, err
}
