package diff

import (
	"fmt"

	"gaugewright/internal/report"
)

// Limits of a comparison. A large public board has 50,000 values, and a rule file that is judged 10,000 rules.
const (
	maxTold    = 10_000      // changes of a level that are told of a board or file
	maxAllTold = 50_000      // and of all: a change takes a kilobyte
	maxSteps   = 250_000_000 // to find what was renamed, and what changed in queries and texts: ten seconds of work
)

// perLevel is a number for each level.
type perLevel [Breaking + 1]int

// bounds is what a comparison has taken, and where it went over a limit. Nil is without limits.
type bounds struct {
	told  perLevel
	steps int
	file  string // that is being compared
	over  string // that was, when there were too many steps
}

// at notes which board or file is compared; of several, the first.
func (b *bounds) at(parts ...*part) {
	if b != nil && len(parts) > 0 {
		b.file = parts[0].source.path
	}
}

// spend counts steps. It returns false once there are too many.
func (b *bounds) spend(steps int) bool {
	if b == nil {
		return true
	}
	if b.steps <= maxSteps {
		if b.steps += steps; b.steps > maxSteps {
			b.over = b.file
		}
	}
	return b.steps <= maxSteps
}

// tells counts a change of a level, of which a board or file has so many. It returns false where it is one too many.
func (b *bounds) tells(level Level, before int) bool {
	if b == nil {
		return true
	}
	if before >= maxTold || b.told[level] >= maxAllTold {
		return false
	}
	b.told[level]++
	return true
}

// err says what was not compared for want of steps.
func (b *bounds) err() []report.Finding {
	if b.steps <= maxSteps {
		return nil
	}
	text := fmt.Sprintf("to find what was renamed, and what changed in queries and texts, takes more than %d steps, the limit: from this "+
		"file on, what was renamed may be told as removed and added, and changes come without an explanation", maxSteps)
	return []report.Finding{{Place: report.Place{File: b.over}, Kind: "not-compared", Text: text}}
}

// settle counts the last change that is not told. Until then, its level may change.
func (c *comparer) settle() {
	if c.untold.Level != 0 {
		c.more[c.untold.Level]++
	}
	c.untold = Change{}
}

// takes gives a section the changes of a comparison.
func (s *Section) takes(c *comparer) {
	c.settle()
	s.Changes = append(s.Changes, c.changes...)
	for level, n := range c.more {
		s.more[level] += n
	}
}

// tellMore tells how many changes are not told by themselves, for each level: it counts for the exit code.
func (s *Section) tellMore() {
	for level, n := range s.more {
		if n == 0 {
			continue
		}
		p := s.new
		if p == nil {
			p = s.old
		}
		text := say(fmt.Sprintf("{} more of this level: it has more than %d, the limit, or all boards and files have more than %d", maxTold, maxAllTold),
			report.Count(n, "change"))
		s.Changes = append(s.Changes, Change{Place: placeOf(p, s.Files[0], true), Level: Level(level), Kind: "more", Text: text, part: p, more: n,
			Fingerprint: fingerprint(p.top().id, "more", fmt.Sprint(level, n))})
	}
}

// count is how many changes a change stands for in a sum.
func (c Change) count() int { return max(1, c.more) }
