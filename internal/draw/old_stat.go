package draw

import (
	"math"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/opened"
)

// singleStat gives an old single stat the options of a stat.
// https://github.com/grafana/grafana/blob/v13.2.3/packages/grafana-ui/src/components/SingleStatShared/SingleStatBaseOptions.ts
func singleStat(p opened.Panel) opened.Panel {
	n := p.Content
	if p.Options.At("reduceOptions").Exists() {
		return p
	}
	p.Options = nodeOf(statOptions(n))
	if text := n.At("nullText").Text(); text != "" {
		p.Defaults.NoValue = text
	}
	if v := numberAt(n, "decimals", math.NaN()); !math.IsNaN(v) {
		p.Defaults.Decimals = nodeOf(v)
	}
	if gauge := n.At("gauge"); gauge.At("show").Bool() {
		p.Defaults.Min, p.Defaults.Max = gauge.At("minValue"), gauge.At("maxValue")
	}
	if steps := statThresholds(n); len(steps) > 0 {
		p.Defaults.Thresholds, p.Defaults.ThresholdsMode = steps, "absolute"
	}
	p.Defaults.Mappings = statMappings(n)
	return p
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

// statThresholds returns the steps of an old single stat. There is one color more than there are limits.
func statThresholds(n *grafana.Node) (steps []grafana.Threshold) {
	limits := strings.Split(n.At("thresholds").Text(), ",")
	if limits[0] == "" {
		return nil
	}
	for i, color := range n.At("colors").List() {
		step := grafana.Threshold{Color: color.Text()}
		if i > 0 {
			if i > len(limits) {
				break
			}
			limit, err := strconv.ParseFloat(strings.TrimSpace(limits[i-1]), 64)
			if err != nil {
				break
			}
			step.Value = &limit
		}
		steps = append(steps, step)
	}
	return steps
}

// statMappings returns the texts that an old single stat has for values or for ranges.
func statMappings(n *grafana.Node) (all []grafana.Mapping) {
	values, ranges := n.At("valueMaps").List(), n.At("rangeMaps").List()
	if n.At("mappingType").Int() == 2 || !n.At("mappingType").Exists() && len(values) == 0 {
		for _, m := range ranges {
			all = append(all, grafana.Mapping{
				Type: "range", From: m.At("from").Text(), To: m.At("to").Text(), Text: m.At("text").Text(), Node: m,
			})
		}
		return all
	}
	for _, m := range values {
		all = append(all, grafana.Mapping{Type: "value", Match: m.At("value").Text(), Text: m.At("text").Text(), Node: m})
	}
	return all
}
