package panel

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/piechart"
)

// Pie shows the parts of a whole, by their current values. It is for a few parts that add up; to compare sizes use
// Bars.
func Pie(title, description string, shown ...Shown) *piechart.PanelBuilder {
	b := dress(piechart.NewPanelBuilder(), title, description)
	return ask(b, now, title, queriesOf(shown)).
		ColorScheme(palette()).
		ReduceOptions(last()).
		PieType(piechart.PieChartTypePie).
		Legend(piechart.NewPieChartLegendOptionsBuilder().
			DisplayMode(common.LegendDisplayModeTable).
			Placement(common.LegendPlacementRight).
			ShowLegend(true).
			Values([]piechart.PieChartLegendValues{piechart.PieChartLegendValuesValue, piechart.PieChartLegendValuesPercent})).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone))
}
