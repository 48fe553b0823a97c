package draw

import (
	"cmp"
	"strings"

	"gaugewright/internal/grafana"
)

// layouts are the bounds of buckets in heatmaps before Grafana 9, with the layout of rows that they became.
var layouts = map[string]string{"upper": "le", "lower": "ge", "middle": "unknown"}

// heatmapOptions returns the options of a heatmap that was saved before Grafana 9.
// https://github.com/grafana/grafana/blob/v13.2.3/public/app/plugins/panel/heatmap/migrations.ts
func heatmapOptions(n *grafana.Node) map[string]any {
	color := map[string]any{"mode": "scheme", "steps": 128}
	old := n.At("color")
	if old.At("mode").Text() == "opacity" {
		color["mode"], color["fill"] = "opacity", old.At("cardColor").Text()
		color["scale"] = map[bool]string{true: "linear", false: "exponential"}[old.At("colorScale").Text() == "linear"]
		if v, ok := old.At("exponent").Number(); ok {
			color["exponent"] = v
		}
	} else {
		color["scheme"] = strings.TrimPrefix(cmp.Or(old.At("colorScheme").Text(), "Oranges"), "interpolate")
	}
	for _, end := range []string{"min", "max"} {
		if v, ok := old.At(end).Number(); ok {
			color[end] = v
		}
	}
	axis := n.At("yAxis")
	y := map[string]any{"unit": axis.At("format").Text(), "reverse": n.At("reverseYBuckets").Bool()}
	if v, ok := axis.At("decimals").Number(); ok {
		y["decimals"] = v
	}
	if axis.At("show").Text() == "false" {
		y["axisPlacement"] = "hidden"
	}
	return map[string]any{
		"calculate": n.At("dataFormat").Text() != "tsbuckets", "color": color, "yAxis": y,
		"legend":    map[string]any{"show": n.At("legend", "show").Bool()},
		"rowsFrame": map[string]any{"layout": cmp.Or(layouts[n.At("yBucketBound").Text()], "auto")},
	}
}
