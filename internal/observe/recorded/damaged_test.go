package recorded

import (
	"bytes"
	"compress/gzip"
	"math/rand/v2"
	"strings"
	"testing"

	"gaugewright/internal/engine"
)

// TestDamaged: no file but a whole recording is taken for one.
func TestDamaged(t *testing.T) {
	file := write(t, random(t, rand.New(rand.NewPCG(3, 0))))
	zip := func(text string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(text))
		z.Close()
		return b.String()
	}
	tests := []struct{ name, file, want string }{
		{"empty", "", "not a recorded run"},
		{"text", "a 1\n", "not a recorded run"},
		{"other gzip", zip("a 1\n"), "not a recorded run, or one of another version"},
		{"cut off", string(file[:len(file)/2]), "damaged or cut off"},
		{"a byte changed", string(file[:len(file)-6]) + "x" + string(file[len(file)-5:]), "damaged or cut off"},
		{"nothing", zip(magic), "ends too early"},
		{"more than it has", zip(magic + "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), "ends too early"},
		{"something after it", zip(magic + "\x00\x00\x00\x00x"), "something follows"},
		{"a text that is not there", zip(magic + "\x00\x00\x00\x01\x01\x05\x05\x00"), "thing 5 of 0"},
		{"samples without times", zip(magic + "\x00\x00\x01\x00\x01\x00\x00\x01\x00\x02"), "do not fit its times"},
		{"a bomb", zip(magic + strings.Repeat("\x00", maxBytes)), "more than 64 MiB"},
	}
	for _, test := range tests {
		if _, err := Read(strings.NewReader(test.file)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}

// FuzzRead: whatever is in a file, Read gives an error or an engine that can be written and read again.
func FuzzRead(f *testing.F) {
	for seed := range uint64(4) {
		e := random(f, rand.New(rand.NewPCG(seed, 1)))
		f.Add(encode(e.Stored(), e.Metadata())[len(magic):])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		series, about, err := decode(body)
		if err != nil {
			return
		}
		e, err := engine.New(series)
		if err != nil {
			return
		}
		e.Describe(about)
		run, err := Read(bytes.NewReader(write(t, e)))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := described(run.Engine), described(e); got != want {
			t.Fatalf("read\n%s\nwritten\n%s", got, want)
		}
	})
}
