package lint

import (
	"slices"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

var unknownLabel = Rule{
	Name: "unknown-label", Group: Queries, Severity: Error,
	Doc: "The metric has no such label. A matcher then finds nothing, a grouping puts everything together, a join fails.",
	Query: func(p *Pass, q *Query) {
		catalogue, isKnown := p.Metrics.LikelyLabels(q), false
		for _, s := range q.Selectors() {
			series, ok := ask(catalogue, s.Selector.Metric)
			if !ok {
				if len(s.Selector.Matchers)+q.combining > 0 && !isVariable(s.Selector.Metric) {
					p.Skip(NoLabels, s.Selector.Metric)
				}
				continue
			}
			isKnown = true
			for _, m := range s.Selector.Matchers {
				if m.Op != "" && !isVariable(m.Label) && !slices.Contains(series.Labels, m.Label) && !matchesEmpty(m) && m.Label != "__name__" {
					f := p.Query(q, m.Span, "%s has no label %s", s.Selector.Metric, m.Label)
					f.Text += hasLabels(p.Metrics, s.Selector.Metric, m.Label)
				}
			}
		}
		p.lookedUp(q, catalogue)
		if !isKnown || q.combining == 0 {
			return
		}
		_, before := q.Parsed.Labels(nil)
		_, problems := q.Parsed.Labels(catalogue)
		for _, problem := range problems {
			if !problem.Harmless && !slices.Contains(before, problem) {
				p.Query(q, problem.Span, "%s", problem.Message)
			}
		}
	},
}

// lookedUp finds a variable whose values are those of a label that its metric does not have.
func (p *Pass) lookedUp(q *Query, c query.Catalogue) {
	if q.Variable == nil || len(q.Selectors()) != 1 {
		return
	}
	name, label := q.Selectors()[0].Selector.Metric, view.ParseLookup(q.Variable.Query).Label
	series, ok := ask(c, name)
	if !ok || label == "" || isVariable(label) || slices.Contains(series.Labels, label) || p.Metrics.mayBeAdded(label) {
		return
	}
	p.Query(q, q.Tree.Span, "%s has no label %s, so that the variable has no values", name, label).Text += hasLabels(p.Metrics, name, label)
}
