package diff

import (
	"fmt"
	"slices"
)

// splits finds panels that went from one board to another: a board that was split, or two that were joined. They are
// told as such, not as gone and come.
func (r *Result) splits() {
	var gone, come []*part
	at := map[*part]int{} // the section of a board
	for i, s := range r.Sections {
		if s.matched == nil {
			continue
		}
		for _, p := range s.matched.free(s.matched.olds) {
			gone, at[s.old] = append(gone, p), i
		}
		for _, p := range s.matched.free(s.matched.news) {
			come, at[s.new] = append(come, p), i
		}
	}
	if len(gone) == 0 || len(come) == 0 {
		return
	}
	m := newMatching(gone, come)
	m.by(func(p *part) string {
		key := joined(p.name, p.panel.Type)
		for _, q := range p.of(aQuery) {
			key = joined(key, q.expr)
		}
		return key
	})
	between := map[pair][]pair{}
	var order []pair
	for _, p := range m.pairs {
		boards := pair{p.old.parent, p.new.parent}
		if at[boards.old] == at[boards.new] {
			continue
		}
		if between[boards] == nil {
			order = append(order, boards)
		}
		between[boards] = append(between[boards], p)
	}
	for _, boards := range order {
		from, to := &r.Sections[at[boards.old]], &r.Sections[at[boards.new]]
		r.went(from, to, between[boards])
	}
}

// went tells in both boards which panels went from one to the other, and what else changed in these panels.
func (r *Result) went(from, to *Section, panels []pair) {
	c := &comparer{tellsPlace: map[*part][]string{}, bounds: r.bounds, oldFile: from.Files[0], newFile: to.Files[0]}
	c.otherForm = form(from.old.board) != form(to.new.board)
	isGone, isCome := map[*part]bool{}, map[*part]bool{}
	for _, p := range panels {
		isGone[p.old], isCome[p.new] = true, true
		c.tellsPlace[p.new] = []string{"gridPos.x", "gridPos.y"}
		c.pair(p.old, p.new)
	}
	from.Changes = slices.DeleteFunc(from.Changes, func(c Change) bool { return c.Kind == removed && isGone[c.part] })
	to.Changes = slices.DeleteFunc(to.Changes, func(c Change) bool { return c.Kind == added && isCome[c.part] })
	inFrom := &comparer{oldFile: from.Files[0], newFile: from.Files[0]}
	n, first := fmt.Sprint(len(panels)), panels[0]
	if len(panels) == 1 {
		inFrom.add(first.old, moved, Behaviour, say("moved to board {}", to.Name), from.Name, to.Name)
		c.add(first.new, moved, Behaviour, say("moved here from board {}", from.Name), from.Name, to.Name)
	} else {
		inFrom.add(first.old.parent, moved, Behaviour, say("{} panels, from {} on, are now in board {}", n, first.old.title(), to.Name), from.Name, to.Name)
		c.add(first.new.parent, moved, Behaviour, say("{} panels, from {} on, come from board {}", n, first.new.title(), from.Name), from.Name, to.Name)
	}
	from.Changes = append(from.Changes, inFrom.changes...)
	to.takes(c)
	r.Hidden += c.hidden
}
