package diff

import (
	"strings"
)

// likeness says how alike two parts are, from 0 to 1.
type likeness struct {
	tokens map[string]map[string]int // of a query
}

func newLikeness() *likeness { return &likeness{map[string]map[string]int{}} }

// panels compares panels by their queries and type. Panels without queries are compared by everything that they say.
func (l *likeness) panels(old, new *part) float64 {
	before, after := old.expressions(), new.expressions()
	asked := l.texts(before, after)
	switch {
	case strings.TrimSpace(before+after) == "":
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
	shared, all := 0, 0
	for word, n := range a {
		shared += min(n, b[word])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(all)
}

func (l *likeness) count(text string) map[string]int {
	words, ok := l.tokens[text]
	if ok {
		return words
	}
	words = map[string]int{}
	for _, word := range token.FindAllString(text, -1) {
		if strings.Trim(word, " \t\n(){},=~!\"") != "" {
			words[word]++
		}
	}
	l.tokens[text] = words
	return words
}

// manyPanels is the share of panels from which on a board with another uid, file and title is the same board.
const manyPanels = 0.8

// boards compares boards that have other uids, files and titles: by the panels that both have.
func (l *likeness) boards(old, new *part) float64 {
	keys := func(p *part) []string {
		var all []string
		for _, panel := range p.of(aPanel) {
			all = append(all, joined(panel.name, panel.panel.Type, panel.expressions()))
		}
		return all
	}
	olds, news := keys(old), keys(new)
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
	names := func(p *part) string {
		var all []string
		for _, rule := range rulesOf(p) {
			all = append(all, rule.name)
		}
		return strings.Join(all, " ")
	}
	if a, b := names(old), names(new); a != "" || b != "" {
		return l.texts(a, b)
	}
	return l.leaves(old, new)
}

// leaves compares parts by the leaves that they share.
func (l *likeness) leaves(old, new *part) float64 {
	shared := 0
	theirs := map[leaf]bool{}
	for _, one := range new.leaves {
		theirs[one] = true
	}
	for _, one := range old.leaves {
		if theirs[one] {
			shared++
		}
	}
	all := len(old.leaves) + len(new.leaves)
	if all == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(all)
}
