package diff

import (
	"slices"
	"strings"
)

// together returns changes as a reader wants them: what changed in the same way in several queries of a panel, such as
// those of p50, p95 and p99, is one change with the names of all. Nothing else is left out.
func together(changes []Change) []Change {
	var groups [][]Change
	at := map[string]int{}
	for _, c := range changes {
		key := c.sameInQueries()
		if i, isKnown := at[key]; isKnown && key != "" {
			groups[i] = append(groups[i], c)
			continue
		}
		at[key] = len(groups)
		groups = append(groups, []Change{c})
	}
	var all []Change
	for _, group := range groups {
		all = append(all, ofQueries(group))
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
	if c.Values != nil {                     // what could not be evaluated is told by itself
		key = append(key, "evaluated")
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

// ofQueries tells the changes of a group in one sentence. The first one's words stand for all; the values are told for each
// where they are not the same.
func ofQueries(group []Change) Change {
	c := group[0]
	rest, isQuery := strings.CutPrefix(c.Text.Words, string(aQuery)+" {}")
	if len(group) == 1 || !isQuery {
		return c
	}
	var names []string
	each := Values{}
	for i, one := range group {
		names = append(names, one.part.name)
		if one.Values != nil {
			each.Text.Words += []string{"", "; "}[min(i, 1)] + "query {}: " + one.Values.Text.Words
			each.Text.Foreign = slices.Concat(each.Text.Foreign, []string{one.part.name}, one.Values.Text.Foreign)
		}
	}
	c.Text.Words = plural(aQuery) + " {}" + rest
	c.Text.Foreign = slices.Concat([]string{strings.Join(names, ", ")}, c.Text.Foreign[1:])
	c.also = len(group) - 1
	isOther := func(one Change) bool { return one.Values != nil && one.Values.Text.String() != c.Values.Text.String() }
	if slices.ContainsFunc(group, isOther) {
		c.Values = &each
	}
	return c
}
