package diff

import (
	"cmp"
	"slices"
)

// foundBy is what the comparison of two documents knows of their findings.
type foundBy struct {
	stayed []pair    // parts of both sides that have some
	come   []Finding // those of parts that only the new document has
	lost   []Finding // those of parts that only the old one has
}

// stay notes a part that both sides have.
func (f *foundBy) stay(old, new *part) {
	if len(old.findings)+len(new.findings) > 0 {
		f.stayed = append(f.stayed, pair{old, new})
	}
}

// findings says which findings are new, and which are gone. One that is gone with its panel, variable or rule is not told.
func (c *comparer) findings() []Finding {
	changed := map[*part]bool{}
	for _, one := range c.changes {
		changed[one.part.subject()] = true
	}
	var all []Finding
	for _, p := range c.stayed {
		gone, come, both := p.old.findings, p.new.findings, []Finding(nil)
		for _, key := range keys(changed[p.new.subject()]) {
			var more []Finding
			gone, come, more = paired(gone, come, key)
			both = append(both, more...)
		}
		for i := range come {
			come[i].IsNew = true
		}
		for i := range gone {
			gone[i].IsGone, gone[i].Line, gone[i].part = true, 0, p.new
		}
		all = slices.Concat(all, come, both, gone)
	}
	for _, f := range c.come {
		f.IsNew, f.came = true, true
		all = append(all, f)
	}
	for i := range all {
		all[i].settle()
	}
	return all
}

// keys are what makes two findings of a part the same one, the closest likeness first. The text may have changed with something
// else, such as the name of a neighbour. Where the panel itself changed, a finding of the same rule is the same one, as in a
// baseline.
func keys(isChanged bool) []func(Finding) string {
	all := []func(Finding) string{
		func(f Finding) string { return joined(f.spot, f.Rule, f.Text) },
		func(f Finding) string { return joined(f.spot, f.Rule, f.Piece) },
	}
	if isChanged {
		all = append(all, func(f Finding) string { return joined(f.spot, f.Rule) })
	}
	return all
}

// settle gives a finding the place that changes of the same part have.
func (f *Finding) settle() {
	if f.spot != "" && f.part.kind != aPanel {
		return // no change is about just this
	}
	at := placeOf(f.part, f.File, true)
	if about(at) == "" {
		at.Panel = f.Panel // "untitled"
	}
	at.Line, at.Query = f.Line, cmp.Or(at.Query, f.Query)
	f.Place = at
}

// paired pairs findings with the same key. It returns what only one side has, and of the pairs the new ones.
func paired(old, new []Finding, key func(Finding) string) (onlyOld, onlyNew, both []Finding) {
	left := map[string]int{}
	for _, f := range old {
		left[key(f)]++
	}
	for _, f := range new {
		if k := key(f); left[k] > 0 {
			left[k]--
			both = append(both, f)
		} else {
			onlyNew = append(onlyNew, f)
		}
	}
	for _, f := range old {
		if k := key(f); left[k] > 0 {
			left[k]--
			onlyOld = append(onlyOld, f)
		}
	}
	return onlyOld, onlyNew, both
}

// movedFindings finds what came with a panel, a rule or a board that was elsewhere before: that is not new.
func (r *Result) movedFindings() {
	key := func(f Finding) string {
		return joined(cmp.Or(f.Panel, f.part.top().title()), f.Query, f.Rule, f.Text)
	}
	left := map[string]int{}
	for _, f := range r.lost {
		f.settle()
		left[key(f)]++
	}
	for _, s := range r.Sections {
		for i := range s.Findings {
			if f := &s.Findings[i]; f.came && left[key(*f)] > 0 {
				left[key(*f)]--
				f.IsNew = false
			}
		}
	}
}

// choose leaves the findings that a reader of the changes needs: those that are new or gone, and the errors of what changed by
// itself.
func (s *Section) choose() {
	changed := map[*part]bool{}
	for _, c := range s.Changes {
		if c.parts == nil {
			changed[c.part.subject()] = true
		}
	}
	s.Findings = slices.DeleteFunc(s.Findings, func(f Finding) bool {
		return !f.IsNew && !f.IsGone && (f.Severity != anError || !changed[f.part.subject()])
	})
	slices.SortStableFunc(s.Findings, func(a, b Finding) int { return a.rank() - b.rank() })
}

// rank puts what is new before what was there, and that before what is gone; errors before warnings.
func (f Finding) rank() int {
	rank := 2
	switch {
	case f.IsNew:
		rank = 0
	case f.IsGone:
		rank = 4
	}
	if f.Severity != anError {
		rank++
	}
	return rank
}

// gatherFindings tells the same finding of many panels once.
func (s *Section) gatherFindings() {
	key := func(f Finding) string { return joined(f.word(), f.Rule, f.Text) }
	panels, times := map[string][]string{}, map[string]int{}
	for _, f := range s.Findings {
		if k := key(f); f.part.within(aPanel) != nil {
			times[k]++
			if name := f.part.subject().title(); !slices.Contains(panels[k], name) {
				panels[k] = append(panels[k], name)
			}
		}
	}
	var all []Finding
	for _, f := range s.Findings {
		k := key(f)
		if f.part.within(aPanel) == nil || len(panels[k]) <= few {
			all = append(all, f)
			continue
		}
		if times[k] > 0 {
			f.Panels, f.times = panels[k], times[k]
			f.Panel, f.ID, f.Query, f.Line = "", 0, "", 0
			all = append(all, f)
		}
		times[k] = 0
	}
	s.Findings = all
}
