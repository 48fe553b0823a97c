package panel_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	sdk "github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards/panel"
	"gaugewright/dashboards/promql"
)

// BenchmarkBoard builds and encodes a board of 16 graphs of two queries each, as this package and as the SDK alone does, with
// the expressions made before: the difference is what the house style and the checks cost. It should stay under the SDK's own
// cost once more.
func BenchmarkBoard(b *testing.B) {
	most, least := scope.Value(heap).Max(), scope.Value(heap).Min()
	b.Run("house", func(b *testing.B) {
		for b.Loop() {
			encode(b, houseBoard(most, least))
		}
	})
	b.Run("SDK", func(b *testing.B) {
		for b.Loop() {
			encode(b, sdkBoard(most.String(), least.String()))
		}
	})
}

func encode(b *testing.B, board cog.Builder[dashboard.Dashboard]) {
	built, err := board.Build()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := json.Marshal(built); err != nil {
		b.Fatal(err)
	}
}

const benchmarked = 16 // panels

func houseBoard(most, least promql.Expr) *panel.Board {
	made := board().Row("Now")
	for i := range benchmarked {
		made.Line(8, panel.TimeSeries(fmt.Sprint("Heap ", i), about, panel.Named("most", most), panel.Named("least", least)))
	}
	return made
}

func sdkBoard(most, least string) *dashboard.DashboardBuilder {
	made := dashboard.NewDashboardBuilder("Test").Uid("go-test").WithRow(dashboard.NewRowBuilder("Now"))
	for i := range benchmarked {
		made.WithPanel(sdkGraph(fmt.Sprint("Heap ", i), most, least))
	}
	return made
}

// sdkGraph is the panel that TimeSeries makes, written out.
func sdkGraph(title, most, least string) *sdk.PanelBuilder {
	query := func(ref, legend, expr string) *prometheus.DataqueryBuilder {
		return prometheus.NewDataqueryBuilder().RefId(ref).Datasource(panel.DataSource).Expr(expr).LegendFormat(legend).
			Format(prometheus.PromQueryFormatTimeSeries).EditorMode(prometheus.QueryEditorModeCode).Range()
	}
	off := false
	return sdk.NewPanelBuilder().Title(title).Description(about).Datasource(panel.DataSource).Height(8).Span(24).
		Thresholds(dashboard.NewThresholdsConfigBuilder().Mode(dashboard.ThresholdsModeAbsolute).Steps([]dashboard.Threshold{{Color: "text"}})).
		WithTarget(query("A", "most", most)).WithTarget(query("B", "least", least)).Unit("bytes").Min(0).
		ColorScheme(dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdPaletteClassic)).
		DrawStyle(common.GraphDrawStyleLine).LineWidth(1).FillOpacity(10).ShowPoints(common.VisibilityModeNever).
		SpanNulls(common.BoolOrFloat64{Bool: &off}).
		ThresholdsStyle(common.NewGraphThresholdsStyleConfigBuilder().Mode(common.GraphThresholdsStyleModeDashed)).
		Legend(common.NewVizLegendOptionsBuilder().DisplayMode(common.LegendDisplayModeTable).
			Placement(common.LegendPlacementBottom).ShowLegend(true).Calcs([]string{"lastNotNull", "max"})).
		Tooltip(common.NewVizTooltipOptionsBuilder().Mode(common.TooltipDisplayModeMulti).Sort(common.SortOrderDescending))
}
