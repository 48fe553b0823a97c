package lint

import (
	"gaugewright/internal/query"
)

var unknownMetric = Rule{
	Name: "unknown-metric", Group: Queries, Severity: Error,
	Doc: "Nothing exposes the metric and no rule records it: the query never has an answer, or what stands behind \"or\" hides " +
		"that it has none.",
	Query: func(p *Pass, q *Query) {
		selectors := q.Selectors()
		presence := make([]query.Presence, len(selectors))
		for i, s := range selectors {
			if p.isUnknown(s.Selector.Metric) && !isAbsence(s) {
				presence[i] = query.Missing
			}
		}
		for _, i := range q.Parsed.Needed(presence) {
			name := selectors[i].Selector.Metric
			f := p.Query(q, nameSpan(q, selectors[i]), "there is no metric %s", name)
			if near := nearest(name, p.Metrics.names()); near != "" {
				f.Text += ": " + near + " is near"
			}
		}
	},
}
