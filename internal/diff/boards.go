package diff

import "cmp"

// The kinds of changes that have no path.
const (
	added   = "added"
	removed = "removed"
	changed = "changed"
	moved   = "moved"
	resized = "resized"
	shifted = "shifted"
)

// boardParts compares the panels, rows, variables and annotations of two boards.
func (c *comparer) boardParts(d *delta) {
	variables := matchParts(aVariable, d.old.of(aVariable), d.new.of(aVariable), c.bounds)
	c.renames = renamesOf(variables, c.bounds)
	panels := matchPanels(d.old.of(aPanel), d.new.of(aPanel), c.bounds)
	c.panels = panels
	rows := matchRows(d.old.of(aRow), d.new.of(aRow), panels)
	c.places(panels, rows)
	if len(rows.free(rows.olds))+len(rows.free(rows.news)) > 0 {
		d.take("layout.kind") // a board with its first row is one of rows
	}
	c.pairs(panels)
	c.pairs(rows)
	for _, p := range rows.movedWithin(rows, func(p *part) *part { return p.row }) {
		c.add(p.new, "order", Cosmetic, Text{Words: "moved in the order of " + p.new.word() + "s"}, "", "")
	}
	c.matched(aVariable, variables)
	c.children(anAnnotation, d.old, d.new)
}

func (c *comparer) addedPart(p *part) {
	c.come = append(c.come, p.ownFindings()...)
	if p.kind == anAnnotation && isBuiltIn(p) || p.kind == aRow && p.name == "" && isHeadless(p) {
		c.hidden++
		return
	}
	level := Behaviour
	if p.kind == aRow || p.kind == aGroup || isLook(p) { // what is in them is told by itself
		level = Cosmetic
	}
	c.add(p, added, level, Text{"added" + c.what(p).Words, c.what(p).Foreign}, "", p.says())
	for _, v := range p.of(aVariable) {
		c.addedPart(v)
	}
}

func (c *comparer) removedPart(p *part) {
	c.lost = append(c.lost, p.ownFindings()...)
	if p.kind == anAnnotation && isBuiltIn(p) || p.kind == aRow && p.name == "" && isHeadless(p) {
		c.hidden++
		return
	}
	level := Behaviour
	switch {
	case p.kind == aPanel, p.kind == aVariable, p.kind == aRule: // what reads a recorded series finds none
		level = Breaking
	case p.kind == aRow, p.kind == aGroup, isLook(p):
		level = Cosmetic
	}
	c.add(p, removed, level, Text{"removed" + c.what(p).Words, c.what(p).Foreign}, p.says(), "")
	for _, v := range p.of(aVariable) {
		c.removedPart(v)
	}
}

// says returns what a part is, for its fingerprint: in whatever form it is written.
func (p *part) says() string { return cmp.Or(p.expr, p.name) }

// what tells more about a part that came or went.
func (c *comparer) what(p *part) Text {
	switch {
	case p.expr != "":
		return say(": {}", p.expr)
	case p.kind == aPanel && p.panel.Type != "":
		return say(" ({})", p.panel.Type)
	case p.kind == aVariable:
		return say(" ({})", p.get("type").text)
	case p.kind == anOverride:
		return properties(p)
	}
	return Text{}
}

// isBuiltIn reports whether an annotation is Grafana's own, which every board has whether it is written or not.
func isBuiltIn(p *part) bool {
	return p.get("builtIn").text == "true" && p.get("name").text == "Annotations & Alerts" && p.get("enable").text != "false" &&
		p.get("iconColor").text == "rgba(0, 211, 255, 1)"
}
