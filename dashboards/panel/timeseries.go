package panel

import (
	"fmt"
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/promql"
)

// TimeSeries draws lines from zero up. A query with one line for each process draws the processes that
// the board shows (Board.Processes).
func TimeSeries(title, description string, shown ...Shown) *timeseries.PanelBuilder {
	return lines(title, description, queriesOf(shown)).Min(0)
}

// Logarithmic is TimeSeries for values whose order of magnitude is the news.
func Logarithmic(title, description string, shown ...Shown) *timeseries.PanelBuilder {
	scale := common.NewScaleDistributionConfigBuilder().Type(common.ScaleDistributionLog).Log(10)
	return lines(title, description, queriesOf(shown)).ScaleDistribution(scale)
}

// Stacked is TimeSeries for parts that add up.
func Stacked(title, description string, shown ...Shown) *timeseries.PanelBuilder {
	return TimeSeries(title, description, shown...).
		Stacking(common.NewStackingConfigBuilder().Mode(common.StackingModeNormal).Group("A")).
		FillOpacity(50)
}

func lines(title, description string, queries []Query) *timeseries.PanelBuilder {
	queries, err := shown(title, queries)
	b := dress(timeseries.NewPanelBuilder(), title, description)
	if err != nil {
		b = b.RecordError("queries", fmt.Errorf("panel %q: %w", title, err))
	}
	return ask(b, overTime, title, queries).
		AxisSoftMax(shared(queries).least).
		ColorScheme(dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdPaletteClassic)).
		DrawStyle(common.GraphDrawStyleLine).
		LineWidth(1).
		FillOpacity(0).
		ShowPoints(common.VisibilityModeNever).
		SpanNulls(common.BoolOrFloat64{Bool: cog.ToPtr(false)}).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeDashed)).
		// A table of ten processes would take the plot's place; the tooltip has their values.
		Legend(common.NewVizLegendOptionsBuilder().
			DisplayMode(common.LegendDisplayModeList).
			Placement(common.LegendPlacementBottom).
			ShowLegend(true).
			Calcs([]string{})).
		Tooltip(common.NewVizTooltipOptionsBuilder().
			Mode(common.TooltipDisplayModeMulti).
			Sort(common.SortOrderDescending))
}

// What a reader can tell apart in one panel, and how many lines a query with one for each process has at first.
const mostLines, linesByProcess = 20, 10

// shown takes the queries that have a line for each process down to the processes in the panel's variable.
func shown(title string, queries []Query) ([]Query, error) {
	lines, all := len(queries), slices.Clone(queries)
	for i, q := range all {
		if q.expr.PerProcess() {
			all[i].expr = q.expr.Chosen(worst(title))
			lines += linesByProcess - 1
		}
	}
	if lines > mostLines && lines > len(queries) {
		return all, promql.Mistake("%d lines, ten for each query by process, are more than the %d that a reader can tell apart: split the "+
			"panel, or show the Sum or Max of some", lines, mostLines)
	}
	return all, nil
}
