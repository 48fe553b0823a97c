package lint

import (
	"slices"
)

var fixedRateRange = Rule{
	Name: "fixed-rate-range", Group: Kinds, Severity: Warning, Fixes: true,
	Doc: "A graph over a long time has a step longer than a short fixed range, and what happens between two ranges is never " +
		"seen. $__rate_interval grows with the step.",
	Query: func(p *Pass, q *Query) {
		if !isGraph(q) {
			return
		}
		for _, s := range q.Selectors() {
			window, isFixed := fixed(s.Selector.Range)
			if window < neededScrapes*p.Files.fastest {
				continue // another rule's
			}
			if isFixed && window < shortestFixed && !s.Selector.Subquery && slices.Contains([]string{"rate", "irate"}, s.Selector.Func()) {
				p.Query(q, rangeSpan(q, s), "%s in a graph: over a long time, what happens between two points is not seen", s.Selector.Range).
					write(q, "$__rate_interval")
			}
		}
	},
}
