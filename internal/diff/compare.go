package diff

import (
	"cmp"
	"slices"
	"strings"

	"gaugewright/internal/report"
)

// comparer compares two documents.
type comparer struct {
	otherForm   bool // the sides are written in different forms
	otherExport bool // one of them is an export for others
	otherServed bool // one of them comes from a server
	sources     *bindings
	renames     renames // of variables
	oldFile     string
	newFile     string
	hidden      int // differences that are not reported
	changes     []Change
	bounds      *bounds
	told        perLevel  // changes
	untold      Change    // the last change that is over a limit
	more        perLevel  // how many were, without it
	panels      *matching // of two boards
	// tellsPlace has the leaves of panels that a sentence about their place tells.
	tellsPlace map[*part][]string
	foundBy
}

// delta is what differs in a part, besides its own parts. A sentence takes the leaves that it speaks of.
type delta struct {
	old, new *part
	leaves   []difference
}

type difference struct {
	path     string
	old, new value
}

// delta merges the sorted leaves of two parts.
func (c *comparer) delta(old, new *part) *delta {
	d := &delta{old: old, new: new}
	a, b := old.leaves, new.leaves
	for len(a) > 0 || len(b) > 0 {
		one := difference{}
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].path < b[0].path:
			one = difference{a[0].path, a[0].value, value{}}
			a = a[1:]
		case len(a) == 0 || b[0].path < a[0].path:
			one = difference{b[0].path, value{}, b[0].value}
			b = b[1:]
		default:
			one = difference{a[0].path, a[0].value, b[0].value}
			a, b = a[1:], b[1:]
		}
		if c.differs(new, one) {
			d.leaves = append(d.leaves, defaulted(new.kind, one))
		}
	}
	return d
}

// differs reports whether a difference is to be told, and counts those that are not.
func (c *comparer) differs(p *part, one difference) bool {
	switch {
	case one.old == one.new:
		return false
	case strings.HasSuffix(one.path, orderSuffix) && sameOrder(one.old.text, one.new.text):
		return false // the elements that came or went are told
	case c.sources.same(one), c.renames.same(one), c.hides(p.kind, one.path, one.old, one.new), isDefault(p, one):
		c.hidden++
		return false
	}
	return true
}

// sameOrder reports whether the names that both lists have stand in the same order.
func sameOrder(old, new string) bool {
	a, b := strings.Split(old, ", "), strings.Split(new, ", ")
	common := func(list, other []string) []string {
		has := map[string]bool{}
		for _, name := range other {
			has[name] = true
		}
		return slices.DeleteFunc(list, func(name string) bool { return !has[name] })
	}
	return slices.Equal(common(slices.Clone(a), b), common(slices.Clone(b), a))
}

// take removes a leaf from what is still to be told.
func (d *delta) take(path string) (difference, bool) {
	for i, one := range d.leaves {
		if one.path == path {
			d.leaves = slices.Delete(d.leaves, i, i+1)
			return one, true
		}
	}
	return difference{}, false
}

// takeAll removes a leaf and everything below it.
func (d *delta) takeAll(path string) []difference {
	var all []difference
	d.leaves = slices.DeleteFunc(d.leaves, func(one difference) bool {
		if !isBelow(one.path, path) {
			return false
		}
		all = append(all, one)
		return true
	})
	return all
}

// pair compares a part that both sides have, and its parts.
func (c *comparer) pair(old, new *part) {
	c.stay(old, new)
	d, isAllTold := c.delta(old, new), false
	switch new.kind {
	case aBoard:
		c.boardParts(d)
	case aPanel:
		isAllTold = c.panel(d)
	case aQuery, anAnnotation:
		c.query(d)
		c.alertQuery(d)
	case aVariable:
		c.variable(d)
	case anOverride:
		c.override(d)
	case aDocument:
		c.groups(old, new)
	case aRule:
		c.rule(d)
	}
	c.known(d)
	c.rest(d)
	if isAllTold {
		return
	}
	for _, k := range []kind{aQuery, aTransformation, anOverride} {
		c.children(k, old, new)
	}
	if new.kind == aRow {
		c.children(aVariable, old, new)
	}
}

// elementOfID reports whether the name of a panel's element is Grafana's own, from its id.
func (p *part) elementOfID() bool { return p.panel.Element == "panel-"+p.id }

// children compares the parts of a kind.
func (c *comparer) children(k kind, old, new *part) {
	c.matched(k, matchParts(k, old.of(k), new.of(k), c.bounds))
}

// matched compares parts of a kind that are matched, and tells their order.
func (c *comparer) matched(k kind, m *matching) {
	c.pairs(m)
	for _, p := range m.moved() {
		c.add(p.new, "order", orderLevel(k), Text{Words: "moved in the order of " + plural(k)}, "", "")
	}
}

// pairs compares parts that are matched.
func (c *comparer) pairs(m *matching) {
	for _, p := range m.all() {
		switch {
		case p.old == nil:
			c.addedPart(p.new)
		case p.new == nil:
			c.removedPart(p.old)
		default:
			c.pair(p.old, p.new)
		}
	}
}

func plural(k kind) string {
	if k == aQuery {
		return "queries"
	}
	return string(k) + "s"
}

// tell adds a change of a part that both sides have.
func (c *comparer) tell(d *delta, kind string, level Level, text Text, old, new string) *Change {
	change := c.add(d.new, kind, level, text, old, new)
	change.was = d.old
	return change
}

// add adds a change of a part.
func (c *comparer) add(p *part, kind string, level Level, text Text, old, new string) *Change {
	file := c.newFile
	if kind == removed {
		file = c.oldFile
	}
	if !c.bounds.tells(level, c.told[level]) {
		c.settle()
		c.untold = Change{Level: level, part: p}
		return &c.untold
	}
	c.told[level]++
	change := Change{Place: placeOf(p, file, kind == removed), Level: level, Kind: kind, Old: old, New: new, part: p}
	change.Text = aloud(p, text)
	own := ""
	if panel := p.within(aPanel); panel != nil {
		own = cmp.Or(panel.id, panel.name)
	} else if rule := p.within(aRule); rule != nil && rule != p {
		own = rule.name
	}
	within := p.top().id
	if group := p.within(aGroup); group != nil { // the same rules may stand in a file and in a manifest
		within = "group " + group.name
	}
	change.Fingerprint = fingerprint(within, own, string(p.kind), p.name, kind, old, new)
	c.changes = append(c.changes, change)
	return &c.changes[len(c.changes)-1]
}

// aloud names the part that a sentence is about, where the place does not.
func aloud(p *part, text Text) Text {
	switch p.kind {
	case aQuery, aTransformation, anOverride:
		colon := ": "
		for _, verb := range []string{added, removed, changed, moved} {
			if strings.HasPrefix(text.Words, verb) {
				colon = " "
			}
		}
		return Text{string(p.kind) + " {}" + colon + text.Words, append([]string{p.name}, text.Foreign...)}
	}
	return text
}

// placeOf returns where a part is.
func placeOf(p *part, file string, isGone bool) report.Place {
	at := report.Place{File: file, Board: p.top().id}
	if !isGone {
		at.Line = p.node.Place().Line // a place in the new file
	}
	if at.Board == "" {
		at.Board = p.top().name
	}
	if p.kind == aQuery {
		at.Query = p.name
	}
	panel, rule := p.within(aPanel), p.within(aRule)
	switch {
	case panel != nil:
		at.Panel, at.ID = panel.name, panel.panel.ID
	case rule != nil:
		at.Panel, at.Board = rule.name, rule.parent.name
	case p.kind == aGroup:
		at.Panel, at.Board = "group "+p.name, p.name
	case p.kind != aBoard && p.kind != aDocument:
		at.Panel = p.word() + " " + p.name
	}
	return at
}

func joined(texts ...string) string { return strings.Join(texts, "\x00") }
