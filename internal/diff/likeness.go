package diff

import (
	"strings"
)

// likeness says how alike two parts are, from 0 to 1.
type likeness struct {
	bounds *bounds
	tokens map[string]bag          // of a text
	says   map[*part]map[leaf]bool // the leaves of a part
	names  map[*part][]string      // of what is in a board or document
}

// bag is how often each word is in a text, and how many words it has.
type bag struct {
	times map[string]int
	all   int
}

func newLikeness(b *bounds) *likeness {
	return &likeness{b, map[string]bag{}, map[*part]map[leaf]bool{}, map[*part][]string{}}
}

// panels compares panels by their queries and type. Panels without queries are compared by everything that they say.
func (l *likeness) panels(old, new *part) float64 {
	before, after := old.expressions(), new.expressions()
	asked := l.texts(before, after)
	switch {
	case strings.TrimSpace(before) == "" && strings.TrimSpace(after) == "":
		asked = l.leaves(old, new)
	case before == "" || after == "":
		return 0
	}
	score := 0.8 * asked
	if old.panel.Type == new.panel.Type {
		score += 0.1
	}
	if old.name != "" && old.name == new.name {
		score += 0.3
	}
	if old.rowName() == new.rowName() {
		score += 0.05
	}
	if asked < 0.6 && old.name != new.name {
		return 0
	}
	return min(score, 1)
}

func (l *likeness) queries(old, new *part) float64 {
	if old.expr == "" && new.expr == "" {
		return l.leaves(old, new)
	}
	return l.texts(old.expr, new.expr)
}

// rules compares rules: a renamed one has the same expression, or nearly so.
func (l *likeness) rules(old, new *part) float64 {
	if old.ruleKind() != new.ruleKind() {
		return 0
	}
	if score := l.texts(old.expr, new.expr); score >= 0.8 {
		return score
	}
	return 0
}

// texts compares queries by the words that they share.
func (l *likeness) texts(old, new string) float64 {
	if old == new && old != "" {
		return 1
	}
	a, b := l.count(old), l.count(new)
	if len(a.times) > len(b.times) {
		a, b = b, a
	}
	if a.all+b.all == 0 || !l.bounds.spend(len(a.times)+1) {
		return 0
	}
	shared := 0
	for word, n := range a.times {
		shared += min(n, b.times[word])
	}
	return 2 * float64(shared) / float64(a.all+b.all)
}

// maxLike is how much of a text counts for its likeness, in bytes: the most that a query may have.
const maxLike = 64 << 10

func (l *likeness) count(text string) bag {
	text = text[:min(len(text), maxLike)]
	words, ok := l.tokens[text]
	if ok || !l.bounds.spend(len(text)) {
		return words
	}
	words.times = map[string]int{}
	for _, word := range token.FindAllString(text, -1) {
		if strings.Trim(word, " \t\n(){},=~!\"") != "" {
			words.times[word]++
			words.all++
		}
	}
	l.tokens[text] = words
	return words
}

// manyPanels is the share of panels from which on a board with another uid, file and title is the same board.
const manyPanels = 0.8

// boards compares boards that have other uids, files and titles: by the panels that both have.
func (l *likeness) boards(old, new *part) float64 {
	keys := func(p *part) (all []string) {
		for _, panel := range p.of(aPanel) {
			all = append(all, joined(panel.name, panel.panel.Type, panel.expressions()))
		}
		return all
	}
	olds, news := l.named(old, keys), l.named(new, keys)
	if !l.bounds.spend(len(olds) + len(news)) {
		return 0
	}
	gone, come := goneAndCome(olds, news)
	both := len(olds) + len(news)
	score := 1 - float64(len(gone)+len(come))/float64(max(both, 1))
	if both == 0 || score < manyPanels {
		return 0
	}
	return score
}

// documents compares files that have other names: by the names of their rules, or by all that they say.
func (l *likeness) documents(old, new *part) float64 {
	names := func(p *part) []string {
		var all []string
		for _, rule := range rulesOf(p) {
			all = append(all, rule.name)
		}
		return []string{strings.Join(all, " ")}
	}
	if a, b := l.named(old, names)[0], l.named(new, names)[0]; a != "" || b != "" {
		return l.texts(a, b)
	}
	return l.leaves(old, new)
}

// named returns the names in a board or document, which are put together once for all that it is compared with.
func (l *likeness) named(p *part, names func(*part) []string) []string {
	if _, ok := l.names[p]; !ok {
		l.names[p] = names(p)
	}
	return l.names[p]
}

// leaves compares parts by the leaves that they share.
func (l *likeness) leaves(old, new *part) float64 {
	all := len(old.leaves) + len(new.leaves)
	if all == 0 || !l.bounds.spend(len(old.leaves)) {
		return 0
	}
	theirs := l.says[new]
	if theirs == nil {
		theirs = make(map[leaf]bool, len(new.leaves))
		for _, one := range new.leaves {
			theirs[one] = true
		}
		l.says[new] = theirs
	}
	shared := 0
	for _, one := range old.leaves {
		if theirs[one] {
			shared++
		}
	}
	return 2 * float64(shared) / float64(all)
}
