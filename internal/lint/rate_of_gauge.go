package lint

import (
	"regexp"
	"slices"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var rateOfGauge = Rule{
	Name: "rate-of-gauge", Group: Kinds, Severity: Error,
	Doc: "rate, irate, increase and resets take each fall of a value for a restart. A gauge falls all the time, so the result " +
		"is far too high. Use deriv or delta for a gauge.",
	Query: func(p *Pass, q *Query) {
		for _, s := range q.Selectors() {
			if s.Selector.Wants() != query.Counter || s.Selector.Range == "" && !isSummed(s) {
				continue
			}
			name := s.Selector.Metric
			if isOnlyCounted(s) || onlyGrows.MatchString(name) {
				continue
			}
			switch kind := p.Metrics.Kind(name); kind {
			case scrape.Unknown:
				p.Skip(NoKind, name)
			case scrape.Gauge, scrape.Summary, scrape.Info, scrape.Stateset:
				if kind == scrape.Summary && slices.Contains(s.Selector.Within, "histogram_quantile") {
					continue // another rule's
				}
				f := p.Query(q, s.Span, "%s of %s, which is %s: each fall counts as a restart", s.Selector.Func(), name, article(kind))
				if kind == scrape.Gauge {
					f.Text += "; " + gaugeFunction[s.Selector.Func()]
				}
			}
		}
	},
}

// onlyGrows finds the names of gauges that do not fall, such as the last offset of a log, or the time of its last entry.
var onlyGrows = regexp.MustCompile(`_(offset|offsets|timestamp|timestamp_seconds|timestamp_in_seconds)$`)

// isSummed reports whether a selector is summed, and nothing else, in the subquery of the function over it.
func isSummed(s *query.Part) bool {
	p := s.Parent
	for p != nil && p.Is("sum", "avg", "max", "min") {
		p = p.Parent
	}
	return p != nil && p.Subquery != nil
}

// gaugeFunction is what does for a gauge what the functions do for a counter.
var gaugeFunction = map[string]string{
	"rate": "deriv is its rate", "irate": "idelta is its last change", "increase": "delta is its change",
	"resets": "changes counts its changes",
}

// article names a kind in a sentence.
func article(kind scrape.Kind) string {
	switch kind {
	case scrape.Info:
		return "an info metric"
	case scrape.Summary:
		return "a quantile of a summary"
	case scrape.Stateset:
		return "a set of states"
	}
	return "a " + string(kind)
}
