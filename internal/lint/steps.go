package lint

import (
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// shownSteps returns the color steps of a panel that a viewer sees. Grafana writes steps into each panel, also where nothing is
// colored by them: 80 is red in graphs whose colors are those of the palette.
func (p *Panel) shownSteps() []grafana.Threshold {
	switch {
	case p.Type == "singlestat":
		return p.oldStatSteps()
	case p.Type == "graph":
		return p.oldGraphSteps()
	case p.Defaults.ThresholdsMode == "percentage" || !p.colorsBySteps():
		return nil
	}
	return p.Defaults.Thresholds
}

// colorsBySteps reports whether a panel's steps are drawn, or color its values.
func (p *Panel) colorsBySteps() bool {
	mode := p.Defaults.Color.Mode
	isByStep := mode == "thresholds"
	switch p.Type {
	case "stat":
		return (isByStep || mode == "") && p.Options.At("colorMode").Text() != "none"
	case "gauge", "bargauge":
		return isByStep || mode == "" || p.Options.At("showThresholdMarkers").Bool()
	case "table":
		return strings.Contains(p.Defaults.Custom.At("cellOptions", "type").Text()+p.Defaults.Custom.At("displayMode").Text(), "color")
	}
	style := p.Defaults.Custom.At("thresholdsStyle", "mode").Text()
	return isByStep || style != "off" && (style != "" || mode == "") // a board written by hand says neither
}

// oldStatSteps returns the steps of a singlestat, which has them in a text: "80,90".
func (p *Panel) oldStatSteps() []grafana.Threshold {
	c := p.Content
	if !c.At("colorValue").Bool() && !c.At("colorBackground").Bool() && !c.At("gauge", "show").Bool() {
		return nil
	}
	var steps []grafana.Threshold
	for written := range strings.SplitSeq(c.At("thresholds").Text(), ",") {
		if value, err := strconv.ParseFloat(strings.TrimSpace(written), 64); err == nil {
			steps = append(steps, grafana.Threshold{Value: &value, Node: c.At("thresholds")})
		}
	}
	return steps
}

// oldGraphSteps returns the limits of an old graph on its left axis.
func (p *Panel) oldGraphSteps() []grafana.Threshold {
	var steps []grafana.Threshold
	for _, n := range p.Content.At("thresholds").List() {
		if value, ok := n.At("value").Number(); ok && n.At("yaxis").Text() != "right" {
			steps = append(steps, grafana.Threshold{Value: &value, Node: n})
		}
	}
	return steps
}
