package lint

import (
	"gaugewright/internal/grafana"
)

var stepsOrder = Rule{
	Name: "steps-order", Group: Units, Severity: Error, Fixes: true,
	Doc: "Grafana reads thresholds in the order of the file and stops at the first that is above the value. A step behind a " +
		"higher one is never seen.",
	Panel: func(p *Pass, panel *Panel) {
		p.checkSteps(panel, panel.Defaults.Thresholds)
		for _, o := range panel.Overrides {
			for _, property := range o.Properties {
				if property.ID == "thresholds" {
					var steps []grafana.Threshold
					for _, n := range property.Value.At("steps").List() {
						step := grafana.Threshold{Node: n}
						if value, ok := n.At("value").Number(); ok {
							step.Value = &value
						}
						steps = append(steps, step)
					}
					p.checkSteps(panel, steps)
				}
			}
		}
	},
}
