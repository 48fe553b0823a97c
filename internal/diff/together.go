package diff

import "strings"

// together returns changes as a reader wants them: what changed in the same way in several queries of a panel, such as
// those of p50, p95 and p99, is one change with the names of all. Nothing else is left out.
func together(changes []Change) []Change {
	var all []Change
	first := map[string]int{}
	for _, c := range changes {
		key := c.sameInQueries()
		i, isTold := first[key]
		if key == "" || !isTold {
			first[key] = len(all)
			all = append(all, c)
			continue
		}
		text := &all[i].Text
		if rest, isFirst := strings.CutPrefix(text.Words, string(aQuery)+" {}"); isFirst {
			text.Words = plural(aQuery) + " {}" + rest
		}
		text.Foreign = append([]string{text.Foreign[0] + ", " + c.part.name}, text.Foreign[1:]...)
		all[i].also++
	}
	return all
}

// sameInQueries returns what changes in several queries of a panel have in common if they are told in one sentence; an
// empty text for any other change.
func (c Change) sameInQueries() string {
	if c.part == nil || c.part.kind != aQuery || c.Kind == added || c.Kind == removed || len(c.Text.Foreign) == 0 {
		return ""
	}
	key := []string{c.about(), c.Kind, c.Level.String(), c.Text.Words}
	key = append(key, c.Text.Foreign[1:]...) // without the query's name
	if c.Values != nil {
		key = append(key, c.Values.Text.String())
	}
	if len(c.Words) == 0 {
		return joined(append(key, c.Old, c.New)...)
	}
	for _, w := range c.Words {
		if w.Op != ' ' {
			key = append(key, string(w.Op)+w.Text)
		}
	}
	return joined(key...)
}
