package scrape

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/textparse"
)

// endless repeats its text for ever.
type endless struct {
	text string
	rest string
}

func (e *endless) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if e.rest == "" {
			e.rest = strings.Repeat(e.text, 1+(1<<16)/len(e.text))
		}
		copied := copy(p[n:], e.rest)
		e.rest = e.rest[copied:]
		n += copied
	}
	return n, nil
}

func compressed(t testing.TB, r io.Reader) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Extra = make([]byte, 5000) // makes an empty header large, which saves time
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// message returns a protobuf field or, with field number 0, a delimited message.
func message(field byte, content ...[]byte) []byte {
	joined := bytes.Join(content, nil)
	var b []byte
	if field > 0 {
		b = append(b, field<<3|wireBytes)
	}
	return append(binary.AppendUvarint(b, uint64(len(joined))), joined...)
}

func messages(times int, message func(i int) []byte) []byte {
	var b []byte
	for i := range times {
		b = append(b, message(i)...)
	}
	return b
}

// TestHostilePages: hostile pages give an error, in bounded memory and time.
func TestHostilePages(t *testing.T) {
	bomb := compressed(t, io.LimitReader(&endless{text: "a 1\n"}, MaxBytes+1))
	name := message(1, []byte("a"))
	pair := func(i int) []byte { return message(1, message(1, fmt.Appendf(nil, "l%d", i)), message(2, []byte("x"))) }
	bucket := func(i int) []byte {
		bound := binary.LittleEndian.AppendUint64([]byte{2<<3 | wireFixed64}, math.Float64bits(1+float64(i)))
		return message(3, bound)
	}
	long := message(1, message(1, []byte("l")), message(2, bytes.Repeat([]byte("x"), maxSeries/2)))
	series := func(int) []byte { return message(4, long, message(7, messages(2000, bucket))) }
	zeroThreshold := []byte{6<<3 | wireFixed64, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f} // 1.0, which makes a histogram native
	span := message(12, []byte{2 << 3, 5})                                    // five buckets that do not follow
	const protobuf = protobufType + ";proto=io.prometheus.client.MetricFamily;encoding=delimited"
	tests := []struct {
		name, contentType string
		page              io.Reader
		err               string
	}{
		{"endless", textType, &endless{text: "a 1\n"}, "more than 32 MiB"},
		{"endless line", textType, &endless{text: "a"}, "more than 32 MiB"},
		{"endless zeros", "", &endless{text: "\x00"}, "more than 32 MiB"},
		{"gzip bomb", textType, bytes.NewReader(bomb), "in gzip: more than 32 MiB"},
		{"endless empty gzip", "", &endless{text: string(compressed(t, strings.NewReader("")))}, "more than 32 MiB"},
		{"gzip cut off", "", bytes.NewReader(bomb[:len(bomb)/2]), "in gzip: the page is cut off"},
		{"gzip head only", "", bytes.NewReader(bomb[:5]), "broken gzip: the page is cut off"},
		{"gzip damaged", "", bytes.NewReader(append(bytes.Clone(bomb[:6000]), make([]byte, 100)...)), "in gzip: "},
		{"samples", textType, io.LimitReader(&endless{text: "a 1\n"}, 4*(MaxSamples+1)), "more than 500000 samples"},
		{"families", textType, io.LimitReader(&endless{text: "# HELP a\n"}, 9*(MaxSamples+1)),
			"more than 500000 samples or declared families"},
		{"long line", textType, strings.NewReader("b 1\na{" + strings.Repeat("x=\"\",", maxSeries/5) + "} 1\n"),
			"line 2: more than 64 KiB for one series"},
		{"text cut off", textType, strings.NewReader("a 12\nb 1"), "the page is cut off: its last line does not end"},
		{"empty messages", protobuf, bytes.NewReader(make([]byte, 1<<20)), "more than 500000 samples"},
		{"message cut off", protobuf, bytes.NewReader(message(0, name, name)[:4]), "message 1 has 6 bytes, but only 3 arrived"},
		{"no length", protobuf, strings.NewReader("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), "message 1 has no length"},
		{"empty series", protobuf, bytes.NewReader(message(0, name, messages(MaxSamples+1, func(int) []byte { return message(4) }))),
			"more than 500000 samples"},
		{"many labels", protobuf, bytes.NewReader(message(0, name, message(4, messages(10_000, pair)))), "more than 64 KiB"},
		{"native histogram without its buckets", protobuf, bytes.NewReader(message(0, name, []byte{3 << 3, 4},
			message(4, message(7, zeroThreshold)), message(4, message(7, zeroThreshold, span)))), "spans need 5 buckets"},
		{"labels by buckets", protobuf, bytes.NewReader(message(0, name, []byte{3 << 3, 4}, messages(100, series))),
			"names and labels of more than 64 MiB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peak := watchMemory()
			start := time.Now()
			_, err := Read(test.page, test.contentType)
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("got error %v, want %q", err, test.err)
			}
			if took := time.Since(start); took > 2*MaxTime {
				t.Errorf("took %s", took)
			}
			if used := peak(); used > 512<<20 {
				t.Errorf("used %d MiB", used>>20)
			}
		})
	}
}

// watchMemory returns a function that returns the peak growth of the heap since the call.
func watchMemory() func() uint64 {
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	stop, result := make(chan struct{}), make(chan uint64)
	go func() {
		var peak uint64
		var now runtime.MemStats
		for {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapInuse)
			select {
			case <-time.After(10 * time.Millisecond):
			case <-stop:
				result <- peak - min(peak, before.HeapInuse)
				return
			}
		}
	}()
	return func() uint64 {
		close(stop)
		return <-result
	}
}

// TestLargePage: the limits are far above what large services expose.
func TestLargePage(t *testing.T) {
	var page bytes.Buffer
	for i := range 100_000 {
		fmt.Fprintf(&page, "requests_total{cluster=\"eu-west-1\",pod=\"api-7f9c6d5b8-x%05d\",code=\"200\"} %d\n", i, i)
	}
	families, err := Read(&page, textType)
	if err != nil || len(families[0].Samples) != 100_000 {
		t.Errorf("got %d families, %v", len(families), err)
	}
}

func TestSlowParsing(t *testing.T) {
	page := newPage()
	page.budget.deadline = time.Now()
	_, err := page.addAll(newParser([]byte("a 1\n"), textType))
	if err == nil || !strings.Contains(err.Error(), "parsing takes more than 10s") {
		t.Errorf("got %v", err)
	}
}

// brokenParser panics in each of its methods.
type brokenParser struct{ textparse.Parser }

func TestParserPanics(t *testing.T) {
	if _, err := newPage().addAll(brokenParser{}); err == nil || !strings.Contains(err.Error(), "the parser failed") {
		t.Errorf("got %v", err)
	}
}
