package lint

import (
	"strings"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

// learn takes from the queries what they themselves say of metrics that nobody describes: a _total under rate is a counter,
// and what is grouped by le is a histogram.
func (m *Metrics) learn(q *Query) {
	q.Tree.Walk(func(p *query.Part) bool {
		if p.Selector == nil || isVariable(p.Selector.Metric) {
			return true
		}
		name := p.Selector.Metric
		base, isBucket := strings.CutSuffix(name, "_bucket")
		switch {
		case isBucket && (isByLe(p) || hasMatcher(p.Selector, "le")):
			for _, suffix := range []string{"_bucket", "_sum", "_count"} {
				m.suppose(base+suffix, base, scrape.Histogram)
			}
		case strings.HasSuffix(name, "_total") && p.Selector.Wants() == query.Counter:
			m.suppose(name, name, scrape.Counter)
		}
		return true
	})
}

// suppose keeps what queries say of a series: that it is a counter, alone or of a histogram.
func (m *Metrics) suppose(name, family string, kind scrape.Kind) {
	if m.supposed == nil {
		m.supposed = map[string]*Series{}
	}
	if m.supposed[name] == nil {
		m.supposed[name] = &Series{Name: name, Family: family, Kind: scrape.Counter, FamilyKind: kind}
	}
}

// isByLe reports whether something around a selector needs its label le.
func isByLe(p *query.Part) bool {
	for ; p != nil; p = p.Parent {
		if p.Is("histogram_quantile") {
			return true
		}
		if a := p.Aggregation; a != nil && !a.Without {
			for _, label := range a.Labels {
				if label.Name == "le" {
					return true
				}
			}
		}
	}
	return false
}

// hasMatcher reports whether a selector has a matcher of a label.
func hasMatcher(s *query.Selector, label string) bool {
	for _, m := range s.Matchers {
		if m.Label == label {
			return true
		}
	}
	return false
}
