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

// TestHostilePages: hostile pages give an error, in memory and time that the limit bounds.
func TestHostilePages(t *testing.T) {
	reader := Reader{MaxBytes: 16 << 20}
	bomb := compressed(t, io.LimitReader(&endless{text: "a 1\n"}, int64(reader.MaxBytes)+1))
	name := message(1, []byte("a"))
	pair := func(i int) []byte { return message(1, message(1, fmt.Appendf(nil, "l%d", i)), message(2, []byte("x"))) }
	bucket := func(i int) []byte {
		bound := binary.LittleEndian.AppendUint64([]byte{2<<3 | wireFixed64}, math.Float64bits(1+float64(i)))
		return message(3, bound)
	}
	long := message(1, message(1, []byte("l")), message(2, bytes.Repeat([]byte("x"), 32<<10)))
	series := func(int) []byte { return message(4, long, message(7, messages(2000, bucket))) }
	zeroThreshold := []byte{6<<3 | wireFixed64, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f} // 1.0, which makes a histogram native
	span := message(12, []byte{2 << 3, 5})                                    // five buckets that do not follow
	manySamples := reader.limits().samples()
	const protobuf = protobufType + ";proto=io.prometheus.client.MetricFamily;encoding=delimited"
	tests := []struct {
		name, contentType string
		page              io.Reader
		err               string
	}{
		{"endless", textType, &endless{text: "a 1\n"}, "more than 16MiB"},
		{"endless line", textType, &endless{text: "a"}, "more than 16MiB"},
		{"endless zeros", "", &endless{text: "\x00"}, "more than 16MiB"},
		{"gzip bomb", textType, bytes.NewReader(bomb), "in gzip: the page has more than 16MiB"},
		{"endless empty gzip", "", &endless{text: string(compressed(t, strings.NewReader("")))}, "more than 16MiB"},
		{"gzip cut off", "", bytes.NewReader(bomb[:len(bomb)/2]), "in gzip: the page is cut off"},
		{"gzip head only", "", bytes.NewReader(bomb[:5]), "broken gzip: the page is cut off"},
		{"gzip damaged", "", bytes.NewReader(append(bytes.Clone(bomb[:6000]), make([]byte, 100)...)), "in gzip: "},
		{"samples", textType, io.LimitReader(&endless{text: "a 1\n"}, int64(4*(manySamples+1))), "more than 524288 samples"},
		{"families", textType, io.LimitReader(&endless{text: "# HELP a\n"}, int64(9*(manySamples+1))),
			"more than 524288 samples or declared families"},
		{"names of families", textType, strings.NewReader(numbered("# TYPE a%d gauge\n")), "more than 131072 names of metrics"},
		{"names of series", textType, strings.NewReader(numbered("a%d 1\n")), "more than 131072 names of metrics"},
		{"long line", textType, strings.NewReader("b 1\na{" + strings.Repeat("x=\"\",", maxSeries/5) + "} 1\n"),
			"line 2: more than 100000 labels in one series"},
		{"empty messages", protobuf, bytes.NewReader(make([]byte, manySamples+1)), "more than 524288 samples"},
		{"message cut off", protobuf, bytes.NewReader(message(0, name, name)[:4]), "message 1 has 6 bytes, but only 3 arrived"},
		{"no length", protobuf, strings.NewReader("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), "message 1 has no length"},
		{"empty series", protobuf, bytes.NewReader(message(0, name, messages(manySamples+1, func(int) []byte { return message(4) }))),
			"more than 524288 samples"},
		{"many labels", protobuf, bytes.NewReader(message(0, name, message(4, messages(100_000, pair)))), "more than 1MiB"},
		{"native histogram without its buckets", protobuf, bytes.NewReader(message(0, name, []byte{3 << 3, 4},
			message(4, message(7, zeroThreshold)), message(4, message(7, zeroThreshold, span)))), "spans need 5 buckets"},
		{"labels by buckets", protobuf, bytes.NewReader(message(0, name, []byte{3 << 3, 4}, messages(100, series))),
			"more than 40MiB of names and labels"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			peak := watchMemory()
			start := time.Now()
			_, err := reader.Read(test.page, test.contentType)
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("got error %v, want %q", err, test.err)
			}
			if took := time.Since(start); took > 2*maxTime {
				t.Errorf("took %s", took)
			}
			if used := peak(); used > 256<<20 {
				t.Errorf("used %d MiB", used>>20)
			}
		})
	}
}

// numbered is one line more than there may be names.
func numbered(line string) string {
	var b strings.Builder
	for i := range (limits{}).names() + 1 {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
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

// TestLongTexts: a line may be long by its help or by a label's value, as in Prometheus.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat(`{\"a\":1}`, maxSeries/4)
	families, err := Read(strings.NewReader("# HELP a "+long+"\n# TYPE a gauge\na{x=\""+long+"\"} 1\n"), textType)
	if err != nil || len(families) != 1 || len(families[0].Samples) != 1 {
		t.Fatalf("got %d families, error %v", len(families), err)
	}
}

func TestSlowParsing(t *testing.T) {
	page := newPage(limits{DefaultMaxBytes})
	page.budget.deadline = time.Now()
	_, err := page.addAll(newParser([]byte("a 1\n"), textType))
	if err == nil || !strings.Contains(err.Error(), "parsing takes more than 18s") {
		t.Errorf("got %v", err)
	}
}

// brokenParser panics in each of its methods.
type brokenParser struct{ textparse.Parser }

func TestParserPanics(t *testing.T) {
	if _, err := newPage(limits{DefaultMaxBytes}).addAll(brokenParser{}); err == nil || !strings.Contains(err.Error(), "the parser failed") {
		t.Errorf("got %v", err)
	}
}

// TestSize: how a limit is written, and how it is said.
func TestSize(t *testing.T) {
	tests := []struct{ text, want string }{
		{"128MiB", "128MiB"}, {"1GiB", "1GiB"}, {"2048KiB", "2MiB"}, {"1000", "1000B"}, {"1 MB", "1000000B"},
		{"16GiB", "16GiB"}, {"17GiB", ""}, {"0", ""}, {"-1MiB", ""}, {"MiB", ""}, {"1.5GiB", ""}, {"9223372036854775807GiB", ""},
	}
	for _, test := range tests {
		var size Size
		if err := size.Set(test.text); (err == nil) != (test.want != "") || err == nil && size.String() != test.want {
			t.Errorf("%s: %s, %v; want %s", test.text, size.String(), err, test.want)
		}
	}
}

// TestRaisedLimit: what a limit refuses, the limit that the error names reads. The limit of samples follows.
func TestRaisedLimit(t *testing.T) {
	page := strings.Repeat("a 1\n", 100)
	for _, limit := range []Size{100, 399, 400} {
		reader := Reader{MaxBytes: limit}
		_, err := reader.Read(strings.NewReader(page), textType)
		if limit >= 400 {
			if err != nil {
				t.Errorf("%d: %v", limit, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("-max-page %dB", 2*limit)) {
			t.Errorf("%d: got %v", limit, err)
		}
	}
	if few, many := (limits{DefaultMaxBytes}).samples(), (limits{256 << 20}).samples(); many != 4*few {
		t.Errorf("samples: %d and %d", few, many)
	}
}
