package lint

import (
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/grafana/view"
	"gaugewright/internal/query"
)

// isRatio reports whether a division is of two things that measure the same.
func (p *Pass) isRatio(q *Query, part *query.Part) bool {
	d := q.Parsed.PartDimension(part, p.Metrics.Units)
	return d.Known && !d.Number && d.Bytes == 0 && d.Seconds == 0
}

// answers are the fields that a panel's queries can make, as far as their labels say; false where others are possible.
func (p *Pass) answers(panel *Panel) ([]view.Answer, bool) {
	var all []view.Answer
	if len(panel.Targets) == 0 || len(panel.Overrides)+len(panel.Transformations) == 0 || isVariable(panel.Defaults.DisplayName) {
		return nil, false
	}
	for _, t := range panel.Targets {
		if t.Hidden {
			continue
		}
		i := slices.IndexFunc(panel.Queries, func(q *Query) bool { return q.Target.Node == t.Node })
		if i < 0 || panel.Queries[i].Parsed == nil || isVariable(t.Legend) {
			return nil, false
		}
		set, _ := panel.Queries[i].Parsed.Labels(p.Metrics.Labels)
		isByLegend := t.Format != "table" && t.Legend != "" && t.Legend != "__auto"
		if set.Open && !isByLegend {
			return nil, false
		}
		labels := set.Names
		if set.Has("__name__") {
			labels = append(labels, "__name__")
		}
		all = append(all, view.Answer{Target: t, Labels: labels})
	}
	return all, len(all) > 0
}

// queryPanels are the panel types that show what queries return, and nothing without.
var queryPanels = []string{
	"timeseries", "stat", "gauge", "bargauge", "table", "heatmap", "histogram", "piechart", "barchart", "state-timeline", "status-history",
	"xychart", "trend", "candlestick", "graph", "singlestat", "table-old", "grafana-piechart-panel", "logs", "traces", "nodeGraph",
	"flamegraph",
}

// needsQueries reports whether a panel shows what queries return. Others, such as texts and lists, explain themselves.
func (p *Panel) needsQueries() bool {
	return slices.Contains(queryPanels, p.Type) || len(p.Queries) > 0 && !slices.Contains(queryless, p.Type)
}

// queryless are the panel types that show no queries, though an edited file may have some.
var queryless = []string{"text", "row", "dashlist", "alertlist", "annolist", "news", "welcome", "gettingstarted", "pluginlist", "live"}

// retired are the panel types that Grafana no longer has, and what replaces them.
// https://grafana.com/docs/grafana/latest/developers/angular_deprecation/angular-plugins/
var retired = map[string]string{
	"graph": "timeseries", "singlestat": "stat", "table-old": "table", "grafana-piechart-panel": "piechart",
	"grafana-worldmap-panel": "geomap", "grafana-singlestat-panel": "stat", "natel-discrete-panel": "state-timeline",
	"flant-statusmap-panel": "status-history", "briangann-gauge-panel": "gauge", "vonage-status-panel": "stat",
	"michaelkay-multistat-panel": "bargauge", "petrslavotinek-carpetplot-panel": "heatmap", "savantly-heatmap-panel": "heatmap",
}

// columns is how many columns the grid has.
const columns = 24

// The limits of what a reader can take in.
const (
	mostQueries = 12  // colors in Grafana's classic palette that differ enough
	longest     = 500 // characters of a query
)

// eachGrid calls f with the items of each grid in a layout.
func eachGrid(l grafana.Layout, f func([]grafana.Item)) {
	if l.Kind == grafana.Grid {
		f(l.Items)
	}
	for _, section := range l.Sections {
		eachGrid(section.Layout, f)
	}
}

func overlap(a, b *grafana.Position) bool {
	return a != nil && b != nil && a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

// calculates reports whether a heatmap makes its buckets itself, of any series.
func calculates(p *Panel) bool {
	return p.Options.At("calculate").Bool() || p.Options == nil && p.Content.At("dataFormat").Text() != "tsbuckets"
}
