package lint

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
			if scrape == 0 {
				scrape = defaultInterval
			}
			if step >= 3*scrape {
				p.Query(q, s.Span, "%s sees two samples of the %.3g in each step of %s: the others are never shown", s.Selector.Func(),
					step.Seconds()/scrape.Seconds(), short(step))
			}
		}
	},
}
