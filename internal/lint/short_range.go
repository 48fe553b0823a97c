package lint

import (
	"slices"
	"time"
)

var shortRange = Rule{
	Name: "short-range", Group: Kinds, Severity: Error,
	Doc: "rate and its like need two samples in their range, and four for one scrape to fail without a hole. A shorter range " +
		"has holes, or is always empty.",
	Query: func(p *Pass, q *Query) {
		for _, s := range q.Selectors() {
			window, isFixed := fixed(s.Selector.Range)
			if !isFixed || !slices.Contains([]string{"rate", "increase", "delta", "deriv", "irate", "idelta"}, s.Selector.Func()) {
				continue
			}
			scrape, needed := p.Files.ScrapeInterval(), neededScrapes
			if s.Selector.Func() == "irate" || s.Selector.Func() == "idelta" {
				needed = 2
			}
			switch {
			case scrape == 0:
				p.Skip(NoInterval, s.Selector.Range)
			case window < time.Duration(needed)*scrape:
				f := p.Query(q, rangeSpan(q, s), "%s holds %.3g scrapes of %s, and needs %d", s.Selector.Range, window.Seconds()/scrape.Seconds(), short(scrape), needed)
				if window < 2*scrape {
					f.Text += ": it is mostly empty"
				} else {
					f.Text += ": each scrape that fails leaves a hole"
				}
			}
		}
	},
}
