package promql

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gaugewright/dashboards/metric"
)

// Matcher narrows a selector to series whose label matches.
type Matcher struct {
	label metric.Label
	op    string
	text  string // label="value", as Prometheus prints it
}

func match(label metric.Label, op, value string) Matcher {
	return Matcher{label, op, quoted(string(label)) + op + strconv.Quote(value)}
}

// MatchEqual matches one value.
func MatchEqual(label metric.Label, value string) Matcher { return match(label, "=", value) }

// MatchNotEqual leaves out one value.
func MatchNotEqual(label metric.Label, value string) Matcher { return match(label, "!=", value) }

// MatchRegexp takes a regular expression, which Prometheus anchors at both ends.
func MatchRegexp(label metric.Label, pattern string) Matcher { return match(label, "=~", pattern) }

// MatchNotRegexp is the opposite of MatchRegexp.
func MatchNotRegexp(label metric.Label, pattern string) Matcher { return match(label, "!~", pattern) }

// NoneOf leaves out the given values.
func NoneOf(label metric.Label, values ...string) Matcher {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = regexp.QuoteMeta(value)
	}
	return MatchNotRegexp(label, strings.Join(quoted, "|"))
}

// Selected matches what the reader chose in the dashboard variable of the label's name.
func Selected(label metric.Label) Matcher { return MatchRegexp(label, "$"+string(label)) }

// Shown is the dashboard variable that holds the processes which graphs draw one by one: the worst of those that the reader
// chose, so that the lines of a large fleet can be told apart.
const Shown = "shown"

// OfShown is the expression for the processes in the variable Shown, of all that the reader chose.
func (e Expr) OfShown() Expr {
	if identity := e.view.names(); len(identity) > 0 {
		process := identity[len(identity)-1]
		e.text = strings.ReplaceAll(e.text, Selected(process).String(), MatchRegexp(process, "$"+Shown).String())
	}
	return e
}

func (m Matcher) String() string { return m.text }

// Selector is the text {a="b",c=~"d"} of some matchers, in the order in which Prometheus prints them.
func Selector(matchers ...Matcher) string {
	if len(matchers) == 0 {
		return ""
	}
	texts := make([]string, len(matchers))
	for i, m := range matchers {
		texts[i] = m.text
	}
	slices.Sort(texts)
	return "{" + strings.Join(texts, ",") + "}"
}
