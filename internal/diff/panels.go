package diff

import (
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// panel tells what would be told many times if each value were told by itself: that the panel is another type, or comes
// from the library now. It reports whether what is in the panel is told with that.
func (c *comparer) panel(d *delta) (isAllTold bool) {
	for _, path := range c.tellsPlace[d.new] {
		d.take(path)
	}
	if d.old.elementOfID() && d.new.elementOfID() { // the id is told
		d.take("element")
	}
	if d.old.queriesShareSource() && d.new.queriesShareSource() {
		d.takeAll("datasource")
	}
	c.defaultThresholds(d)
	if d.old.isReference() != d.new.isReference() {
		c.library(d)
		return true
	}
	if d.old.panel.Type != d.new.panel.Type {
		c.otherType(d)
	}
	return false
}

// queriesShareSource reports whether all queries of a panel name the panel's data source, so that the panel need not be told.
func (p *part) queriesShareSource() bool {
	queries := p.of(aQuery)
	return len(queries) > 0 && !slices.ContainsFunc(queries, func(q *part) bool { return source(q) != source(p) })
}

// isReference reports whether a panel is in the library of a Grafana, and not in the file.
func (p *part) isReference() bool {
	return p.leadsTo("libraryPanel") && len(p.of(aQuery)) == 0 && !p.leadsTo("options") && !p.leadsTo("fieldConfig")
}

// library tells that a panel is one of the library now, or no longer.
func (c *comparer) library(d *delta) {
	words, name := "comes from the library now, as {}: what it shows is not in this file", d.new.get("libraryPanel.name")
	if d.old.isReference() {
		words, name = "no longer comes from the library, as {}: what it shows is in this file now", d.old.get("libraryPanel.name")
	}
	keep := []string{"title", "id", "gridPos", "repeat", "element"}
	d.leaves = slices.DeleteFunc(d.leaves, func(one difference) bool {
		return !slices.ContainsFunc(keep, func(path string) bool { return isBelow(one.path, path) })
	})
	c.tell(d, "libraryPanel", Behaviour, say(words, name.String()), d.old.expressions(), d.new.expressions())
}

// otherType tells in one sentence what options only one type has. What both types have is told as ever.
func (c *comparer) otherType(d *delta) {
	var names, olds, news []string
	d.leaves = slices.DeleteFunc(d.leaves, func(one difference) bool {
		if one.old != (value{}) && one.new != (value{}) || isShownByAll(one.path) {
			return false
		}
		v, sign := one.new, "+ "
		if v == (value{}) {
			v, sign = one.old, "- "
		}
		name := strings.TrimPrefix(strings.TrimPrefix(one.path, "fieldConfig.defaults.custom."), "options.")
		names = append(names, sign+name+" "+v.String())
		olds, news = append(olds, one.path, one.old.text), append(news, one.path, one.new.text)
		return true
	})
	if names != nil {
		c.tell(d, "options of the type", Cosmetic, say("options that only one of the types has: {}", strings.Join(names, ", ")), joined(olds...), joined(news...))
	}
}

// isShownByAll reports whether a path is told for panels of whatever type.
func isShownByAll(path string) bool {
	return slices.ContainsFunc(knownOf[aPanel], func(s subject) bool {
		return isBelow(path, s.path) && !isBelow(path, "fieldConfig.defaults.custom") && (s.level == Behaviour || !strings.HasPrefix(s.path, "options") && !strings.HasPrefix(s.path, "fieldConfig"))
	})
}

// tidyOldTypes writes what panels of Grafana before 7 say where later ones do.
func tidyOldTypes(p *part) {
	switch p.panel.Type {
	case "graph":
		p.rename("yaxes[0].format", "fieldConfig.defaults.unit")
		for _, end := range []string{"min", "max"} {
			if v := p.get("yaxes[0]." + end); v.kind == grafana.Number {
				p.rename("yaxes[0]."+end, "fieldConfig.defaults."+end)
			}
		}
	case "singlestat":
		p.rename("format", "fieldConfig.defaults.unit")
	}
}
