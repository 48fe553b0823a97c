package lint

import (
	"gaugewright/internal/grafana/view"
)

// legendLabels returns the labels that a query's legend fills in, where the panel shows it.
func (q *Query) legendLabels() []string {
	if q.Target == nil || q.Panel == nil || q.Target.Format == "table" || q.Target.Format == "heatmap" || q.Panel.Type == "table" ||
		q.Panel.Type == "heatmap" || q.Panel.Defaults.DisplayName != "" {
		return nil
	}
	return view.LegendLabels(q.Target.Legend)
}
