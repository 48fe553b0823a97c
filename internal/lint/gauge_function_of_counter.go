package lint

import (
	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var gaugeFunctionOfCounter = Rule{
	Name: "gauge-function-of-counter", Group: Kinds, Severity: Error,
	Doc: "delta, deriv, predict_linear and averages over time take a counter's reset for a fall. Use increase for delta, rate for " +
		"deriv; smooth or predict the rate.",
	Query: func(p *Pass, q *Query) {
		for _, s := range q.Selectors() {
			f := s.Selector.Func()
			if s.Selector.Wants() != query.Gauge && averages[f] == "" || s.Selector.Range == "" {
				continue
			}
			switch name := s.Selector.Metric; p.Metrics.Kind(name) {
			case scrape.Unknown:
				p.Skip(NoKind, name)
			case scrape.Counter:
				if f == "delta" && p.Metrics.isOfAnother(name) {
					continue
				}
				finding := p.Query(q, s.Span, "%s of %s, which is a counter", f, name)
				if better := counterFunction[f]; better != "" {
					finding.Text += ": its resets count as falls; " + better
				} else {
					finding.Text += averages[f]
				}
			}
		}
	},
}

// counterFunction is what does for a counter what the functions do for a gauge.
var counterFunction = map[string]string{
	"delta": "increase is its growth", "deriv": "rate is its slope", "idelta": "irate is its last slope",
	"predict_linear":               "predict its rate, in a subquery",
	"double_exponential_smoothing": "smooth its rate, in a subquery",
}

// averages are the functions over time that make no sense of a number that only grows.
var averages = map[string]string{
	"avg_over_time": ": an average of a number that only grows", "sum_over_time": ": the same events are added again and again",
	"quantile_over_time": ": a quantile of a number that only grows", "stddev_over_time": ": the spread of a number that only grows",
	"stdvar_over_time": ": the spread of a number that only grows",
}
