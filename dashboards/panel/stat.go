package panel

import (
	"regexp"

	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/gauge"
	"github.com/grafana/grafana-foundation-sdk/go/stat"

	"gaugewright/dashboards/metric"
)

// Stat is one number: the value now. An older one would look alive for as long as it is in the shown range.
func Stat(title, description string, shown Shown) *stat.PanelBuilder {
	b, queries := dress(stat.NewPanelBuilder(), title, description), []Query{query(shown)}
	return rounded(ask(single(b, title, queries[0]), now, title, queries), queries).
		ColorScheme(byThresholds()).
		ReduceOptions(last()).
		Orientation(common.VizOrientationAuto).
		ColorMode(common.BigValueColorModeValue).
		GraphMode(common.BigValueGraphModeNone).
		TextMode(common.BigValueTextModeValue).
		PercentChangeColorMode(common.PercentChangeColorModeStandard)
}

// Gauge is a share of something that can be used up: an arc from nothing to all.
func Gauge(title, description string, shown Shown) *gauge.PanelBuilder {
	b, q := dress(gauge.NewPanelBuilder(), title, description), query(shown)
	q.display = Share
	return ask(single(b, title, q), now, title, []Query{q}).
		ColorScheme(byThresholds()).
		ReduceOptions(last()).
		Orientation(common.VizOrientationAuto).
		Decimals(0).
		Min(0).Max(1)
}

// single refuses a query of many series.
func single[B builder[B]](b B, title string, q Query) B {
	varying := q.expr.Varying()
	if len(varying) == 0 || q.expr.Missing() || q.expr.Err() != nil {
		return b
	}
	return b.RecordError("queries", wrong(title,
		"a stat shows one number, and this expression has one for each %s: aggregate it with Sum, Max, Min, Avg or Count", listed(varying)))
}

// Bars is one horizontal bar for each series, of the value now.
func Bars(title, description string, shown ...Shown) *bargauge.PanelBuilder {
	b, queries := dress(bargauge.NewPanelBuilder(), title, description), queriesOf(shown)
	return rounded(ask(b, now, title, queries), queries).
		ColorScheme(byThresholds()).
		ReduceOptions(last()).
		Orientation(common.VizOrientationHorizontal).
		DisplayMode(common.BarGaugeDisplayModeGradient).
		ValueMode(common.BarGaugeValueModeColor).
		NamePlacement(common.BarGaugeNamePlacementLeft).
		ShowUnfilled(true).
		Sizing(common.BarGaugeSizingManual).MinVizHeight(thinnest).MaxVizHeight(thickest).
		Text(common.NewVizTextDisplayOptionsBuilder().TitleSize(barText).ValueSize(barText)).
		Legend(common.NewVizLegendOptionsBuilder().
			DisplayMode(common.LegendDisplayModeList).
			Placement(common.LegendPlacementBottom).
			ShowLegend(false)).
		Min(0)
}

// Grouped is Bars in which the bars of one value of a label stand together, whichever query they are of, sorted by that label.
// Grafana before 12.1 shows them in the order of the queries. Without a label, it is Bars.
func Grouped(title, description string, by metric.Label, shown ...Shown) *bargauge.PanelBuilder {
	if by == "" {
		return Bars(title, description, shown...)
	}
	queries := queriesOf(shown)
	plain := make([]Shown, len(queries))
	for i, q := range queries {
		plain[i] = q.Colored("")
	}
	b := Bars(title, description, plain...)
	for _, q := range answerable(queries) {
		if q.color != "" { // by name, as the bars are no query's any more once they are joined
			b = b.OverrideByRegexp("/"+regexp.QuoteMeta(q.name)+"$/", Query{color: q.color}.style())
		}
	}
	return b.
		WithTransformation(dashboard.DataTransformerConfig{
			Id: "joinByField", Options: map[string]any{"byField": "Time", "mode": "outer"},
		}).
		WithTransformation(dashboard.DataTransformerConfig{
			Id: "organize", Options: map[string]any{
				"orderByMode": "auto", "orderBy": []any{map[string]any{"type": "label", "name": string(by), "desc": false}},
			},
		})
}

// In pixels: twenty bars fit a panel of 13 rows, and two are not walls.
const (
	thinnest, thickest = 12, 28
	barText            = 12
)

// rounded gives single values the digits of the queries' display.
func rounded[B interface{ Decimals(float64) B }](b B, queries []Query) B {
	if places := shared(queries).places; places > 0 {
		return b.Decimals(places)
	}
	return b
}

func byThresholds() cog.Builder[dashboard.FieldColor] {
	return dashboard.NewFieldColorBuilder().Mode(dashboard.FieldColorModeIdThresholds)
}

func last() cog.Builder[common.ReduceDataOptions] {
	return common.NewReduceDataOptionsBuilder().Values(false).Calcs([]string{"lastNotNull"})
}
