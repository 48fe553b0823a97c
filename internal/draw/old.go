package draw

import (
	"cmp"
	"encoding/json"
	"math"

	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// modern gives a panel of a type that Grafana has retired the options that Grafana's migration gives it.
func modern(p opened.Panel) opened.Panel {
	switch p.Type {
	case "graph":
		p.Defaults.Custom = cmp.Or(p.Defaults.Custom, object(lineOptions(p.Content)))
		if !p.Options.At("legend").Exists() {
			p.Options = object(map[string]any{"legend": legendOptions(p.Content.At("legend"))})
		}
	case "heatmap":
		if !p.Options.At("color").Exists() && p.Content.At("dataFormat").Exists() {
			p.Options = object(heatmapOptions(p.Content))
		}
	case "singlestat":
		if !p.Options.At("reduceOptions").Exists() {
			p.Options = object(statOptions(p.Content))
		}
	}
	return p
}

// object makes options of the values that a migration computes.
func object(values map[string]any) *grafana.Node {
	text, err := json.Marshal(values)
	if err != nil {
		return nil
	}
	node, err := grafana.ParseJSON(string(text))
	if err != nil {
		return nil
	}
	return node
}

// lineOptions returns how the series of an old graph are drawn.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/timeseries/migrations.ts
func lineOptions(n *grafana.Node) map[string]any {
	value := func(key string, otherwise float64) float64 {
		if v, ok := n.At(key).Number(); ok && !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v
		}
		return otherwise
	}
	custom := map[string]any{
		"drawStyle": "line", "lineWidth": value("linewidth", 1), "fillOpacity": 10 * value("fill", 1), "showPoints": "never",
		"pointSize": 2*value("pointradius", 2) + 1,
	}
	switch {
	case n.At("bars").Bool():
		custom["drawStyle"], custom["fillOpacity"] = "bars", 100.0
	case n.At("points").Bool() && n.At("lines").Text() == "false":
		custom["drawStyle"] = "points"
	case n.At("points").Bool():
		custom["showPoints"] = "always"
	}
	if n.At("steppedLine").Bool() {
		custom["lineInterpolation"] = "stepAfter"
	}
	if n.At("nullPointMode").Text() == "connected" {
		custom["spanNulls"] = true
	}
	if n.At("stack").Bool() {
		mode := "normal"
		if n.At("percentage").Bool() {
			mode = "percent"
		}
		custom["stacking"] = map[string]any{"mode": mode, "group": "A"}
	}
	if axes := n.At("yaxes").List(); len(axes) > 0 {
		oldAxis(custom, axes[0])
	}
	return custom
}

// oldAxis takes the settings of a graph's left axis.
func oldAxis(custom map[string]any, n *grafana.Node) {
	custom["axisLabel"] = n.At("label").Text()
	if base, ok := n.At("logBase").Number(); ok && (base == 2 || base == 10) {
		custom["scaleDistribution"] = map[string]any{"type": "log", "log": base}
	}
	if n.At("show").Text() == "false" {
		custom["axisPlacement"] = "hidden"
	}
	if v, ok := n.At("min").Number(); ok && !math.IsNaN(v) && !math.IsInf(v, 0) {
		custom["axisSoftMin"] = v
	}
	if v, ok := n.At("max").Number(); ok && !math.IsNaN(v) && !math.IsInf(v, 0) {
		custom["axisSoftMax"] = v
	}
}

// calcs are the calculations of an old graph's legend and of a single stat, as they are named today.
var calcs = []struct{ old, id string }{
	{"min", "min"}, {"max", "max"}, {"avg", "mean"}, {"current", "lastNotNull"}, {"total", "sum"}, {"delta", "delta"},
	{"diff", "diff"}, {"range", "range"}, {"first", "firstNotNull"}, {"name", "lastNotNull"}, {"last_time", "lastNotNull"},
}

func legendOptions(n *grafana.Node) map[string]any {
	legend := map[string]any{"displayMode": "list", "placement": "bottom", "showLegend": n.At("show").Text() != "false"}
	if n.At("alignAsTable").Bool() {
		legend["displayMode"] = "table"
	}
	if n.At("rightSide").Bool() {
		legend["placement"] = "right"
	}
	ids := []string{}
	for _, c := range calcs {
		if n.At("values").Bool() && n.At(c.old).Bool() {
			ids = append(ids, c.id)
		}
	}
	legend["calcs"] = ids
	return legend
}

// statOptions returns the options of an old single stat.
func statOptions(n *grafana.Node) map[string]any {
	id := "mean"
	for _, c := range calcs {
		if c.old == n.At("valueName").Text() {
			id = c.id
		}
	}
	options := map[string]any{
		"reduceOptions": map[string]any{"calcs": []string{id}}, "graphMode": "none", "colorMode": "none",
	}
	if n.At("sparkline", "show").Bool() {
		options["graphMode"] = "area"
	}
	switch {
	case n.At("colorBackground").Bool():
		options["colorMode"] = "background"
	case n.At("colorValue").Bool():
		options["colorMode"] = "value"
	}
	return options
}
