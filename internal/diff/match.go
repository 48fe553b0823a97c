package diff

import (
	"cmp"
	"slices"
	"strings"
)

// pair is a part on both sides, or on one: the other is nil.
type pair struct{ old, new *part }

// matching pairs the parts of two sides, step by step.
type matching struct {
	olds, news []*part
	pairs      []pair
	otherOf    map[*part]*part // both ways
}

func newMatching(olds, news []*part) *matching {
	return &matching{olds: olds, news: news, otherOf: map[*part]*part{}}
}

func (m *matching) join(old, new *part) {
	m.otherOf[old], m.otherOf[new] = new, old
	m.pairs = append(m.pairs, pair{old, new})
}

// free returns the parts of a side that have no other yet.
func (m *matching) free(side []*part) []*part {
	var all []*part
	for _, p := range side {
		if m.otherOf[p] == nil {
			all = append(all, p)
		}
	}
	return all
}

// by pairs parts with the same key, the first with the first. A part with an empty key is left.
func (m *matching) by(key func(*part) string) {
	waiting := map[string][]*part{}
	for _, p := range m.free(m.olds) {
		if k := key(p); k != "" {
			waiting[k] = append(waiting[k], p)
		}
	}
	for _, p := range m.free(m.news) {
		if k := key(p); len(waiting[k]) > 0 && k != "" {
			m.join(waiting[k][0], p)
			waiting[k] = waiting[k][1:]
		}
	}
}

// least is how alike two parts are at least, to be the same one.
const least = 0.5

// maxAlike bounds the parts that are compared each with each.
const maxAlike = 300

// alike pairs what is left by likeness, the most alike first. It comes to the same pairs with the sides exchanged.
func (m *matching) alike(likeness func(old, new *part) float64) {
	type candidate struct {
		pair
		score float64
		at    int
	}
	olds, news := m.free(m.olds), m.free(m.news)
	if len(olds) > maxAlike || len(news) > maxAlike {
		return
	}
	var all []candidate
	for i, old := range olds {
		for j, new := range news {
			if score := likeness(old, new); score >= least {
				all = append(all, candidate{pair{old, new}, score, i + j})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at))
	})
	for _, c := range all {
		if m.otherOf[c.old] == nil && m.otherOf[c.new] == nil {
			m.join(c.old, c.new)
		}
	}
}

// all returns the pairs in the order of the new side, then what is gone.
func (m *matching) all() []pair {
	var all []pair
	for _, p := range m.news {
		all = append(all, pair{m.otherOf[p], p})
	}
	for _, p := range m.free(m.olds) {
		all = append(all, pair{p, nil})
	}
	return all
}

// matchPanels pairs the panels of two boards: by id and title, by title and queries, by id where they are alike, by title
// and row, by title, and by likeness.
func matchPanels(olds, news []*part, b *bounds) *matching {
	m := newMatching(olds, news)
	likes := newLikeness(b)
	join := func(texts ...string) string {
		for _, text := range texts {
			if text == "" {
				return ""
			}
		}
		return joined(texts...)
	}
	m.by(func(p *part) string { return join(p.id, p.name) })
	m.by(func(p *part) string { return join(p.panel.Element, p.name) })
	m.by(func(p *part) string { // a generator that numbers panels gives one's id to the next
		return join(p.name, p.panel.Type, p.expressions())
	})
	ids := map[string]*part{}
	for _, p := range m.free(olds) {
		ids[p.id] = p
	}
	for _, p := range m.free(news) {
		if old := ids[p.id]; old != nil && p.id != "" && m.otherOf[old] == nil && likes.panels(old, p) >= least {
			m.join(old, p)
		}
	}
	m.by(func(p *part) string { return join(p.name, p.rowName()) })
	m.by(func(p *part) string { return p.name })
	m.alike(likes.panels)
	m.by(func(p *part) string { return join(p.id, p.panel.Type) })
	return m
}

// expressions returns the expressions of a panel's queries, as one text.
func (p *part) expressions() string {
	var all []string
	for _, q := range p.of(aQuery) {
		all = append(all, q.expr)
	}
	return strings.Join(all, " ")
}

func (p *part) rowName() string {
	if p.row == nil {
		return " "
	}
	return " " + p.row.name
}

// matchRows pairs rows by title, and what is left by the panels that they share.
func matchRows(olds, news []*part, panels *matching) *matching {
	m := newMatching(olds, news)
	m.by(func(p *part) string { return " " + p.name })
	m.byShared(panels, (*part).allRows)
	return m
}

// allRows returns the row or tab of a panel, and those around it, the outermost first.
func (p *part) allRows() []*part {
	var all []*part
	for row := p.row; row != nil; row = row.row {
		all = append(all, row)
	}
	slices.Reverse(all)
	return all
}

// byShared pairs what is left by the inner parts that both have. What is around an inner part has levels, the outermost
// first. The panels above all rows are no row that lost its title.
func (m *matching) byShared(inner *matching, around func(*part) []*part) {
	shared, of := map[pair]int{}, map[*part]int{}
	count := func(side []*part) {
		for _, p := range side {
			for _, outer := range around(p) {
				of[outer]++
			}
		}
	}
	count(inner.olds)
	count(inner.news)
	for _, p := range inner.pairs {
		olds, news := around(p.old), around(p.new)
		for i := range min(len(olds), len(news)) {
			shared[pair{olds[i], news[i]}]++
		}
	}
	m.alike(func(old, new *part) float64 {
		if of[old]+of[new] == 0 || isHeadless(old) != isHeadless(new) {
			return 0
		}
		return 2 * float64(shared[pair{old, new}]) / float64(of[old]+of[new])
	})
}

// isHeadless reports whether a row shows no title, as the panels above all rows do not.
func isHeadless(row *part) bool { return row.get("hideHeader").text == "true" }

// matchParts pairs parts of another kind by name, and what is left by likeness.
func matchParts(k kind, olds, news []*part, b *bounds) *matching {
	m := newMatching(olds, news)
	m.by(func(p *part) string { return " " + p.name })
	likes := newLikeness(b)
	switch k {
	case aQuery, anAnnotation:
		m.alike(likes.queries)
	case aTransformation:
	default:
		m.alike(likes.leaves)
	}
	return m
}
