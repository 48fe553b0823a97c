package diff

import (
	"slices"

	"gaugewright/internal/query"
)

// selectorWords says how the selectors of a query changed.
func selectorWords(a, b *query.Query) []Text {
	olds, news := a.Selectors(), b.Selectors()
	all := metricWords(olds, news)
	if len(olds) != len(news) || len(all) > 1 {
		return all
	}
	for i, new := range inOrderOf(olds, news) {
		all = append(all, selector(olds[i], new)...)
	}
	return all
}

// inOrderOf returns selectors in the order of others, of which they are the new version: those of the same metric in
// their own order. A metric with another name stands where the old one was missed.
func inOrderOf(olds, news []query.Selector) []query.Selector {
	of := map[string][]int{} // by metric, those that are left
	for i, new := range news {
		of[new.Metric] = append(of[new.Metric], i)
	}
	sorted, isTaken := make([]*query.Selector, len(olds)), make([]bool, len(news))
	for i, old := range olds {
		if same := of[old.Metric]; len(same) > 0 {
			sorted[i], isTaken[same[0]], of[old.Metric] = &news[same[0]], true, same[1:]
		}
	}
	var all []query.Selector
	next := 0
	for i := range olds {
		for ; sorted[i] == nil; next++ {
			if !isTaken[next] {
				sorted[i] = &news[next]
			}
		}
		all = append(all, *sorted[i])
	}
	return all
}

func metricWords(olds, news []query.Selector) []Text {
	names := func(all []query.Selector) []string {
		var names []string
		for _, s := range all {
			if s.Metric != "" {
				names = append(names, s.Metric)
			}
		}
		return names
	}
	a, b := names(olds), names(news)
	all := goneAndComeWords(a, b)
	if all == nil && !slices.Equal(a, b) {
		return []Text{say("its parts in another order")}
	}
	return all
}

func selector(old, new query.Selector) []Text {
	var all []Text
	if old.Range != new.Range && old.Range != "" && new.Range != "" {
		all = append(all, say("window {} → {}", old.Range, new.Range))
	}
	all = append(all, modifier("offset", old.Offset, new.Offset)...)
	all = append(all, modifier("@", old.At, new.At)...)
	return append(all, matcherWords(old, new)...)
}

// modifier says how a modifier of a selector changed.
func modifier(name, old, new string) []Text {
	switch {
	case old == new:
		return nil
	case old == "":
		return []Text{say(name+" {} added", new)}
	case new == "":
		return []Text{say(name+" {} removed", old)}
	}
	return []Text{say(name+" {} → {}", old, new)}
}

// matcherWords says which matchers changed: the only one, or those of the same label, have another text.
func matcherWords(old, new query.Selector) []Text {
	var all []Text
	gone, come := goneAndCome(matchers(old), matchers(new))
	isOnly := len(gone) == 1 && len(come) == 1
	for _, was := range gone {
		at := slices.IndexFunc(come, func(is matcher) bool { return isOnly || is.label == was.label })
		if at < 0 {
			all = append(all, say("matcher {} removed", was.text))
			continue
		}
		all = append(all, say("matcher {} → {}", was.text, come[at].text))
		come = slices.Delete(come, at, at+1)
	}
	for _, is := range come {
		all = append(all, say("matcher {} added", is.text))
	}
	return all
}

// matcher is a condition on a label, as it is written.
type matcher struct{ label, text string }

func matchers(s query.Selector) []matcher {
	var all []matcher
	for _, m := range s.Matchers {
		text := m.Label
		if m.Op != "" {
			text += m.Op + `"` + m.Value + `"`
		}
		all = append(all, matcher{m.Label, text})
	}
	return all
}
