package panel

import (
	"cmp"
	"slices"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// DataSource is the dashboard variable for the data source of every panel, so that a board works in any Grafana.
var DataSource = common.DataSourceRef{Type: cog.ToPtr("prometheus"), Uid: cog.ToPtr("${datasource}")}

// builder is what the SDK's panel builders share.
type builder[B any] interface {
	named[B]
	Datasource(common.DataSourceRef) B
	WithTarget(cog.Builder[variants.Dataquery]) B
	Unit(string) B
	Thresholds(cog.Builder[dashboard.ThresholdsConfig]) B
	OverrideByQuery(refID string, properties []dashboard.DynamicConfigValue) B
}

// dress gives a panel its texts, its data source and a neutral colour: without steps, Grafana would colour 80 red.
func dress[B builder[B]](b B, title, description string) B {
	return name(b, title, description).Datasource(DataSource).Thresholds(thresholds(neutral))
}

// named is a builder with a title and a description.
type named[B any] interface {
	Title(string) B
	Description(string) B
	RecordError(path string, err error) B
}

// name gives a panel its texts.
func name[B named[B]](b B, title, description string) B {
	if reason := unnamed(title, description); reason != "" {
		b = b.RecordError("title", wrong(title, "%s", reason))
	}
	return b.Title(title).Description(description)
}

// unnamed returns what is wrong with a panel's texts, or an empty text.
func unnamed(title, description string) string {
	switch {
	case title == "":
		return "a panel needs a title"
	case description == "":
		return "a panel needs a description: what it shows, and what to do about it"
	}
	return ""
}

// form is how a kind of panel queries.
type form struct {
	format  prometheus.PromQueryFormat
	instant bool
}

var (
	overTime = form{format: prometheus.PromQueryFormatTimeSeries}
	now      = form{format: prometheus.PromQueryFormatTimeSeries, instant: true}
	rows     = form{format: prometheus.PromQueryFormatTable, instant: true}
	cells    = form{format: prometheus.PromQueryFormatHeatmap}
)

// ask gives a panel its queries and their common unit.
func ask[B builder[B]](b B, f form, title string, queries []Query) B {
	if len(queries) == 0 {
		return b.RecordError("queries", wrong(title, "no query: give it an expression"))
	}
	if queries = answerable(queries); len(queries) == 0 {
		return leaveOut(b)
	}
	legends := make([]string, len(queries))
	for i, q := range queries {
		legends[i] = q.legend(title)
	}
	if err := alike(title, legends); err != nil {
		b = b.RecordError("queries", err)
	}
	display := queries[0].display
	for i, q := range queries {
		shown, err := cmp.Or(q.display, display).of(q.expr.Dimension())
		if i == 0 {
			display = shown // the other queries share the axis: they must fit the first one's display
			b = b.Unit(shown.unit)
		}
		b = b.WithTarget(target{
			panel: title, refID: refID(i), expr: shown.scaled(q.expr), legend: legends[i], form: f, err: err,
		})
		if q.limits != nil {
			b = b.Thresholds(q.limits(shown))
		}
		q.beside = q.beside && i > 0
		if style := q.style(); len(style) > 0 {
			b = b.OverrideByQuery(refID(i), style)
		}
	}
	return b
}

// alike returns the mistake of two queries with the same legend.
func alike(title string, legends []string) error {
	for i, legend := range legends {
		if first := slices.Index(legends, legend); first < i {
			return wrong(title, "queries %s and %s have one legend, %q: give each a name with Named", refID(first), refID(i), legend)
		}
	}
	return nil
}

// style returns how a query's series differ from the panel's.
func (q Query) style() []dashboard.DynamicConfigValue {
	var style []dashboard.DynamicConfigValue
	if color := q.fixedColor(); color != "" {
		style = append(style, dashboard.DynamicConfigValue{
			Id: "color", Value: map[string]string{"mode": "fixed", "fixedColor": color},
		})
	}
	if q.beside {
		style = append(style, dashboard.DynamicConfigValue{
			Id: "custom.hideFrom", Value: map[string]bool{"legend": true, "tooltip": false, "viz": false},
		})
	}
	if q.dashed || q.beside {
		style = append(style,
			dashboard.DynamicConfigValue{Id: "custom.lineStyle", Value: map[string]any{"fill": "dash", "dash": []int{10, 10}}},
			dashboard.DynamicConfigValue{Id: "custom.fillOpacity", Value: 0},
			dashboard.DynamicConfigValue{Id: "custom.stacking", Value: map[string]string{"mode": "none", "group": "A"}},
		)
	}
	return style
}

// background is the colour of what lines are compared with: a colour of the palette would look like another process,
// and red like a limit.
const background = "#8e8e8e"

// fixedColor is the colour that all series of the query have, or empty if each has its own.
func (q Query) fixedColor() string {
	if q.color == "" && (q.dashed || q.beside) {
		return background
	}
	return q.color
}
