package panel

import (
	"cmp"

	"github.com/grafana/grafana-foundation-sdk/go/barchart"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"gaugewright/dashboards/metric"
)

// BarChart compares current values: a group of bars for each value of the expressions' one label, with a bar for each
// expression.
func BarChart(title, description string, shown ...Shown) *barchart.PanelBuilder {
	b := dress(barchart.NewPanelBuilder(), title, description)
	queries := answerable(queriesOf(shown))
	if len(queries) == 0 {
		return ask(b, rows, title, queriesOf(shown))
	}
	axis, err := alongAxis(title, queries)
	if err != nil {
		return b.RecordError("queries", err)
	}
	bars := make([]Column, len(queries))
	for i, q := range queries {
		bars[i] = Column{name: cmp.Or(q.name, title), query: q}
		if q.color != "" {
			b = b.OverrideByName(bars[i].name, q.style())
			queries[i].color = "" // a bar is known by its name: merged queries have no letter any more
		}
	}
	return ask(b, rows, title, queries).
		ColorScheme(palette()).
		WithTransformation(dashboard.DataTransformerConfig{Id: "merge", Options: map[string]any{}}).
		WithTransformation(dashboard.DataTransformerConfig{Id: "organize", Options: alongOnly(axis, bars)}).
		XField(string(axis)).
		FillOpacity(80).
		LineWidth(1).
		Min(0).
		Legend(noLegend().ShowLegend(len(bars) > 1)).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeMulti).Sort(common.SortOrderNone))
}

// alongAxis returns the one label that distinguishes the series of every query. Queries with mistakes of their own
// are skipped.
func alongAxis(title string, queries []Query) (axis metric.Label, err error) {
	for _, q := range queries {
		if q.expr.Err() != nil {
			continue
		}
		varying := q.expr.Varying()
		if len(varying) != 1 || axis != "" && axis != varying[0] {
			return "", wrong(title, "a bar chart has one label along its axis, and an expression varies by %s: aggregate each by the same one",
				cmp.Or(listed(varying), "none"))
		}
		axis = varying[0]
	}
	return axis, nil
}

// alongOnly returns the bars with their axis. Other labels have only one value, but would be shown as names.
func alongOnly(axis metric.Label, bars []Column) map[string]any {
	options := organize(bars, axis)
	exclude := options["excludeByName"].(map[string]bool)
	for _, bar := range bars {
		for _, label := range bar.query.expr.Labels() {
			if label != axis {
				exclude[string(label)] = true
			}
		}
	}
	return options
}
