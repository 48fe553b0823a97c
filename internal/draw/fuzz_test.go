package draw

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gaugewright/internal/draw/theme"
	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

// hostile are texts that somebody may have put into a title or a label.
var hostile = []string{
	`</text><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "]]><!--", "&lt;&#0;&bogus;", "\x00\x01\x1b[31m",
	"\xff\xfe", "\u202egnp.exe\u202c", "عربي", "👩‍👩‍👧‍👦 🇨🇭", "a\nb\r\tc", "${x} {{le}} $__range", strings.Repeat("long ", 100), "",
}

// small is a source with a few series over an hour, whose labels are hostile.
var small = sync.OnceValues(func() (source.Source, error) {
	var all []engine.Series
	for i, text := range hostile {
		counter := engine.Series{Labels: map[string]string{"__name__": "up", "job": "api", "le": []string{"1", "5", "+Inf"}[i%3], "text": strings.ToValidUTF8(text, "?")}}
		for minute := range 61 {
			v := float64((minute*(i+3))%17) - float64(i%4)
			counter.Samples = append(counter.Samples, engine.Sample{T: fuzzEnd.Add(time.Duration(minute-60) * time.Minute), V: v})
		}
		all = append(all, counter)
	}
	e, err := engine.New(all)
	return source.Memory{Engine: e}, err
})

var fuzzEnd = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// FuzzDraw draws any board: it must not panic, and the picture must be XML without anything that runs.
func FuzzDraw(f *testing.F) {
	for _, pattern := range []string{"testdata/reference/dashboard.json", "testdata/boards/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		board, err := grafana.Read([]byte(text))
		if err != nil || len(board.Panels) > 50 {
			return
		}
		src, err := small()
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		b, err := opened.Open(ctx, board, src, opened.Options{From: fuzzEnd.Add(-time.Hour), To: fuzzEnd, Scrape: time.Minute})
		if err != nil {
			return
		}
		pic := Board(b, Options{Theme: theme.Light})
		isSafe(t, pic.SVG)
		for _, p := range b.Shown[:min(len(b.Shown), 3)] {
			isSafe(t, Panel(b, p, Size{300, 200}, Options{Bare: true}).SVG)
			isSafe(t, Panel(b, p, Size{3, 2}, Options{}).SVG)
			Series(b, p, 200, Options{})
		}
	})
}

// isSafe reports what is no XML, or could run.
func isSafe(t *testing.T, picture []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(picture))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("no XML: %v", err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "script", "foreignObject", "image", "use", "a", "iframe", "animate", "set":
			t.Fatalf("the picture has an element %s", element.Name.Local)
		}
		for _, a := range element.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Value, "javascript:") || a.Value == "NaN" {
				t.Fatalf("%s has %s=%q", element.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
}
