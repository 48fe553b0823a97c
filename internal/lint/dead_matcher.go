package lint

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/query"
	"gaugewright/internal/scrape"
)

var deadMatcher = Rule{
	Name: "dead-matcher", Group: Queries, Severity: Error,
	Doc: "No series can have what the matchers ask for: two values of one label at once, a pattern compared with =, a bucket that " +
		"the histogram does not have.",
	Query: func(p *Pass, q *Query) {
		for _, s := range q.Selectors() {
			matchers := s.Selector.Matchers
			for i, m := range matchers {
				if m.Op == "" || isVariable(m.Value) || isVariable(m.Label) {
					continue
				}
				switch why := contradicted(m, matchers[:i]); {
				case why != "":
					p.Query(q, m.Span, "no series has both: %s", why)
				case m.Op == "=" && patternLike.MatchString(m.Value) && !p.hasValue(s.Selector.Metric, m):
					p.Query(q, m.Span, "= compares with the text %q: =~ takes it for a pattern", m.Value)
				case m.Op == "=" && p.meant(s.Selector.Metric, m) != "":
					p.Query(q, m.Span, "no series has %s=%q: %s", m.Label, m.Value, p.meant(s.Selector.Metric, m))
				case m.Op == "=" && p.missingBound(s.Selector.Metric, m) != "":
					p.Query(q, m.Span, "no series has %s=%q: %s", m.Label, m.Value, p.missingBound(s.Selector.Metric, m))
				case m.Op == "=~" && globLike.MatchString(m.Value):
					p.Query(q, m.Span, "as a pattern, %q does not take any ending: * repeats the character before it; .* is any text", m.Value)
				}
			}
		}
	},
}

// hasValue reports whether a page or a server has series with just the value of a matcher.
func (p *Pass) hasValue(name string, m query.Matcher) bool {
	s, ok := p.Metrics.Series(name)
	return ok && slices.Contains(s.Values(m.Label), m.Value)
}

// meant says what a matcher with = was probably meant to be, where a page has other values: one with other capitals, or those of
// a list with | between. Empty where the value may come yet.
func (p *Pass) meant(name string, m query.Matcher) string {
	s, ok := p.Metrics.Series(name)
	if !ok || len(s.Values(m.Label)) == 0 || slices.Contains(s.Values(m.Label), m.Value) {
		return ""
	}
	for _, value := range s.Values(m.Label) {
		switch {
		case strings.EqualFold(value, m.Value):
			return fmt.Sprintf("it is written %q", value)
		case slices.Contains(strings.Split(m.Value, "|"), value):
			return "=~ takes it for a list"
		}
	}
	return ""
}

// missingBound says which buckets of a histogram, or quantiles of a summary, are next to one that a matcher asks for and that it does
// not have. They stand in the program's code, so it does not come later. Empty where it is there, or not known.
func (p *Pass) missingBound(name string, m query.Matcher) string {
	s, ok := p.Metrics.Series(name)
	if !ok || m.Label != "le" && m.Label != "quantile" || s.FamilyKind != scrape.Histogram && s.FamilyKind != scrape.Summary ||
		wholeNumbers.MatchString(m.Value) { // another rule's
		return ""
	}
	wanted, err := strconv.ParseFloat(m.Value, 64)
	if err != nil || math.IsNaN(wanted) {
		return ""
	}
	below, above := math.Inf(-1), math.Inf(1)
	for _, value := range s.Values(m.Label) {
		switch bound, err := strconv.ParseFloat(value, 64); {
		case err != nil || bound == wanted:
			return ""
		case bound < wanted:
			below = max(below, bound)
		default:
			above = min(above, bound)
		}
	}
	switch {
	case math.IsInf(below, -1) && math.IsInf(above, 1):
		return ""
	case math.IsInf(below, -1):
		return fmt.Sprintf("the first is %v", above)
	case math.IsInf(above, 1):
		return fmt.Sprintf("the last is %v", below)
	}
	return fmt.Sprintf("its neighbors are %v and %v", below, above)
}
