package lint

import (
	"bytes"
	"slices"

	"gaugewright/internal/grafana"
)

// mostRounds bounds how often Fix looks again: one mend can show another place, or two can be in the same text.
const mostRounds = 10

// Fix mends what is certain, and returns the files that it changes, by path. All other bytes of them stay. What it cannot
// write safely it leaves: the next run still finds it. look lints the files as they are by then.
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

// mend is what a finding says is certain: one edit or several, of which all are made or none.
type mend struct {
	edits   []edit
	changes []change
}

// mended returns the file with what the findings say is certain. Two changes of one text are made one after the other, in
// two rounds. A mend after which the file would not say what it should is left out.
func mended(s Source, findings []Finding) ([]byte, bool) {
	all := mends(s, findings)
	for len(all) > 0 {
		out, starts := written(s.Data, all)
		wrong := misread(out, all, starts)
		if wrong == nil {
			return out, true
		}
		all = slices.DeleteFunc(all, func(m *mend) bool { return wrong[m] })
	}
	return nil, false
}

func mends(s Source, findings []Finding) []*mend {
	var all []*mend
	taken := map[int]bool{} // where a change begins
	for _, f := range findings {
		for _, edits := range append([][]edit{f.edits}, f.alike...) {
			if f.File != s.Path || len(edits) == 0 {
				continue
			}
			m := &mend{edits: edits}
			for _, e := range edits {
				if c, ok := e.change(s.Data); ok && !taken[e.node.Span().Start] {
					m.changes = append(m.changes, c)
				}
			}
			if len(m.changes) < len(m.edits) {
				continue
			}
			for _, e := range edits {
				taken[e.node.Span().Start] = true
			}
			all = append(all, m)
		}
	}
	return all
}

// written makes the changes. It also returns where in the new file the node of each change begins.
func written(data []byte, all []*mend) (out []byte, starts map[*grafana.Node]int) {
	type placed struct {
		change
		node *grafana.Node
	}
	var changes []placed
	for _, m := range all {
		for i, c := range m.changes {
			changes = append(changes, placed{c, m.edits[i].node})
		}
	}
	slices.SortFunc(changes, func(a, b placed) int { return a.Start - b.Start })
	starts = map[*grafana.Node]int{}
	at := 0
	for _, c := range changes {
		if c.Start < at {
			continue // within another; the next round sees it
		}
		starts[c.node] = c.node.Span().Start + len(out) - at
		out = append(append(out, data[at:c.Start]...), c.text...)
		at = c.End
	}
	return append(out, data[at:]...), starts
}

// misread returns the mends after which a file of YAML does not have the new texts where they should be: a text without
// quotation marks, for example, cannot hold everything. In JSON everything can be written.
func misread(out []byte, all []*mend, starts map[*grafana.Node]int) map[*mend]bool {
	isYAML := slices.ContainsFunc(all, func(m *mend) bool { return m.edits[0].node.Syntax() != grafana.JSON })
	if !isYAML {
		return nil
	}
	documents, errs := grafana.Documents(out)
	nodes := map[int]*grafana.Node{}
	for _, n := range documents {
		byStart(n, nodes)
	}
	var wrong map[*mend]bool
	for _, m := range all {
		for _, e := range m.edits {
			n := nodes[starts[e.node]]
			if len(errs) > 0 || n == nil || e.piece != nil && n.Text() != e.want() {
				if wrong == nil {
					wrong = map[*mend]bool{}
				}
				wrong[m] = true
			}
		}
	}
	return wrong
}

// want is the text that the node should have in the end.
func (e edit) want() string {
	old := e.node.Text()
	return old[:e.offset+e.piece.Start] + e.text + old[e.offset+e.piece.End:]
}

// byStart keeps the innermost node that begins at each offset.
func byStart(n *grafana.Node, nodes map[int]*grafana.Node) {
	nodes[n.Span().Start] = n
	for _, below := range n.List() {
		byStart(below, nodes)
	}
	for _, m := range n.Members() {
		byStart(m.Value, nodes)
	}
}
