package diff

import (
	"cmp"
	"slices"
	"strings"
)

// rest tells the differences that no sentence is known for: by their path, and those of a whole object that came or went
// together.
func (c *comparer) rest(d *delta) {
	for len(d.leaves) > 0 {
		one := d.leaves[0]
		if whole, ok := d.whole(above(one.path)); ok {
			c.whole(d, whole)
			continue
		}
		d.leaves = d.leaves[1:]
		text := at(one.path, one.old, one.new)
		if strings.HasSuffix(one.path, orderSuffix) {
			text = say("{}: in another order", strings.TrimSuffix(one.path, orderSuffix))
		}
		c.tell(d, one.path, pathLevel(d.new, one.path), text, one.old.text, one.new.text)
	}
}

// above returns the path of what has a leaf, or an empty text.
func above(path string) string { return path[:max(strings.LastIndexByte(path, '.'), 0)] }

// whole reports whether a path, with all that is below it, is on one side only.
func (d *delta) whole(path string) (string, bool) {
	if path == "" || d.old.hasBelow(path) && d.new.hasBelow(path) {
		return "", false
	}
	n := 0
	for _, one := range d.leaves { // the first of them is below the path, and they are sorted
		if n > 1 || !strings.HasPrefix(one.path, path) {
			break
		}
		if isBelow(one.path, path) {
			n++
		}
	}
	return path, n > 1
}

// takeFirst is takeAll for sorted leaves of which the first is below the path. It looks no further than the paths that begin
// alike.
func (d *delta) takeFirst(path string) (all []difference) {
	end := slices.IndexFunc(d.leaves, func(one difference) bool { return !strings.HasPrefix(one.path, path) })
	if end < 0 {
		end = len(d.leaves)
	}
	var others []difference // whose paths only begin in the same way
	for _, one := range d.leaves[:end] {
		if isBelow(one.path, path) {
			all = append(all, one)
		} else {
			others = append(others, one)
		}
	}
	d.leaves = d.leaves[end-len(others):]
	copy(d.leaves, others)
	return all
}

// hasBelow is leadsTo for sorted leaves, of which there may be many.
func (p *part) hasBelow(path string) bool {
	for _, begin := range []string{path, path + ".", path + "["} { // between them, paths may begin in the same way
		first, _ := slices.BinarySearchFunc(p.leaves, begin, func(l leaf, path string) int { return cmp.Compare(l.path, path) })
		if first < len(p.leaves) && isBelow(p.leaves[first].path, path) {
			return true
		}
	}
	return false
}

// isBelow reports whether a path is another one, or leads into what stands there.
func isBelow(path, above string) bool {
	rest, ok := strings.CutPrefix(path, above)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// whole tells that an object came or went.
func (c *comparer) whole(d *delta, path string) {
	word, text := added, Text{}
	var olds, news []string
	all := d.takeFirst(path)
	for _, one := range all {
		v := one.new
		if one.new == (value{}) {
			word, v = removed, one.old
		}
		text.Foreign = append(text.Foreign, strings.TrimLeft(strings.TrimPrefix(one.path, path), "."), v.String())
		olds, news = append(olds, one.old.text), append(news, one.new.text)
	}
	text.Words = "{} " + word + ": " + strings.TrimPrefix(strings.Repeat(", {} {}", len(all)), ", ")
	text.Foreign = append([]string{path}, text.Foreign...)
	c.tell(d, path, pathLevel(d.new, path), text, joined(olds...), joined(news...))
}
