package live

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"gaugewright/internal/diff"
	"gaugewright/internal/grafana"
	"gaugewright/internal/report"
)

// Sides are the boards' sources, and the boards as the server has them. A board has the path of its source on both
// sides, and its address where it has no source.
type Sides struct {
	Sources, Server []diff.File
	Errors          []report.Finding // what could not be read, on either side; its other side is left out
}

// Read reads the server, and finds the boards among the files of the other side. Two sources of the same board must say
// the same.
func (g *Grafana) Read(ctx context.Context, files []diff.File) (*Sides, error) {
	s := &Sides{}
	sources, err := s.sources(files)
	if err != nil {
		return nil, err
	}
	sources = slices.DeleteFunc(sources, func(o source) bool { return len(g.UIDs) > 0 && !slices.Contains(g.UIDs, o.uid) })
	paths := map[string]string{}
	for _, o := range sources {
		if o.uid != "" {
			paths[o.uid] = o.file.Path
		}
	}
	boards, err := g.boards(ctx, func(uid string) bool { return paths[uid] != "" })
	if err != nil {
		return nil, err
	}
	unread := map[string]bool{}
	for _, b := range boards {
		name := paths[b.uid]
		if name == "" {
			name = g.Address.JoinPath("d", b.uid).String()
		}
		if b.err == nil {
			if _, err := grafana.Read(b.data); err != nil {
				b.err = errNoBoard
			}
		}
		if b.err != nil {
			unread[b.uid] = true
			s.fail(name, fmt.Errorf("on the server: %w", b.err))
			continue
		}
		s.Server = append(s.Server, diff.File{Path: name, Data: b.data})
	}
	for _, o := range sources {
		if o.uid == "" || !unread[o.uid] {
			s.Sources = append(s.Sources, o.file)
		}
	}
	return s, g.missing(paths, boards)
}

// missing is an error for the uids that neither side has.
func (g *Grafana) missing(paths map[string]string, boards []*board) error {
	for _, uid := range g.UIDs {
		isThere := slices.ContainsFunc(boards, func(b *board) bool { return b.uid == uid })
		if paths[uid] == "" && !isThere {
			return fmt.Errorf("-uid %s: neither the server nor the sources have this board", uid)
		}
	}
	return nil
}

func (s *Sides) fail(path string, err error) {
	s.Errors = append(s.Errors, report.Finding{Place: report.Place{File: path}, Kind: report.NotRead, Text: err.Error()})
}

// source is a board in a file.
type source struct {
	uid  string
	file diff.File // with this board only
}

// sources returns the boards of the files.
func (s *Sides) sources(files []diff.File) (all []source, err error) {
	known := map[string]diff.File{}
	for _, f := range files {
		for _, o := range s.in(f) {
			first, isKnown := known[o.uid]
			switch {
			case o.uid == "" || !isKnown:
				known[o.uid] = o.file
				all = append(all, o)
			case !isSame(first, o.file):
				return nil, fmt.Errorf("%s and %s have different boards with the uid %s: name one folder", first.Path, f.Path, o.uid)
			}
		}
	}
	if len(all) == 0 && len(s.Errors) == 0 {
		return nil, errors.New("there is no board among the sources: name their folder")
	}
	return all, nil
}

// in returns the boards of a file. What is no board, such as rules, is left out.
func (s *Sides) in(f diff.File) (all []source) {
	if f.Unread != nil {
		s.fail(f.Path, f.Unread)
		return nil
	}
	boards, errs := grafana.ReadAll(f.Data)
	if len(boards) == 0 {
		_, errs = grafana.Documents(f.Data)
	}
	for _, err := range errs {
		s.fail(f.Path, err)
	}
	for _, b := range boards {
		file := diff.File{Path: f.Path, Data: f.Data}
		if len(boards) > 1 || !strings.EqualFold(path.Ext(f.Path), ".json") {
			data, err := b.Document.MarshalJSON()
			if err != nil {
				s.fail(f.Path, err)
				continue
			}
			file.Data = data
		}
		all = append(all, source{b.UID, file})
	}
	return all
}

// isSame reports whether two files have the same board.
func isSame(a, b diff.File) bool {
	r := diff.Compare([]diff.File{{Path: "board.json", Data: a.Data}}, []diff.File{{Path: "board.json", Data: b.Data}})
	return r.Worst() == 0 && len(r.Errors) == 0
}

// Reword says of boards that only one side has what that means here.
func Reword(r *diff.Result) {
	for _, s := range r.Sections {
		for i := range s.Changes {
			c := &s.Changes[i]
			switch {
			case s.Kind != "board" || c.Panel != "" || c.ID != 0:
			case c.Kind == "added":
				c.Text = diff.Text{Words: "only on the server: it has no source here"}
			case c.Kind == "removed":
				c.Text = diff.Text{Words: "not on the server"}
			}
		}
	}
}
