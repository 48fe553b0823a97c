package diff

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// placing tells which panels stand elsewhere or have another size.
type placing struct {
	*comparer
	rows   *matching
	within map[pair][]pair // panels by their row
	order  []pair          // the rows
	// restless are the rows in which something came, went or got another size: what is below it moves.
	restless map[pair]bool
}

// places compares the places of panels. Panels that all moved up or down by the same because of something above them
// are one change.
func (c *comparer) places(panels, rows *matching) {
	l := &placing{comparer: c, rows: rows, within: map[pair][]pair{}, restless: map[pair]bool{}}
	for _, p := range panels.all() {
		switch {
		case p.old == nil:
			l.restless[l.of(nil, p.new)] = true
		case p.new == nil:
			l.restless[l.of(p.old, nil)] = true
		case l.sameRow(p):
			row := l.of(p.old, p.new)
			if l.within[row] == nil {
				l.order = append(l.order, row)
			}
			l.within[row] = append(l.within[row], p)
		default:
			l.restless[l.of(nil, p.new)], l.restless[l.of(p.old, nil)] = true, true
			from, to := rowTitle(p.old.row), rowTitle(p.new.row)
			c.add(p.new, moved, Cosmetic, say("moved from {} to {}", from, to), from, to)
			c.tellsPlace[p.new] = append(c.tellsPlace[p.new], "gridPos.x", "gridPos.y")
			c.size(p)
		}
	}
	for _, row := range l.order {
		l.row(row)
	}
}

func rowTitle(row *part) string {
	if row == nil || row.name == "" {
		return "the top"
	}
	return row.word() + " " + row.name
}

// of returns the row of a panel on both sides.
func (l *placing) of(old, new *part) pair {
	row := pair{}
	if old != nil {
		row.old = old.row
		row.new = l.rows.otherOf[old.row]
	}
	if new != nil {
		row.new = new.row
		if old == nil {
			row.old = l.rows.otherOf[new.row]
		}
	}
	return row
}

func (l *placing) sameRow(p pair) bool {
	if p.old.row != nil && l.rows.otherOf[p.old.row] == p.new.row {
		return true
	}
	return rowTitle(p.old.row) == "the top" && rowTitle(p.new.row) == "the top"
}

// size tells that a panel has another size.
func (c *comparer) size(p pair) bool {
	a, b := p.old.at, p.new.at
	if a == nil || b == nil || a.W == b.W && a.H == b.H {
		return false
	}
	from, to := fmt.Sprintf("%d×%d", a.W, a.H), fmt.Sprintf("%d×%d", b.W, b.H)
	c.add(p.new, resized, Cosmetic, say("resized from {} to {}", from, to), from, to)
	c.tellsPlace[p.new] = append(c.tellsPlace[p.new], "gridPos.w", "gridPos.h")
	return true
}

// row tells what moved within a row.
func (l *placing) row(row pair) {
	panels := slices.DeleteFunc(l.within[row], func(p pair) bool { return p.old.at == nil || p.new.at == nil })
	for _, p := range panels {
		if l.size(p) {
			l.restless[row] = true
		}
	}
	slices.SortStableFunc(panels, func(a, b pair) int {
		return cmp.Or(a.new.at.Y-b.new.at.Y, a.new.at.X-b.new.at.X)
	})
	together := map[int][]pair{} // by how far down
	for _, p := range panels {
		by := p.new.at.Y - p.old.at.Y
		switch other := swapped(p, panels); {
		case other != nil:
			l.moves(p, say("changed places with {}", other.title()))
		case p.new.at.X == p.old.at.X && by != 0:
			together[by] = append(together[by], p)
		default:
			l.move(p)
		}
	}
	for _, by := range slices.Sorted(maps.Keys(together)) {
		l.shift(row, together[by], by)
	}
}

// shift tells that panels moved up or down together.
func (l *placing) shift(row pair, run []pair, by int) {
	if len(run) == 1 && !l.restless[row] {
		l.move(run[0])
		return
	}
	for _, p := range run {
		l.tellsPlace[p.new] = append(l.tellsPlace[p.new], "gridPos.y")
	}
	direction := "down"
	if by < 0 {
		direction = "up"
	}
	about := run[0].new.top()
	if rowTitle(row.new) != "the top" {
		about = row.new
	}
	text := say("{} moved "+direction+" by {}", run[0].new.title(), fmt.Sprint(max(by, -by)))
	if len(run) > 1 {
		text = say("{} panels from {} on moved "+direction+" by {}", fmt.Sprint(len(run)), run[0].new.title(), fmt.Sprint(max(by, -by)))
	}
	l.add(about, shifted, Cosmetic, text, fmt.Sprint(-by), fmt.Sprint(by))
}

// swapped returns the panel that a panel changed places with, or nil.
func swapped(p pair, panels []pair) *part {
	isAt := func(a, b *part) bool { return a.at.X == b.at.X && a.at.Y == b.at.Y }
	if isAt(p.old, p.new) {
		return nil
	}
	for _, q := range panels {
		if isAt(q.new, p.old) && isAt(q.old, p.new) {
			return q.new
		}
	}
	return nil
}

// move tells that a panel moved on its own.
func (l *placing) move(p pair) {
	x, y := p.new.at.X-p.old.at.X, p.new.at.Y-p.old.at.Y
	if x == 0 && y == 0 {
		return
	}
	var ways []string
	for _, way := range []struct {
		by         int
		less, more string
	}{{x, "to the left", "to the right"}, {y, "up", "down"}} {
		switch {
		case way.by < 0:
			ways = append(ways, fmt.Sprintf("%s by %d", way.less, -way.by))
		case way.by > 0:
			ways = append(ways, fmt.Sprintf("%s by %d", way.more, way.by))
		}
	}
	l.moves(p, Text{Words: "moved " + strings.Join(ways, " and ")})
}

// moves adds the sentence about a panel that moved.
func (l *placing) moves(p pair, text Text) {
	at := func(p *part) string { return fmt.Sprintf("column %d, line %d", p.at.X, p.at.Y) }
	l.add(p.new, moved, Cosmetic, text, at(p.old), at(p.new))
	l.tellsPlace[p.new] = append(l.tellsPlace[p.new], "gridPos.x", "gridPos.y")
}

// title names a part for people.
func (p *part) title() string {
	if p.name == "" {
		return "untitled " + p.word()
	}
	return p.name
}
