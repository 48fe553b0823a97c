package draw

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"gaugewright/internal/draw/theme"
	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
)

var update = flag.Bool("update", false, "write the golden files")

// lines is a source that answers each query with the series of a list: name{label="value"} 1 2 _ 4. The values lie
// evenly over the range; _ is none.
type lines struct {
	source.Source // nil: nothing else is asked
	all           []string
}

func (lines) Parallel() int { return 2 }

var seriesLine = regexp.MustCompile(`^(\w+)\{(.*?)\}((?: \S+)*)$`)

func (l lines) LabelValues(context.Context, string, string, time.Time, time.Time) ([]string, error) {
	return nil, nil
}

func (l lines) Instant(_ context.Context, query string, at time.Time) (source.Answer, error) {
	return l.answer(query, at.Add(-time.Hour), at, true)
}

func (l lines) Range(_ context.Context, query string, from, to time.Time, _ time.Duration) (source.Answer, error) {
	return l.answer(query, from, to, false)
}

func (l lines) answer(query string, from, to time.Time, isInstant bool) (a source.Answer, err error) {
	for _, line := range l.all {
		m := seriesLine.FindStringSubmatch(line)
		if m == nil || m[1] != query {
			continue
		}
		s := source.Series{Labels: map[string]string{}}
		for pair := range strings.SplitSeq(m[2], ",") {
			if name, value, ok := strings.Cut(pair, "="); ok {
				if s.Labels[name], err = strconv.Unquote(value); err != nil {
					return a, err
				}
			}
		}
		values := strings.Fields(m[3])
		for i, text := range values {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || isInstant && i < len(values)-1 {
				continue
			}
			at := to
			if !isInstant && len(values) > 1 {
				at = from.Add(to.Sub(from) * time.Duration(i) / time.Duration(len(values)-1))
			}
			s.Samples = append(s.Samples, source.Sample{T: at, V: v})
		}
		a.Series = append(a.Series, s)
	}
	return a, nil
}

// openPanel opens a board of one panel, given as JSON, on such a list.
func openPanel(t testing.TB, panel, data string) *opened.Board {
	t.Helper()
	board, err := grafana.Read([]byte(`{"title": "test", "schemaVersion": 41, "panels": [` + panel + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 6, 15, 15, 0, 0, 0, time.UTC)
	src := lines{all: strings.Split(strings.TrimSpace(data), "\n")}
	b, err := opened.Open(context.Background(), board, src, opened.Options{From: now.Add(-time.Hour), To: now, Scrape: 15 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Shown) != 1 {
		t.Fatalf("%d panels", len(b.Shown))
	}
	return b
}

// sizes are those at which each panel is drawn to see that nothing overlaps.
var sizes = []Size{{400, 240}, {900, 300}, {160, 120}, {240, 600}, {60, 40}}

// TestPanels draws the panels of testdata/panels: as the golden pictures, at several sizes with no text over another,
// in both themes.
func TestPanels(t *testing.T) {
	files, err := filepath.Glob("testdata/panels/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no panels", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b := openPanel(t, string(archive.Files[0].Data), string(archive.Files[1].Data))
			for _, size := range sizes {
				for _, look := range []*theme.Theme{theme.Dark, theme.Light} {
					check(t, fmt.Sprint(look.Name, size), Panel(b, b.Shown[0], size, Options{Theme: look}))
				}
			}
			random := rand.New(rand.NewPCG(1, 2))
			for range 10 {
				size := Size{float64(10 + random.IntN(900)), float64(10 + random.IntN(600))}
				check(t, fmt.Sprint(size), Panel(b, b.Shown[0], size, Options{}))
			}
			picture := Panel(b, b.Shown[0], sizes[0], Options{})
			checkWhole(t, "golden", picture)
			golden(t, strings.TrimSuffix(file, ".txtar")+".svg", picture.SVG)
			var codes []string
			for _, g := range picture.Gaps {
				codes = append(codes, g.Code)
			}
			want := ""
			if len(archive.Files) > 2 {
				want = strings.TrimSpace(string(archive.Files[2].Data))
			}
			if got := strings.Join(codes, " "); got != want {
				t.Errorf("gaps %q, want %q", got, want)
			}
		})
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs; look at it and run the test with -update", file)
	}
}
