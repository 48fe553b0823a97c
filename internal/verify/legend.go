package verify

import (
	"fmt"

	"gaugewright/internal/grafana/view"
)

// judgeLegend compares the labels in a legend with the answer's labels; if it is empty, with its possible labels. A label
// that only some series have is a note: Grafana leaves it out for the others.
func (r *result) judgeLegend(format string) {
	labels, counts := view.Lacking(format, r.answer.Series)
	for _, name := range labels {
		if counts[name] < len(r.answer.Series) {
			r.note(fmt.Sprintf("legend: {{%s}}: some series have no label %s", name, name))
			continue
		}
		if !r.others.Open && r.others.Has(name) {
			r.note(fmt.Sprintf("legend: {{%s}}: the series found have no label %s; others may have it", name, name))
			continue
		}
		r.blame(legend, "{{%s}}: series have no label %s", name, name)
	}
	if len(r.answer.Series) > 0 || r.labels.Open {
		return
	}
	for _, name := range view.LegendLabels(format) {
		if !r.labels.Has(name) {
			r.blame(legend, "{{%s}}: series have no label %s", name, name)
		}
	}
}
