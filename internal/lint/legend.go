package lint

import (
	"slices"

	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// legendLabels returns the labels that a query's legend fills in, where the panel shows it.
func (q *Query) legendLabels() []string {
	if q.Target == nil || q.Panel == nil || q.Target.Format == "table" || q.Target.Format == "heatmap" || q.Panel.Type == "table" ||
		q.Panel.Type == "heatmap" || q.Panel.Defaults.DisplayName != "" {
		return nil
	}
	return view.LegendLabels(q.Target.Legend)
}

// isGroupedBy reports whether an aggregation of the query is by a label. That the label is not there is then said of the
// grouping.
func (q *Query) isGroupedBy(name string) bool {
	found := false
	q.Tree.Walk(func(p *query.Part) bool {
		if name == "le" && p.Is("histogram_quantile", "histogram_fraction") {
			return false // which takes it away
		}
		if p.Aggregation != nil && !p.Aggregation.Without {
			found = found || slices.ContainsFunc(p.Aggregation.Labels, func(l query.Label) bool { return l.Name == name })
		}
		return p.Aggregation == nil // only the outermost
	})
	return found
}
