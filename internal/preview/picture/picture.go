// Package picture keeps pictures of boards in a folder: one of each board, over a recorded run, at the end of the run, so
// that a board gives the same bytes each time. It writes whole files, and changes only what it made itself, which the
// first line of a picture says. How a board looks is the business of package draw.
package picture

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"gaugewright/internal/draw"
	"gaugewright/internal/draw/theme"
	"gaugewright/internal/observe/recorded"
	"gaugewright/internal/opened"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
)

// The repository's own: the folder of its pictures, and the run that they show.
const (
	Folder = "dashboards/pictures"
	Run    = "dashboards/testdata/run.gz"
)

// shown is the range of a picture.
const shown = time.Hour

// mark is the first line of a picture.
const mark = "<!-- made by go run ./cmd/preview -svg -->\n"

// Picture is a picture of a board.
type Picture struct {
	Name  string     `json:"name"` // of its file
	Board string     `json:"board"`
	File  string     `json:"file"` // of the board
	Gaps  []draw.Gap `json:"gaps"`
	Data  []byte     `json:"-"`
}

// Make draws the boards of files over a run, in dark. Those whose file has one of the names are drawn in light, too.
func Make(ctx context.Context, files verify.Files, run recorded.Run, inLight ...string) ([]Picture, error) {
	var all []Picture
	used := map[string]int{}
	for _, b := range files.Boards {
		open, err := opened.Open(ctx, b.Board, source.Memory{Engine: run.Engine}, opened.Options{
			From: run.End.Add(-shown), To: run.End, Scrape: files.Interval,
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", b.Path, err)
		}
		name := strings.TrimSuffix(filepath.Base(b.Path), filepath.Ext(b.Path))
		if used[name]++; used[name] > 1 {
			name = fmt.Sprintf("%s-%d", name, used[name])
		}
		all = append(all, drawn(open, b.Path, name, theme.Dark))
		for _, light := range inLight {
			if light == name {
				all = append(all, drawn(open, b.Path, name+"-light", theme.Light))
			}
		}
	}
	return all, nil
}

func drawn(open *opened.Board, file, name string, look *theme.Theme) Picture {
	picture := draw.Board(open, draw.Options{Theme: look})
	gaps := picture.Gaps
	if gaps == nil {
		gaps = []draw.Gap{}
	}
	return Picture{
		Name: name + ".svg", Board: open.Title, File: file, Gaps: gaps,
		Data: append(bytes.TrimRight(append([]byte(mark), picture.SVG...), "\n"), '\n'),
	}
}
