package lint

import (
	"fmt"
	"slices"
	"time"
)

var shortRange = Rule{
	Name: "short-range", Group: Kinds, Severity: Error,
	Doc: "rate and its like need two samples in their range, and four for one scrape to fail without a hole. A shorter range " +
		"has holes, or is always empty.",
	Query: func(p *Pass, q *Query) {
		scrape := p.Files.fastest // the fastest: what is too short for it is too short for all
		for _, s := range q.Selectors() {
			window, isFixed := fixed(s.Selector.Range)
			if !isFixed || !slices.Contains([]string{"rate", "increase", "delta", "deriv", "irate", "idelta"}, s.Selector.Func()) {
				continue
			}
			needed := neededScrapes
			if s.Selector.Func() == "irate" || s.Selector.Func() == "idelta" {
				needed = 2
			}
			switch {
			case scrape == 0:
				p.Skip(NoInterval, s.Selector.Range)
			case window < time.Duration(needed)*scrape:
				effect := "a scrape that fails leaves a hole"
				if window < 2*scrape {
					effect = "it is mostly empty"
				}
				p.Query(q, rangeSpan(q, s), "%s holds only %s, one each %s: %s; use %s or more", s.Selector.Range,
					scrapes(window.Seconds()/scrape.Seconds()), short(scrape), effect, short(time.Duration(needed)*scrape))
			}
		}
	},
}

func scrapes(n float64) string {
	if n == 1 {
		return "1 scrape"
	}
	return fmt.Sprintf("%.3g scrapes", n)
}
