package draw

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"gaugewright/internal/draw/theme"
	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

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
	data, err := os.ReadFile("testdata/reference/dashboard.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(classic(textPanel("$v", 0, 0, 8, 2, `, "repeat": "v"`), `{"type": "row", "title": "$v", "repeat": "v"}`))
	f.Add(v2("p", `{"kind": "AutoGridLayout", "spec": {"items": [`+autoItems("p")+`]}}`))
	files, err := filepath.Glob("testdata/panels/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(classic(string(archive.Files[0].Data)))
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
		checkElements(t, "board", pic.SVG)
		for _, p := range b.Shown[:min(len(b.Shown), 3)] {
			checkElements(t, "board", Panel(b, p, Size{300, 200}, Options{Bare: true}).SVG)
			checkElements(t, "board", Panel(b, p, Size{3, 2}, Options{}).SVG)
			Series(b, p, 200, Options{})
		}
	})
}
