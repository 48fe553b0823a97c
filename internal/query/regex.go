package query

import (
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/util/strutil"
)

// CheckRegex returns an error for a regex whose weight is over the limit.
func CheckRegex(pattern string) error {
	if n := weight(pattern); n > maxWeight {
		return fmt.Errorf("the regex has a weight of %d, by its counts, classes and groups; more than %d, the limit", n, maxWeight)
	}
	return nil
}

// forget drops the compiled regexes of a query that are large: a kilobyte may have become megabytes, and callers keep queries.
func forget(expr parser.Expr) {
	const small = 50
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		if v, ok := node.(*parser.VectorSelector); ok {
			for i, m := range v.LabelMatchers {
				if isRegex(m) && (len(m.Value) > small || weight(m.Value) > small) {
					v.LabelMatchers[i] = &labels.Matcher{Type: m.Type, Name: m.Name, Value: m.Value}
				}
			}
		}
		return nil
	})
}

func isRegex(m *labels.Matcher) bool {
	return m.Type == labels.MatchRegexp || m.Type == labels.MatchNotRegexp
}

// matches is m.Matches, also where the regex was forgotten.
func matches(m *labels.Matcher, text string) bool {
	if isRegex(m) && m.GetRegexString() == "" {
		again, err := labels.NewMatcher(m.Type, m.Name, m.Value)
		return err == nil && again.Matches(text)
	}
	return m.Matches(text)
}

// weightIn returns the weight of a string in a query. Any may be a regex: that of a matcher, or of label_replace.
func weightIn(literal string) int {
	pattern, err := strutil.Unquote(literal)
	if err != nil {
		return 0 // the parser says so
	}
	return weight(pattern)
}

// weight returns what a regex takes beyond its text once it is compiled and used. [0-9]{40} has 40, for its count; \pL has 65, a
// tenth of its ranges; and each group has its part, since all groups are remembered at each place of the regex. What is not
// a regex has none.
func weight(pattern string) int {
	if !strings.ContainsAny(pattern, "{[(\\") {
		return 0
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0
	}
	return weightOfCounts(re) + re.MaxCap()*len(pattern)/2000
}

// weightOfCounts returns the weight of counts and classes.
func weightOfCounts(re *syntax.Regexp) (n int) {
	if re.Op == syntax.OpRepeat || re.Op == syntax.OpCharClass {
		return written(re)
	}
	for _, part := range re.Sub {
		n += weightOfCounts(part)
	}
	return n
}

// written returns the size of a regex whose counts are written out. Go refuses counts that multiply to more than 1000, so it is
// never large.
func written(re *syntax.Regexp) int {
	n := max(1, len(re.Rune))
	if re.Op == syntax.OpCharClass {
		n = len(re.Rune) / 2 / 10
	}
	for _, part := range re.Sub {
		n += written(part)
	}
	if re.Op == syntax.OpRepeat {
		n = max(1, n-1) * max(re.Min, re.Max)
	}
	return n
}
