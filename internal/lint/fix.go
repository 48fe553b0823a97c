package lint

import (
	"bytes"
	"slices"

	"gaugewright/internal/grafana"
)

// mostRounds bounds how often Fix looks again: one mend can show another place, or two can be in the same text.
const mostRounds = 10

// Fix mends what is certain, and returns the files that it changes, by path. All other bytes of them stay. What it cannot
// write safely it leaves: the next run still finds it. metrics returns what is known, for each look at the files.
func Fix(sources []Source, look func([]Source) *Result) map[string][]byte {
	changed := map[string][]byte{}
	now := slices.Clone(sources)
	for range mostRounds {
		r, isChanged := look(now), false
		for i := range now {
			data, ok := mended(now[i], r.Findings)
			if ok {
				now[i].Data, changed[now[i].Path], isChanged = data, data, true
			}
		}
		if !isChanged {
			break
		}
	}
	for _, s := range sources {
		if data, ok := changed[s.Path]; ok && bytes.Equal(data, s.Data) {
			delete(changed, s.Path)
		}
	}
	return changed
}

// mended returns the file with what the findings say is certain. Changes that overlap wait for the next round.
func mended(s Source, findings []Finding) ([]byte, bool) {
	var all []change
	for _, f := range findings {
		if f.File != s.Path || len(f.edits) == 0 {
			continue
		}
		var own []change
		for _, e := range f.edits {
			c, ok := e.change(s.Data)
			if !ok || slices.ContainsFunc(all, c.overlaps) || !e.isSafe(s.Data, c) {
				own = nil
				break
			}
			own = append(own, c)
		}
		all = append(all, own...)
	}
	slices.SortFunc(all, func(a, b change) int { return a.Start - b.Start })
	var out []byte
	at := 0
	for _, c := range all {
		out = append(append(out, s.Data[at:c.Start]...), c.text...)
		at = c.End
	}
	return append(out, s.Data[at:]...), len(all) > 0
}

func (c change) overlaps(d change) bool { return c.Start < d.End && d.Start < c.End }

// isSafe reports whether the file, with this change alone, still reads, and has the new text there. A YAML text without
// quotation marks, for example, cannot hold everything.
func (e edit) isSafe(data []byte, c change) bool {
	if e.node.Syntax() == grafana.JSON {
		return true
	}
	now := slices.Concat(data[:c.Start], []byte(c.text), data[c.End:])
	documents, errs := grafana.Documents(now)
	if len(errs) > 0 {
		return false
	}
	want := ""
	if e.piece != nil {
		old := e.node.Text()
		want = old[:e.offset+e.piece.Start] + e.text + old[e.offset+e.piece.End:]
	}
	for _, n := range documents {
		if at := nodeAt(n, e.node.Span().Start); at != nil {
			return e.piece == nil || at.Text() == want
		}
	}
	return false
}

// nodeAt returns the innermost node that begins at an offset of the file.
func nodeAt(n *grafana.Node, offset int) *grafana.Node {
	for _, below := range n.List() {
		if found := nodeAt(below, offset); found != nil {
			return found
		}
	}
	for _, m := range n.Members() {
		if found := nodeAt(m.Value, offset); found != nil {
			return found
		}
	}
	if n.Span().Start == offset {
		return n
	}
	return nil
}
