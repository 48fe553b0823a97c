package query

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// Selector selects series in a query, instant or with a range.
type Selector struct {
	Metric   string    // the name; as written where it holds a variable (node_${x}_total), or empty
	Matchers []Matcher // in the order written, without the one for the name
	Range    string    // as written: $__rate_interval, 15m; or empty
	Offset   string    // as written: 1h, -5m; or empty
	At       string    // the time after @, as written: end(), 1700000000; or empty
	Within   []string  // the functions and aggregations around it, innermost first: rate, sum, histogram_quantile
	Subquery bool      // it is inside a subquery
	Span     Span      // from the name to the end of the range and modifiers
	function string    // what Func returns
	demanded []string  // the labels without which no series is selected, sorted, with __name__
}

// Matcher is a condition on a label.
type Matcher struct {
	Label string
	Op    string // = != =~ !~; empty where a variable stands for the whole matcher; Label then holds it
	Value string // without quotes, variables as written
	Span  Span
}

// Kind is the kind of metric that a function expects.
type Kind string

// The kinds that functions expect.
const (
	AnyKind   Kind = ""
	Counter   Kind = "counter"
	Gauge     Kind = "gauge"
	Histogram Kind = "histogram"
)

// Func returns the innermost function over the selector, ignoring aggregations in between; empty without one.
func (s Selector) Func() string { return s.function }

// Wants returns the kind of metric that the innermost function expects: a counter for rate, a gauge for deriv.
// https://prometheus.io/docs/prometheus/latest/querying/functions
func (s Selector) Wants() Kind {
	switch f := s.Func(); f {
	case "rate", "irate", "increase", "resets":
		return Counter
	case "delta", "idelta", "deriv", "predict_linear", "double_exponential_smoothing":
		return Gauge
	default:
		if strings.HasPrefix(f, "histogram_") {
			return Histogram
		}
		return AnyKind
	}
}

// Selectors returns all selectors, in the order they are written.
func (q *Query) Selectors() []Selector {
	all := collect(q, func(p *Part) *Selector { return p.Selector })
	slices.SortStableFunc(all, func(a, b Selector) int { return a.Span.Start - b.Span.Start })
	return all
}

// surround sets what is around the selector, from the part that it is directly in outwards.
func (s *Selector) surround(p *Part) {
	for ; p != nil; p = p.Parent {
		switch {
		case p.Subquery != nil:
			s.Subquery = true
		case p.Call != nil:
			s.Within = append(s.Within, p.Call.Func)
			s.function = cmp.Or(s.function, p.Call.Func)
		case p.Aggregation != nil:
			s.Within = append(s.Within, p.Aggregation.Op)
		}
	}
}

func (b *builder) selector(vector *parser.VectorSelector, isRange bool) *Selector {
	s := &Selector{Metric: b.name(vector.PosRange.Start, vector.Name)}
	from := b.tokenAt(vector.PosRange.Start)
	end := from
	if !b.is(end, parser.LEFT_BRACE) {
		end++
	}
	if b.is(end, parser.LEFT_BRACE) {
		s.Matchers = b.matchers(end, vector)
		end = b.closing(end) + 1
	}
	s.demanded = demanded(s.Matchers, vector.LabelMatchers)
	if name, matchers := takeName(s.Matchers); s.Metric == "" {
		s.Metric, s.Matchers = name, matchers
	}
	if isRange && b.is(end, parser.LEFT_BRACKET) { // else the bracket belongs to a subquery
		closing := b.closing(end)
		_, s.Range = b.between(end+1, closing)
		end = closing + 1
	}
	end, s.Offset, s.At = b.modifiers(end)
	s.Span, _ = b.between(from, end)
	return s
}

// matchers reads the matchers in the braces that open at token i. The parser has them in the same order, unquoted.
func (b *builder) matchers(i int, vector *parser.VectorSelector) []Matcher {
	var found []Matcher
	parsed := vector.LabelMatchers
	for i++; b.is(i, parser.IDENTIFIER, parser.STRING) && len(parsed) > 0; i++ {
		from := i
		if b.is(i+1, parser.EQL, parser.NEQ, parser.EQL_REGEX, parser.NEQ_REGEX) {
			i += 2
		}
		i++
		found = append(found, b.matcher(from, i, parsed[0]))
		parsed = parsed[1:]
	}
	return found
}

// matcher returns the matcher made of the tokens from (inclusive) to upTo (exclusive).
func (b *builder) matcher(from, upTo int, parsed *labels.Matcher) Matcher {
	span, written := b.between(from, upTo)
	m := Matcher{Label: parsed.Name, Op: parsed.Type.String(), Value: parsed.Value, Span: span}
	if c := b.chunkAt(b.tokens[from].Pos); c != nil && c.place == AsMatcher {
		return Matcher{Label: written, Span: span}
	} else if c != nil && c.place == AsLabel {
		m.Label = b.restore.Replace(m.Label)
	}
	m.Value = b.text(b.tokens[upTo-1].Pos, m.Value)
	return m
}

// demanded returns the labels without which no series is selected. What a variable stands for is not known.
func demanded(written []Matcher, parsed []*labels.Matcher) []string {
	all := []string{model.MetricNameLabel}
	for i, m := range written {
		if m.Op != "" && !HasVariable(m.Label) && !parsed[i].Matches("") {
			all = append(all, m.Label)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// takeName removes the matcher {__name__="..."} or {"..."}, where there is one.
func takeName(matchers []Matcher) (string, []Matcher) {
	for i, m := range matchers {
		if m.Label == model.MetricNameLabel && m.Op == "=" {
			return m.Value, slices.Delete(slices.Clone(matchers), i, i+1)
		}
	}
	return "", matchers
}

// modifiers skips what may follow a selector or a subquery, from token i on. It returns the offset and the
// time as written.
func (b *builder) modifiers(i int) (end int, offset, at string) {
	for {
		switch {
		case b.is(i, parser.OFFSET):
			from := i + 1
			i = b.duration(from)
			_, offset = b.between(from, i)
		case b.is(i, parser.AT):
			from := i + 1
			i = b.duration(from)
			_, at = b.between(from, i)
		case b.is(i, parser.ANCHORED, parser.SMOOTHED):
			i++
		default:
			return i, offset, at
		}
	}
}

// duration skips a number, a duration, or a call or parenthesis that stands for one: 5m, -$o, (1h / 2), start().
func (b *builder) duration(i int) int {
	if b.is(i, parser.ADD, parser.SUB) {
		i++
	}
	if !b.is(i, parser.LEFT_PAREN) {
		i++
		if !b.is(i, parser.LEFT_PAREN) || b.is(i-1, parser.NUMBER, parser.DURATION) {
			return i
		}
	}
	return b.closing(i) + 1
}

// unquote removes the quotes of a string. A text without quotes, or a malformed string, stays unchanged.
func unquote(s string) string {
	if strings.HasPrefix(s, "'") {
		s = `"` + strings.ReplaceAll(strings.ReplaceAll(strings.Trim(s, "'"), `\'`, `'`), `"`, `\"`) + `"`
	}
	if plain, err := strconv.Unquote(s); err == nil {
		return plain
	}
	return strings.Trim(s, "\"`")
}
