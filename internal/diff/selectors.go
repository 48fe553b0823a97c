package diff

import "gaugewright/internal/query"

// selectorWords says how the selectors of a query changed. Selectors of one metric are compared in their order.
func selectorWords(a, b *query.Query) []Text {
	olds, news := a.Selectors(), b.Selectors()
	all := metricWords(olds, news)
	if len(olds) != len(news) || len(all) > 1 {
		return all
	}
	for i := range olds {
		all = append(all, selector(olds[i], news[i])...)
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
	return exchange(names(olds), names(news))
}

func selector(old, new query.Selector) []Text {
	var all []Text
	if old.Range != new.Range && old.Range != "" && new.Range != "" {
		all = append(all, say("window {} → {}", old.Range, new.Range))
	}
	switch {
	case old.Offset == new.Offset:
	case old.Offset == "":
		all = append(all, say("offset {} added", new.Offset))
	case new.Offset == "":
		all = append(all, say("offset {} removed", old.Offset))
	default:
		all = append(all, say("offset {} → {}", old.Offset, new.Offset))
	}
	gone, come := exchanged(matchers(old), matchers(new))
	if len(gone) == 1 && len(come) == 1 {
		return append(all, say("matcher {} → {}", gone[0], come[0]))
	}
	for _, text := range gone {
		all = append(all, say("matcher {} removed", text))
	}
	for _, text := range come {
		all = append(all, say("matcher {} added", text))
	}
	return all
}

func matchers(s query.Selector) []string {
	var all []string
	for _, m := range s.Matchers {
		if m.Op == "" {
			all = append(all, m.Label)
			continue
		}
		all = append(all, m.Label+m.Op+`"`+m.Value+`"`)
	}
	return all
}
