package lint

import (
	"cmp"
	"fmt"
)

var irateSkips = Rule{
	Name: "irate-skips", Group: Kinds, Severity: Error,
	Doc: "irate looks at the last two samples before each point. Where the step between points holds more, it skips the rest: a " +
		"graph shows some moments and hides others. Use rate.",
	Query: func(p *Pass, q *Query) {
		if !isGraph(q) {
			return
		}
		for _, s := range q.Selectors() {
			if f := s.Selector.Func(); f != "irate" && f != "idelta" || s.Selector.Subquery {
				continue
			}
			step, scrape := q.step(), p.Files.ScrapeInterval()
			if step < 3*cmp.Or(scrape, defaultInterval) {
				continue
			}
			samples := "the last two samples"
			if scrape != 0 {
				samples = fmt.Sprintf("two samples of the %.3g", step.Seconds()/scrape.Seconds())
			}
			finding := p.Query(q, s.Span, "%s sees %s in each step of %s: the others are never shown", s.Selector.Func(), samples, short(step))
			if s.Selector.Func() == "irate" {
				finding.Text += "; rate over $__rate_interval sees them all"
			}
		}
	},
}
