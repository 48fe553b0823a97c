package draw

import (
	"encoding/json"

	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// modern gives a panel of a type that Grafana has retired the options that Grafana's migration gives it.
func modern(p opened.Panel) opened.Panel {
	switch p.Type {
	case "graph":
		return graph(p)
	case "heatmap":
		if !p.Options.At("color").Exists() && p.Content.At("dataFormat").Exists() {
			p.Options = nodeOf(heatmapOptions(p.Content))
		}
	case "singlestat":
		return singleStat(p)
	case "table":
		if p.Content.At("styles").IsList() && !p.Content.At("fieldConfig").Exists() {
			p.Type = "table-old"
		}
	}
	return p
}

// nodeOf makes a node of what a migration computes.
func nodeOf(v any) *grafana.Node {
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	node, err := grafana.ParseJSON(string(text))
	if err != nil {
		return nil
	}
	return node
}

// calcs are the calculations of an old graph's legend and of a single stat, as they are named today.
var calcs = []struct{ old, id string }{
	{"min", "min"}, {"max", "max"}, {"avg", "mean"}, {"current", "lastNotNull"}, {"total", "sum"}, {"delta", "delta"},
	{"diff", "diff"}, {"range", "range"}, {"first", "firstNotNull"}, {"name", "lastNotNull"}, {"last_time", "lastNotNull"},
}
