package panel

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/statetimeline"
	"github.com/grafana/grafana-foundation-sdk/go/statushistory"
)

// StateTimeline is one band for each series, in the colour of its state: from its steps, or from Mappings to words.
func StateTimeline(title, description string, shown ...Shown) *statetimeline.PanelBuilder {
	b := dress(statetimeline.NewPanelBuilder(), title, description)
	return ask(b, overTime, title, queriesOf(shown)).
		ColorScheme(byThresholds()).
		ShowValue(common.VisibilityModeAuto).
		MergeValues(true).
		RowHeight(0.9).
		FillOpacity(70).
		LineWidth(0).
		Legend(noLegend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone))
}

// mostCells is how many points of a series StatusHistory draws. Grafana refuses to draw many more.
const mostCells = 60

// StatusHistory is one row of cells for each series, a cell for each interval in the colour of its value.
// StateTimeline shows when a state changed; StatusHistory shows the result of each check.
func StatusHistory(title, description string, shown ...Shown) *statushistory.PanelBuilder {
	b := dress(statushistory.NewPanelBuilder(), title, description)
	return ask(b, overTime, title, queriesOf(shown)).
		ColorScheme(byThresholds()).
		ShowValue(common.VisibilityModeNever).
		MaxDataPoints(mostCells).
		RowHeight(0.9).
		FillOpacity(70).
		LineWidth(1).
		Legend(noLegend()).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeSingle).Sort(common.SortOrderNone))
}

// noLegend is for panels that show their series' names themselves.
func noLegend() *common.VizLegendOptionsBuilder {
	return common.NewVizLegendOptionsBuilder().
		DisplayMode(common.LegendDisplayModeList).
		Placement(common.LegendPlacementBottom).
		ShowLegend(false)
}
