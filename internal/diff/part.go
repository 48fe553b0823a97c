package diff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// kind is what a part is, in the words of the report.
type kind string

const (
	aBoard          kind = "board"
	aRow            kind = "row"
	aPanel          kind = "panel"
	aQuery          kind = "query"
	aTransformation kind = "transformation"
	anOverride      kind = "override"
	aVariable       kind = "variable"
	anAnnotation    kind = "annotation"
	aDocument       kind = "document" // any other file: a data source, prometheus.yml, a manifest
	aGroup          kind = "group"
	aRule           kind = "rule"
)

// part is a thing that is matched as a whole: a board, a panel, a query. What a document says about it, and about none
// of its own parts, are its leaves.
type part struct {
	kind     kind
	name     string // for people, and for matching: a title, a refId, a variable's name
	id       string // what identifies it before its name: a panel's id
	row      *part  // of a panel, or of a row in a tab: its row or tab
	isTab    bool   // of a row
	parent   *part
	parts    []*part
	leaves   []leaf // by path
	expr     string // of a query, an annotation, a rule
	findings []Finding
	again    string            // before the paths of a panel's further places
	at       *grafana.Position // of a panel: in its row
	node     *grafana.Node
	board    *grafana.Board
	panel    *grafana.Panel
	target   *grafana.Target
	source   origin // of a board or document
}

// leaf is a text, a number or a boolean of a document, or a list of such values.
type leaf struct {
	path  string
	value value
}

// value is what a leaf says. The zero value is a leaf that is not there; null, "", [] and {} are the same.
type value struct {
	kind grafana.Kind
	text string
}

func (p *part) add(child *part) *part {
	child.parent = p
	p.parts = append(p.parts, child)
	return child
}

// top returns the board or document that has the part.
func (p *part) top() *part {
	for p.parent != nil {
		p = p.parent
	}
	return p
}

// within returns the nearest part of a kind around the part, or the part itself.
func (p *part) within(k kind) *part {
	for ; p != nil; p = p.parent {
		if p.kind == k {
			return p
		}
	}
	return nil
}

// word is what viewers call a part.
func (p *part) word() string {
	if p.isTab {
		return "tab"
	}
	return string(p.kind)
}

// of returns the parts of a kind.
func (p *part) of(k kind) []*part {
	if p == nil {
		return nil
	}
	var all []*part
	for _, child := range p.parts {
		if child.kind == k {
			all = append(all, child)
		}
	}
	return all
}

func (p *part) sort() {
	slices.SortFunc(p.leaves, func(a, b leaf) int { return cmp.Compare(a.path, b.path) })
	for _, child := range p.parts {
		child.sort()
	}
}

// get returns a leaf, before or after sorting.
func (p *part) get(path string) value {
	for _, l := range p.leaves {
		if l.path == path {
			return l.value
		}
	}
	return value{}
}

// sorted is get for sorted leaves, of which there may be many.
func (p *part) sorted(path string) value {
	i, ok := slices.BinarySearchFunc(p.leaves, path, func(l leaf, path string) int { return cmp.Compare(l.path, path) })
	if !ok {
		return value{}
	}
	return p.leaves[i].value
}

// leadsTo reports whether there is a leaf at a path or below it, before or after sorting.
func (p *part) leadsTo(path string) bool {
	return slices.ContainsFunc(p.leaves, func(l leaf) bool { return isBelow(l.path, path) })
}

// set changes a leaf or adds it.
func (p *part) set(path string, v value) {
	for i := range p.leaves {
		if p.leaves[i].path == path {
			p.leaves[i].value = v
			return
		}
	}
	p.leaves = append(p.leaves, leaf{path, v})
}

// drop removes a leaf and returns it.
func (p *part) drop(path string) value {
	for i := range p.leaves {
		if p.leaves[i].path == path {
			v := p.leaves[i].value
			p.leaves = slices.Delete(p.leaves, i, i+1)
			return v
		}
	}
	return value{}
}

// rename gives a leaf another path, unless there is a leaf of that path.
func (p *part) rename(from, to string) {
	if p.get(to) == (value{}) {
		if v := p.drop(from); v != (value{}) {
			p.set(to, v)
		}
	}
}

// number writes a number in one way: 1.50 and 15e-1 are 1.5.
func number(text string) string {
	if strings.Trim(text, "0123456789") == "" && text != "" && (text[0] != '0' || text == "0") {
		return text // whole, and perhaps larger than a float64 can tell
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return strconv.FormatFloat(f+0, 'g', -1, 64)
	}
	return text
}

// String writes a value for people.
func (v value) String() string {
	switch {
	case v == (value{}):
		return "none"
	case v.kind == grafana.String && (isWord(v.text) || strings.TrimSpace(v.text) != v.text):
		return strconv.Quote(v.text)
	}
	return v.text
}

// isWord reports whether a text could be taken for a number, a boolean or nothing.
func isWord(text string) bool {
	if text == "true" || text == "false" || text == "null" || text == "none" || text == "" {
		return true
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}
