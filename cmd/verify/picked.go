package main

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// picked are the labels of each selector of a query whose matchers hold a variable that takes its values from the
// source. Such a value was read from series, so that one that no series has is wrong, and not to come later.
type picked []map[string]bool

// pickedIn reads the query as the board has it; nil where it cannot be read.
func pickedIn(expr string, variables []grafana.Variable) picked {
	q, err := query.Parse(expr)
	if err != nil {
		return nil
	}
	var all picked
	for _, s := range q.Selectors() {
		labels := map[string]bool{}
		for _, m := range s.Matchers {
			for _, v := range q.Variables() {
				inside := m.Span.Start <= v.Span.Start && v.Span.End <= m.Span.End
				labels[m.Label] = labels[m.Label] || inside && slices.ContainsFunc(variables, func(x grafana.Variable) bool {
					return x.Name == v.Name && x.Type == "query"
				})
			}
		}
		all = append(all, labels)
	}
	return all
}

// wrong are the selectors that wait for a value that was picked.
func (p picked) wrong(r reading) []lack {
	if len(p) != len(r.query.Selectors()) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.waits), func(l lack) bool {
		return !slices.ContainsFunc(l.labels, func(label string) bool { return p[l.selector][label] })
	})
}
