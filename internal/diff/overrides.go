package diff

import (
	"strings"
)

// override tells each property of an override that came, went or has another value.
func (c *comparer) override(d *delta) {
	var ids []string
	for _, p := range []*part{d.old, d.new} {
		for _, n := range p.node.At("properties").List() {
			ids = append(ids, n.At("id").Text())
		}
	}
	for _, id := range ids {
		path := "properties[" + id + "]"
		found := d.takeAll(path)
		if len(found) == 0 {
			continue
		}
		level := Behaviour
		if isLookProperty(id) {
			level = Cosmetic
		}
		text := Text{}
		for _, one := range found {
			if one.path != path+".id" {
				text.Words += ", {}: {} → {}"
				text.Foreign = append(text.Foreign, property(one.path), one.old.String(), one.new.String())
			}
		}
		text.Words = strings.TrimPrefix(text.Words, ", ")
		if text.Words == "" {
			text = say("property {}", id)
		}
		var olds, news []string
		for _, one := range found {
			olds, news = append(olds, one.old.text), append(news, one.new.text)
		}
		c.tell(d, path, level, text, joined(olds...), joined(news...))
	}
}

// properties lists what an override sets.
func properties(p *part) Text {
	text := Text{}
	for _, l := range p.leaves {
		isID := strings.HasPrefix(l.path, "properties") && (strings.HasSuffix(l.path, "].id") || strings.HasSuffix(l.path, orderSuffix))
		if l.path != "matcher.id" && l.path != "matcher.options" && !isID {
			text.Words += "; {} {}"
			text.Foreign = append(text.Foreign, property(l.path), l.value.String())
		}
	}
	text.Words = strings.Replace(text.Words, "; ", ": ", 1)
	return text
}

// property returns the name of a property, and the way to a value inside it.
func property(path string) string {
	rest, isProperty := strings.CutPrefix(path, "properties[")
	if id, inner, ok := strings.Cut(rest, "].value"); isProperty && ok {
		return strings.TrimSpace(id + " " + strings.TrimPrefix(inner, "."))
	}
	return path
}
