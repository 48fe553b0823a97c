package verify

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// picked holds, for each selector of a query, the labels whose matchers contain a variable with values that exist. Such a
// value comes from series, or the panel is repeated for it, so a value that no series has is wrong; it will not appear
// later.
type picked []map[string]bool

// existing returns the variables whose values exist: those from the source, and those that the panel is repeated for.
func existing(variables []grafana.Variable, p grafana.Panel) []string {
	names := []string{p.Repeat.Variable}
	for _, section := range p.Within {
		names = append(names, section.Repeat.Variable)
	}
	for _, v := range variables {
		if v.Type == "query" {
			names = append(names, v.Name)
		}
	}
	return names
}

// pickedIn reads the board's query. It returns nil if the query cannot be read.
func pickedIn(expr string, variables []string) picked {
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
				labels[m.Label] = labels[m.Label] || inside && slices.Contains(variables, v.Name)
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
