package panel

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/histogram"
)

// Histogram counts how often each size of value occurred in the shown range, over all series together. For the
// buckets of a Prometheus histogram use Heatmap.
func Histogram(title, description string, shown ...Shown) *histogram.PanelBuilder {
	b := dress(histogram.NewPanelBuilder(), title, description)
	return ask(b, overTime, title, queriesOf(shown)).
		ColorScheme(palette()).
		Combine(true).
		FillOpacity(80).
		LineWidth(1).
		Legend(noLegend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone))
}

// palette gives each series its own colour.
func palette() *dashboard.FieldColorBuilder {
	return dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdPaletteClassic)
}
