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
	function string
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
	var all []Selector
	parser.Inspect(q.expr, func(n parser.Node, path []parser.Node) error {
		if vector, ok := n.(*parser.VectorSelector); ok {
			all = append(all, q.selector(vector, path))
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Selector) int { return a.Span.Start - b.Span.Start })
	return all
}

func (q *Query) selector(vector *parser.VectorSelector, path []parser.Node) Selector {
	s := Selector{Metric: q.restore.Replace(vector.Name)}
	for _, node := range slices.Backward(path) {
		switch node := node.(type) {
		case *parser.SubqueryExpr:
			s.Subquery = true
		case *parser.Call:
			name := q.restore.Replace(node.Func.Name)
			s.Within = append(s.Within, name)
			s.function = cmp.Or(s.function, name)
		case *parser.AggregateExpr:
			s.Within = append(s.Within, q.restore.Replace(node.Op.String()))
		}
	}
	from := q.tokenAt(vector.PosRange.Start)
	end := from
	if !q.is(end, parser.LEFT_BRACE) {
		end++
	}
	if q.is(end, parser.LEFT_BRACE) {
		s.Matchers = q.matchers(end, vector)
		end = q.closing(end) + 1
	}
	if name, matchers := takeName(s.Matchers); s.Metric == "" {
		s.Metric, s.Matchers = name, matchers
	}
	if q.is(end, parser.LEFT_BRACKET) && isRange(path) {
		closing := q.closing(end)
		_, s.Range = q.between(end+1, closing)
		end = closing + 1
	}
	end, s.Offset, s.At = q.modifiers(end)
	s.Span, _ = q.between(from, end)
	return s
}

// isRange reports whether the bracket behind a selector with this path is the selector's range; else it belongs to a
// subquery.
func isRange(path []parser.Node) bool {
	if len(path) == 0 {
		return false
	}
	_, ok := path[len(path)-1].(*parser.MatrixSelector)
	return ok
}

// matchers reads the matchers in the braces that open at token i. The parser has them in the same order, unquoted.
func (q *Query) matchers(i int, vector *parser.VectorSelector) []Matcher {
	var found []Matcher
	parsed := vector.LabelMatchers
	for i++; q.is(i, parser.IDENTIFIER, parser.STRING) && len(parsed) > 0; i++ {
		from := i
		if q.is(i+1, parser.EQL, parser.NEQ, parser.EQL_REGEX, parser.NEQ_REGEX) {
			i += 2
		}
		i++
		found = append(found, q.matcher(from, i, parsed[0]))
		parsed = parsed[1:]
	}
	return found
}

// matcher returns the matcher made of the tokens from (inclusive) to upTo (exclusive).
func (q *Query) matcher(from, upTo int, parsed *labels.Matcher) Matcher {
	span, written := q.between(from, upTo)
	m := Matcher{Label: parsed.Name, Op: parsed.Type.String(), Value: parsed.Value, Span: span}
	if c := q.chunkAt(q.tokens[from].Pos); c != nil && c.place == AsMatcher {
		return Matcher{Label: written, Span: span}
	} else if c != nil && c.place == AsLabel {
		m.Label = q.restore.Replace(m.Label)
	}
	if c := q.chunkAt(q.tokens[upTo-1].Pos); c != nil && (c.masked || c.place == AsString) {
		m.Value = unquote(q.Text[c.span.Start:c.span.End])
	}
	return m
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
func (q *Query) modifiers(i int) (end int, offset, at string) {
	for {
		switch {
		case q.is(i, parser.OFFSET):
			from := i + 1
			i = q.duration(from)
			_, offset = q.between(from, i)
		case q.is(i, parser.AT):
			from := i + 1
			i = q.duration(from)
			_, at = q.between(from, i)
		case q.is(i, parser.ANCHORED, parser.SMOOTHED):
			i++
		default:
			return i, offset, at
		}
	}
}

// duration skips a number, a duration, or a call or parenthesis that stands for one: 5m, -$o, (1h / 2), start().
func (q *Query) duration(i int) int {
	if q.is(i, parser.ADD, parser.SUB) {
		i++
	}
	if !q.is(i, parser.LEFT_PAREN) {
		i++
		if !q.is(i, parser.LEFT_PAREN) || q.is(i-1, parser.NUMBER, parser.DURATION) {
			return i
		}
	}
	return q.closing(i) + 1
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
