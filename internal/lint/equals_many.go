package lint

import (
	"fmt"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

var equalsMany = Rule{
	Name: "equals-many", Group: Queries, Severity: Error, Fixes: true,
	Doc: "The variable can hold several values, or All. Grafana then puts in a pattern, (a|b), and a matcher with = or != compares " +
		"with that text: nothing matches. Use =~ or !~.",
	Query: func(p *Pass, q *Query) {
		if q.Board == nil {
			return
		}
		for _, s := range q.Selectors() {
			for _, m := range s.Selector.Matchers {
				refs := query.References(m.Value)
				if m.Op != "=" && m.Op != "!=" || len(refs) != 1 || refs[0].Format != "" && refs[0].Format != "regex" && refs[0].Format != "pipe" {
					continue
				}
				if v, ok := q.variable(refs[0].Name); ok && !q.isRepeatedBy(v.Name) && v.Type != "adhoc" && holdsMany(v) {
					f := p.Query(q, m.Span, "$%s can hold several values, and %s compares with one", v.Name, m.Op)
					if !v.Multi && isPattern(v.AllValue) {
						f.Text = fmt.Sprintf("All of $%s is the pattern %s, and %s compares with that text", v.Name, v.AllValue, m.Op)
					}
					written := q.Text[m.Span.Start:m.Span.End]
					if op := map[string]string{"=": "=~", "!=": "!~"}[m.Op]; strings.Count(written, m.Op) == 1 {
						f.write(q, strings.Replace(written, m.Op, op, 1))
					}
				}
			}
		}
	},
}

// holdsMany reports whether somebody can choose several values of a variable. Of a hidden one nobody chooses: it has what it was
// saved with.
func holdsMany(v grafana.Variable) bool {
	const hidden = 2
	if v.Hide == hidden {
		return len(v.Current) > 1 || slices.Contains(v.Current, "$__all")
	}
	return v.Multi || v.IncludeAll && (v.AllValue == "" && severalOf(v) || isPattern(v.AllValue))
}

// isPattern reports whether All of a variable is any text, written as a pattern.
func isPattern(allValue string) bool {
	return strings.Contains(allValue, ".*") || strings.Contains(allValue, ".+")
}

// isRepeatedBy reports whether a panel, or a row or tab around it, is shown once for each value of a variable. In each copy it
// has one.
func (q *Query) isRepeatedBy(name string) bool {
	if q.Panel == nil {
		return false
	}
	return q.Panel.Repeat.Variable == name ||
		slices.ContainsFunc(q.Panel.Within, func(s *grafana.Section) bool { return s.Repeat.Variable == name })
}
