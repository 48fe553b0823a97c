package verify

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// picked holds, for each selector of a query, the labels whose matchers contain a variable with values from the
// source. Such a value comes from series, so a value that no series has is wrong; it will not appear later.
type picked []map[string]bool

// pickedIn reads the board's query. It returns nil if the query cannot be read.
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

// wrong returns the selectors that wait for a picked value.
func (p picked) wrong(r reading) []lack {
	if len(p) != len(r.query.Selectors()) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.waits), func(l lack) bool {
		return !slices.ContainsFunc(l.labels, func(label string) bool { return p[l.selector][label] })
	})
}
