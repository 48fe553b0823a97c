package lint

import (
	"slices"
)

var rateInterval = Rule{
	Name: "rate-interval", Group: Kinds, Severity: Error, Fixes: true,
	Doc: "$__interval is the step between two points: zoomed in, it is as short as one scrape, and rate has nothing to compare. " +
		"$__rate_interval is never shorter than four scrapes.",
	Query: func(p *Pass, q *Query) {
		if q.Panel == nil || q.Panel.Interval != "" || q.Target.Interval != "" {
			return
		}
		for _, s := range q.Selectors() {
			if !slices.Contains([]string{"rate", "irate", "deriv"}, s.Selector.Func()) || !slices.Contains(stepMacros, s.Selector.Range) {
				continue
			}
			p.Query(q, rangeSpan(q, s), "%s over %s: zoomed in, it holds one scrape, and the panel is empty", s.Selector.Func(), s.Selector.Range).
				write(q, "$__rate_interval")
		}
	},
}
