package diff

// movedRules finds rules that went from one file to another, and tells them as moved, not as gone and come.
func (r *Result) movedRules() {
	type place struct{ section, change int }
	at := map[*part]place{}
	var gone, come []*part
	for i, s := range r.Sections {
		for j, c := range s.Changes {
			switch {
			case c.part.kind != aRule:
			case c.Kind == removed:
				gone, at[c.part] = append(gone, c.part), place{i, j}
			case c.Kind == added:
				come, at[c.part] = append(come, c.part), place{i, j}
			}
		}
	}
	m := newMatching(gone, come)
	m.by(func(p *part) string { return joined(p.ruleKind(), p.name, p.expr) })
	for _, p := range m.pairs {
		from, to := &r.Sections[at[p.old].section], &r.Sections[at[p.new].section]
		for _, side := range []struct {
			p     *part
			s     *Section
			text  Text
			plain *Change
		}{
			{p.old, from, say("moved to {}", to.Files[0]), &from.Changes[at[p.old].change]},
			{p.new, to, say("moved here from {}", from.Files[0]), &to.Changes[at[p.new].change]},
		} {
			c := &comparer{oldFile: side.s.Files[0], newFile: side.s.Files[0]}
			*side.plain = *c.add(side.p, moved, Cosmetic, side.text, from.Name, to.Name)
		}
		c := &comparer{oldFile: from.Files[0], newFile: to.Files[0], bounds: r.bounds}
		c.pair(p.old, p.new) // what else changed in it
		to.takes(c)
	}
}
