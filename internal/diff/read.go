package diff

import (
	"bytes"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gaugewright/internal/grafana"
	"gaugewright/internal/report"
)

// origin is the file that a board or document is in.
type origin struct{ path string }

// Reads reports whether a file of this name may hold something to compare.
func Reads(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".yml", ".yaml":
		return true
	}
	return false
}

// read reads both sides. A file that both have with the same bytes has no change, and is left out unless something else is
// found in it. A file that cannot be read is an error; what it changed is not known.
func (r *Result) read(old, new []File) (olds, news []*part) {
	has := map[string]File{}
	for _, f := range old {
		has[f.Path] = f
	}
	unchanged, isLeftOut := map[string]bool{}, map[string]bool{}
	for _, f := range new {
		if before, ok := has[f.Path]; ok && f.equals(before) {
			unchanged[f.Path] = true
			isLeftOut[f.Path] = slices.EqualFunc(f.Findings, before.Findings, Finding.equals)
		}
	}
	bad := map[string]bool{}
	sides := [2][]*part{}
	var taken atomic.Int64
	for i, files := range [][]File{old, new} {
		all := make([]result, len(files))
		var work sync.WaitGroup
		free := make(chan struct{}, runtime.GOMAXPROCS(0)) // bounds the memory
		for j, f := range files {
			if !isLeftOut[f.Path] {
				free <- struct{}{}
				work.Go(func() {
					all[j] = parse(f, &taken)
					<-free
				})
			}
		}
		work.Wait()
		for j, one := range all {
			for _, err := range one.errs {
				if unchanged[files[j].Path] {
					break
				}
				bad[files[j].Path] = true
				text := []string{"before: ", "now: "}[i] + err.Error()
				r.Errors = append(r.Errors, report.Finding{Place: report.Place{File: files[j].Path}, Kind: report.NotRead, Text: text})
			}
			sides[i] = append(sides[i], one.parts...)
		}
	}
	for i := range sides { // what a bad file has on its other side is neither added nor removed
		var kept []*part
		for _, p := range sides[i] {
			if !bad[p.source.path] {
				kept = append(kept, p)
			}
		}
		sides[i] = kept
	}
	return sides[0], sides[1]
}

type result struct {
	parts []*part
	errs  []error
}

// equals reports whether two files are known to have the same bytes.
func (f File) equals(other File) bool {
	areRead := f.Unread == nil && other.Unread == nil
	areKnown := f.Unread != nil && other.Unread != nil && len(f.Data) > 0
	return (areRead || areKnown) && bytes.Equal(f.Data, other.Data)
}

// parse reads the boards of a file, and what else it has. It counts what the values of all files take.
func parse(f File, taken *atomic.Int64) result {
	s := &space{all: taken}
	r := parseInto(f, s)
	if s.err != nil {
		s.free()
		return result{errs: []error{s.err}}
	}
	for _, p := range r.parts {
		p.source = origin{f.Path}
	}
	giveFindings(r.parts, f.Findings)
	return r
}

func parseInto(f File, s *space) (r result) {
	if f.Unread != nil {
		return result{errs: []error{f.Unread}}
	}
	boards, errs := grafana.ReadAll(f.Data)
	for _, b := range boards {
		r.parts = append(r.parts, boardPart(b, s))
	}
	if len(boards) > 0 {
		r.errs = errs
	}
	if len(boards) == 0 || !isOnlyBoard(f) {
		documents, errs := grafana.Documents(f.Data)
		if len(boards) == 0 {
			r.errs = errs
		}
		for i, n := range documents {
			if len(boards) == 0 || isBeside(n) {
				r.parts = append(r.parts, documentPart(f.Path, i, n, s))
			}
		}
	}
	return r
}

// isOnlyBoard reports whether a file with a board has nothing else, so that it need not be read once more.
func isOnlyBoard(f File) bool {
	holds := bytes.Contains(f.Data, []byte(`"ConfigMap"`)) || bytes.Contains(f.Data, []byte(`"GrafanaDashboard"`))
	return strings.EqualFold(path.Ext(f.Path), ".json") && !holds
}

// isBeside reports whether a document in a file with boards is told besides: it holds a board, or is another object.
func isBeside(n *grafana.Node) bool {
	return n.IsObject() && !grafana.IsBoard(n) && !strings.HasSuffix(n.At("kind").Text(), "List")
}

// isBoardText reports whether a value of a ConfigMap, or of an object of the Grafana operator, is a board.
func isBoardText(l leaf) bool {
	if l.path != "spec.json" && !strings.HasPrefix(l.path, "data.") {
		return false
	}
	boards, _ := grafana.ReadAll([]byte(l.value.text))
	return len(boards) > 0
}
