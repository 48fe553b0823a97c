package draw

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gaugewright/internal/draw/svg"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/grafana"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

// hour is the recorded hour of the example service.
var hour = sync.OnceValues(func() (recorded.Run, error) {
	file, err := os.Open(filepath.Join("..", "..", "dashboards", "testdata", "run.gz"))
	if err != nil {
		return recorded.Run{}, err
	}
	defer file.Close()
	return recorded.Read(file)
})

// ours opens all committed boards on the recorded hour.
func ours(t testing.TB) (all []*opened.Board) {
	t.Helper()
	run, err := hour()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "provisioning", "grafana", "dashboards", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no boards:", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, open(t, data, source.Memory{Engine: run.Engine}, run.End))
	}
	return all
}

func open(t testing.TB, data []byte, src source.Source, end time.Time) *opened.Board {
	t.Helper()
	board, err := grafana.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	b, err := opened.Open(context.Background(), board, src, opened.Options{From: end.Add(-time.Hour), To: end, Scrape: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestOurs: in the pictures of our boards no text covers another one or is cut off, and each plot keeps half of its
// panel. With DRAW=DIR they are written to the folder, for looking.
func TestOurs(t *testing.T) {
	for _, b := range ours(t) {
		for _, colors := range []*theme.Theme{theme.Dark, theme.Light} {
			pic := Board(b, Options{Theme: colors})
			keep(t, b.UID+"-"+colors.Name, pic)
			checkWhole(t, b.UID, pic)
		}
	}
}

// check holds a picture against what holds for all, however small they are.
func check(t *testing.T, name string, pic Picture) {
	t.Helper()
	checkElements(t, name, pic.SVG)
	for _, pair := range svg.Overlaps(pic.Texts) {
		t.Errorf("%s: %q at %v covers %q at %v", name, pair[0].Text, pair[0].Rect, pair[1].Text, pair[1].Rect)
	}
}

// checkWhole is check for a picture with room for all of its texts.
func checkWhole(t *testing.T, name string, pic Picture) {
	t.Helper()
	check(t, name, pic)
	for _, box := range pic.NoRoom {
		t.Errorf("%s: %q at %v is cut off by %v", name, box.Text, box.Rect, box.Clip)
	}
	for _, p := range pic.Panels {
		if size := p.Plot.W * p.Plot.H; p.Plot != (svg.Rect{}) && size < p.Content.W*p.Content.H/2-1 {
			t.Errorf("%s: the plot of %q has %.0f of %.0f pixels", name, p.Title, size, p.Content.W*p.Content.H)
		}
	}
}

// keep writes a picture where somebody wants to look at it.
func keep(t *testing.T, name string, pic Picture) {
	if dir := os.Getenv("DRAW"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, "/", "_")+".svg"), pic.SVG, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkOurs(b *testing.B) {
	all := ours(b)
	for b.Loop() {
		for _, board := range all {
			Board(board, Options{})
		}
	}
}

func BenchmarkOursWithQueries(b *testing.B) {
	ours(b)
	for b.Loop() {
		for _, board := range ours(b) {
			Board(board, Options{})
		}
	}
}
