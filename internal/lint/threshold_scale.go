package lint

var thresholdScale = Rule{
	Name: "threshold-scale", Group: Units, Severity: Error,
	Doc: "A threshold, a minimum or a maximum is on another scale than the values, so that the color never changes, or always " +
		"has: 80 where 1 is 100 percent, 500 where the unit is seconds and the largest bucket ends at 10.",
	Panel: func(p *Pass, panel *Panel) {
		if panel.Defaults.Unit == "percentunit" {
			p.fractions(panel)
		}
		p.percents(panel)
		if top, ok := panel.Defaults.Max.Number(); ok && top == 1 && panel.Defaults.Unit == "percent" && isPercentValue(panel) {
			p.Panel(panel, panel.Defaults.Max, "the maximum 1 is 1 percent under the unit \"percent\": 100 is meant")
		}
		p.beyondBuckets(panel)
	},
}
