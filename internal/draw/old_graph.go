package draw

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// graph gives an old graph the options of a time series. One whose bottom axis is not time keeps a type of its own, which
// is not drawn.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/timeseries/migrations.ts
func graph(p opened.Panel) opened.Panel {
	n := p.Content
	if mode := n.At("xaxis", "mode").Text(); mode == "series" || mode == "histogram" {
		p.Type = "graph-" + mode
		return p
	}
	if !p.Options.At("legend").Exists() {
		p.Options = nodeOf(map[string]any{"legend": legendOptions(n.At("legend"))})
	}
	if p.Defaults.Custom.Exists() {
		return p
	}
	left, right := oldAxes(n)
	p.Defaults.Decimals, p.Defaults.Min, p.Defaults.Max = left.limit("decimals"), left.limit("min"), left.limit("max")
	custom := lineOptions(n)
	maps.Copy(custom, left.custom)
	if steps, style := oldThresholds(n); len(steps) > 0 {
		p.Defaults.Thresholds, p.Defaults.ThresholdsMode = steps, "absolute"
		custom["thresholdsStyle"] = map[string]any{"mode": style}
	}
	p.Defaults.Custom = nodeOf(custom)
	p.Overrides = graphOverrides(p.Overrides, n, right.unlike(left))
	return p
}

// lineOptions returns how the series of an old graph are drawn.
func lineOptions(n *grafana.Node) map[string]any {
	custom := map[string]any{
		"drawStyle": "line", "lineWidth": numberAt(n, "linewidth", 1), "fillOpacity": 10 * numberAt(n, "fill", 1),
		"showPoints": "never", "pointSize": 2*numberAt(n, "pointradius", 2) + 1,
	}
	switch {
	case n.At("bars").Bool():
		custom["drawStyle"], custom["fillOpacity"] = "bars", 100.0
	case n.At("lines").Text() == "false":
		custom["drawStyle"] = "points"
	case n.At("points").Bool():
		custom["showPoints"] = "always"
	}
	if slices.ContainsFunc(n.At("seriesOverrides").List(), func(o *grafana.Node) bool { return o.At("fillBelowTo").Exists() }) {
		custom["fillOpacity"] = 35.0
	}
	if n.At("steppedLine").Bool() {
		custom["lineInterpolation"] = "stepAfter"
	}
	if n.At("nullPointMode").Text() == "connected" {
		custom["spanNulls"] = true
	}
	if n.At("dashes").Bool() {
		custom["lineStyle"] = dashes(n, n)
	}
	if n.At("stack").Bool() {
		mode := "normal"
		if n.At("percentage").Bool() {
			mode = "percent"
		}
		custom["stacking"] = map[string]any{"mode": mode, "group": "A"}
	}
	return custom
}

// dashes returns the style of the lines of a series, or of all.
func dashes(n, all *grafana.Node) map[string]any {
	style := "solid"
	if cmp.Or(n.At("dashes").Text(), all.At("dashes").Text()) == "true" {
		style = "dash"
	}
	length := func(key string) float64 { return numberAt(n, key, numberAt(all, key, 10)) }
	return map[string]any{"fill": style, "dash": []float64{length("dashLength"), length("spaceLength")}}
}

// oldThresholds returns the thresholds of an old graph as steps, and how they are drawn.
func oldThresholds(n *grafana.Node) (steps []grafana.Threshold, style string) {
	old := slices.Clone(n.At("thresholds").List())
	slices.SortStableFunc(old, func(a, b *grafana.Node) int {
		return cmp.Compare(numberAt(a, "value", 0), numberAt(b, "value", 0))
	})
	var isArea, isLine bool
	step := func(at float64, color string) { steps = append(steps, grafana.Threshold{Value: &at, Color: color}) }
	for i, t := range old {
		isArea, isLine = isArea || t.At("fill").Bool(), isLine || t.At("line").Bool()
		at := numberAt(t, "value", 0)
		if t.At("op").Text() != "lt" {
			step(at, thresholdColor(t))
			continue
		}
		if len(steps) == 0 {
			steps = append(steps, grafana.Threshold{Color: thresholdColor(t)})
		}
		if i+1 < len(old) && old[i+1].At("op").Text() == "lt" {
			step(at, thresholdColor(old[i+1]))
		} else {
			step(at, "transparent")
		}
	}
	if len(steps) > 0 && steps[0].Value != nil {
		steps = slices.Insert(steps, 0, grafana.Threshold{Color: "transparent"})
	}
	switch {
	case isArea && isLine:
		return steps, "line+area"
	case isArea:
		return steps, "area"
	}
	return steps, "line"
}

func thresholdColor(n *grafana.Node) string {
	switch n.At("colorMode").Text() {
	case "warning":
		return "orange"
	case "custom":
		return cmp.Or(n.At("fillColor").Text(), n.At("lineColor").Text(), "red")
	}
	return "red"
}

// legendOptions returns the legend of an old graph.
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

// numberAt returns a number, which old boards may have as a text.
func numberAt(n *grafana.Node, key string, otherwise float64) float64 {
	text := strings.TrimSpace(n.At(key).Text())
	if v, ok := n.At(key).Number(); ok && text != "" && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return v
	}
	return otherwise
}
