package panel

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/promql"
)

// TimeSeries draws lines from zero up. A query with one line for each process shows the worst ones where there are many.
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
	bounded, err := fleet(answerable(queries))
	if len(bounded) > 0 {
		queries = bounded
	}
	b := dress(timeseries.NewPanelBuilder(), title, description)
	if err != nil {
		b = b.RecordError("queries", fmt.Errorf("panel %q: %w", title, err))
	}
	return ask(b, overTime, title, queries).
		ColorScheme(dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdPaletteClassic)).
		DrawStyle(common.GraphDrawStyleLine).
		LineWidth(1).
		FillOpacity(10).
		ShowPoints(common.VisibilityModeNever).
		SpanNulls(common.BoolOrFloat64{Bool: cog.ToPtr(false)}).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeDashed)).
		Legend(common.NewVizLegendOptionsBuilder().
			DisplayMode(common.LegendDisplayModeTable).
			Placement(common.LegendPlacementBottom).
			ShowLegend(true).
			Calcs([]string{"lastNotNull", "max"})).
		Tooltip(common.NewVizTooltipOptionsBuilder().
			Mode(common.TooltipDisplayModeMulti).
			Sort(common.SortOrderDescending))
}

// What a reader can tell apart in one panel.
const (
	mostLines = 20 // in all
	fewLines  = 12 // of one query, one by one
	worst     = 5  // of one query, where there are more
	outline   = 3  // minimum, median and maximum, which then stand beside the worst
)

// fleet bounds the lines of the queries that have one for each process, sharing the panel's lines between them.
func fleet(queries []Query) ([]Query, error) {
	var perProcess int
	for _, q := range queries {
		if q.expr.PerProcess() {
			perProcess++
		}
	}
	if perProcess == 0 {
		return queries, nil
	}
	share := (mostLines - (len(queries) - perProcess)) / perProcess
	if share <= outline {
		return queries, promql.Mistake("%d queries with a line for each process are more than a reader can tell apart", perProcess)
	}
	bounded := make([]Query, len(queries))
	for i, q := range queries {
		bounded[i] = q
		if q.expr.PerProcess() {
			bounded[i].expr = q.expr.Fleet(min(fewLines, share), min(worst, share-outline))
		}
	}
	return bounded, nil
}
