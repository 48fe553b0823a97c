package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/grafana"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/verify"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// made draws two boards over a small run.
func made(t *testing.T) []Picture {
	t.Helper()
	s := engine.Series{Labels: map[string]string{"__name__": "queue_length", "job": "<shop>"}}
	for i := range 361 {
		s.Samples = append(s.Samples, engine.Sample{T: noon.Add(time.Duration(i-360) * 10 * time.Second), V: float64(i % 50)})
	}
	e, err := engine.New([]engine.Series{s})
	if err != nil {
		t.Fatal(err)
	}
	files := verify.Files{Interval: 10 * time.Second}
	for _, path := range []string{"boards/shop.json", "other/shop.json"} {
		b, err := grafana.Read([]byte(`{"title": "Shop & co", "panels": [
			{"title": "Queue", "type": "timeseries", "targets": [{"refId": "A", "expr": "queue_length"}]},
			{"title": "Map", "type": "geomap", "targets": [{"refId": "A", "expr": "queue_length"}]}]}`))
		if err != nil {
			t.Fatal(err)
		}
		files.Boards = append(files.Boards, verify.Board{Path: path, Board: b})
	}
	all, err := Make(t.Context(), files, recorded.Run{Engine: e, Start: noon.Add(-time.Hour), End: noon}, "shop")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestMake: a picture for each board, also in light where that is asked for, is XML, says what it does not draw, and is
// the same each time.
func TestMake(t *testing.T) {
	first, second := made(t), made(t)
	var names []string
	for i, p := range first {
		names = append(names, p.Name)
		if !bytes.Equal(p.Data, second[i].Data) {
			t.Errorf("%s differs from itself", p.Name)
		}
		decoder := xml.NewDecoder(bytes.NewReader(p.Data))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", p.Name, err)
			}
		}
		if len(p.Gaps) != 1 || p.Gaps[0].Panel != "Map" {
			t.Errorf("%s: gaps %v", p.Name, p.Gaps)
		}
	}
	if want := []string{"shop.svg", "shop-light.svg", "shop-2.svg"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	if bytes.Equal(first[0].Data, first[1].Data) {
		t.Error("light is as dark")
	}
}

// TestFolder: only what differs is written; what is stale and what is of no board is named; what somebody else made stops
// everything.
func TestFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "pictures")
	all := made(t)
	expect := func(name string, got []string, err error, want ...string) {
		t.Helper()
		for i, path := range got {
			got[i] = filepath.Base(path)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
	got, err := Stale(folder, all)
	expect("no folder", got, err, "shop.svg", "shop-light.svg", "shop-2.svg")
	got, err = Write(folder, all)
	expect("written", got, err, "shop.svg", "shop-light.svg", "shop-2.svg")
	got, err = Write(folder, all)
	expect("written again", got, err)
	got, err = Stale(folder, all)
	expect("up to date", got, err)
	all[2].Data = append([]byte(mark), "<svg/>\n"...)
	got, err = Stale(folder, all)
	expect("changed", got, err, "shop-2.svg")
	got, err = Write(folder, all)
	expect("written anew", got, err, "shop-2.svg")
	got, err = Obsolete(folder, all[:2])
	expect("of no board", got, err, "shop-2.svg")

	for name, text := range map[string]string{"drawn.svg": "<svg/>", "notes.txt": mark} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err = Obsolete(folder, all)
	expect("of others", got, err)
	if err := os.WriteFile(filepath.Join(folder, "shop.svg"), []byte("<svg/>"), 0o644); err != nil {
		t.Fatal(err)
	}
	all[1].Data = append([]byte(mark), "<svg/>\n"...)
	if got, err = Write(folder, all); err == nil || len(got) > 0 || !strings.Contains(err.Error(), "shop.svg: it was not written by this command") {
		t.Errorf("%q, %v", got, err)
	}
	if _, err = Stale(folder, all); err == nil {
		t.Error("a file of somebody else is a stale picture")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 5 {
		t.Errorf("%v, %v: something was left behind", entries, err)
	}
}
