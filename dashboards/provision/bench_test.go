package provision

import (
	"encoding/json"
	"io"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"

	"gaugewright/dashboards"
)

// BenchmarkGen makes all files and compares them with the folder, in process: what gen does where nothing changed.
func BenchmarkGen(b *testing.B) {
	args := []string{"-out", b.TempDir()}
	own := Service{Target: dashboards.App, Boards: dashboards.All, Rules: dashboards.Rules}
	for b.Loop() {
		if code := Run(args, io.Discard, io.Discard, own); code != 0 {
			b.Fatalf("exit code %d", code)
		}
	}
}

// BenchmarkBoard builds and encodes each board: ours from its metrics and expressions, checked and in normal form; and by
// the SDK alone, from texts that are ready, as a program without this library would write it.
func BenchmarkBoard(b *testing.B) {
	for _, define := range dashboards.All {
		made, err := buildBoard(dashboards.App, define)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(made.uid+"/ours", func(b *testing.B) {
			for b.Loop() {
				made, err := buildBoard(dashboards.App, define)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := encodeJSON(made.built); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(made.uid+"/sdk", func(b *testing.B) {
			for b.Loop() {
				built, err := byTheSDK(made.built).Build()
				if err != nil {
					b.Fatal(err)
				}
				if _, err := json.MarshalIndent(built, "", "  "); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// byTheSDK makes a board with the same variables, links, rows, panels and queries. Panels other than stats are time series
// here, and all have the options that the SDK gives them.
func byTheSDK(like dashboard.Dashboard) *dashboard.DashboardBuilder {
	b := dashboard.NewDashboardBuilder(*like.Title).Uid(*like.Uid).Description(*like.Description).Tags(like.Tags).
		Annotations(asBuilders(like.Annotations.List)).Variables(asBuilders(like.Templating.List)).Links(asBuilders(like.Links))
	for _, p := range like.Panels {
		switch {
		case p.RowPanel != nil:
			b.WithRow(dashboard.NewRowBuilder(*p.RowPanel.Title))
		case p.Panel.Type == "stat":
			b.WithPanel(plainly(stat.NewPanelBuilder(), *p.Panel))
		default:
			b.WithPanel(plainly(timeseries.NewPanelBuilder(), *p.Panel))
		}
	}
	return b
}

// ready is a builder of what is built already: variables and annotations are few.
type ready[T any] struct{ value T }

func (r ready[T]) Build() (T, error) { return r.value, nil }

func asBuilders[T any](values []T) []cog.Builder[T] {
	var builders []cog.Builder[T]
	for _, value := range values {
		builders = append(builders, ready[T]{value})
	}
	return builders
}

// sdkPanel is what the SDK's panel builders have in common.
type sdkPanel[B any] interface {
	Title(string) B
	Description(string) B
	Datasource(common.DataSourceRef) B
	WithTarget(cog.Builder[variants.Dataquery]) B
	Unit(string) B
	Thresholds(cog.Builder[dashboard.ThresholdsConfig]) B
	WithOverride(dashboard.MatcherConfig, []dashboard.DynamicConfigValue) B
	Span(uint32) B
	Height(uint32) B
}

// plainly fills a builder with what a panel has.
func plainly[B sdkPanel[B]](b B, like dashboard.Panel) B {
	b = b.Title(*like.Title).Description(*like.Description).Span(like.GridPos.W).Height(like.GridPos.H)
	for _, t := range like.Targets {
		query := t.(prometheus.Dataquery)
		b = b.WithTarget(prometheus.NewDataqueryBuilder().
			RefId(*query.RefId).Datasource(*query.Datasource).Expr(query.Expr).LegendFormat(*query.LegendFormat).
			Format(*query.Format).EditorMode(*query.EditorMode).Range())
	}
	if like.FieldConfig == nil {
		return b
	}
	defaults := like.FieldConfig.Defaults
	if defaults.Unit != nil {
		b = b.Unit(*defaults.Unit)
	}
	if defaults.Thresholds != nil {
		b = b.Thresholds(dashboard.NewThresholdsConfigBuilder().Mode(defaults.Thresholds.Mode).Steps(defaults.Thresholds.Steps))
	}
	for _, override := range like.FieldConfig.Overrides {
		b = b.WithOverride(override.Matcher, override.Properties)
	}
	return b.Datasource(*like.Datasource)
}
