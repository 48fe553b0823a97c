package panel

import (
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/heatmap"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// Heatmap draws how a histogram's observations spread over its buckets, as Scope.Buckets counts them.
func Heatmap(title, description string, buckets promql.Expr) *heatmap.PanelBuilder {
	if buckets.Missing() {
		return leaveOut(heatmap.NewPanelBuilder())
	}
	axis, err := Auto.of(buckets.Observed())
	counted, odd := Auto.of(buckets.Dimension())
	if err == nil {
		err = odd
	}
	if !slices.Contains(buckets.Labels(), metric.BucketLabel) {
		err = promql.Mistake("a heatmap needs a histogram's buckets")
	}
	return dress(heatmap.NewPanelBuilder(), title, description).
		WithTarget(target{panel: title, refID: refID(0), expr: buckets, legend: "{{le}}", form: cells, err: err}).
		Unit(counted.unit).
		YAxis(heatmap.NewYAxisConfigBuilder().Unit(axis.unit).AxisPlacement(common.AxisPlacementLeft)).
		Color(heatmap.NewHeatmapColorOptionsBuilder().
			Mode(heatmap.HeatmapColorModeScheme).
			Scheme("Oranges").
			Fill("dark-orange").
			Scale(heatmap.HeatmapColorScaleExponential).
			Exponent(0.5).
			Steps(64)).
		RowsFrame(heatmap.NewRowsHeatmapOptionsBuilder().Layout(common.HeatmapCellLayoutAuto)).
		Tooltip(heatmap.NewHeatmapTooltipBuilder().Mode(common.TooltipDisplayModeSingle).YHistogram(true))
}
