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

// MatchNotEqual excludes one value.
func MatchNotEqual(label metric.Label, value string) Matcher { return match(label, "!=", value) }

// MatchRegexp matches a regular expression, which Prometheus anchors at both ends.
func MatchRegexp(label metric.Label, pattern string) Matcher { return match(label, "=~", pattern) }

// MatchNotRegexp is the opposite of MatchRegexp.
func MatchNotRegexp(label metric.Label, pattern string) Matcher { return match(label, "!~", pattern) }

// NoneOf excludes the given values.
func NoneOf(label metric.Label, values ...string) Matcher {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = regexp.QuoteMeta(value)
	}
	return MatchNotRegexp(label, strings.Join(quoted, "|"))
}

// Selected matches the values that the reader chose in the dashboard variable of the label's name.
func Selected(label metric.Label) Matcher { return MatchRegexp(label, "$"+string(label)) }

// Shown is the dashboard variable with the processes that graphs draw one by one: the worst of the chosen ones, so
// that the lines of a large fleet stay distinguishable.
const Shown = "shown"

// OfShown limits an expression to the processes in the variable Shown.
func (e Expr) OfShown() Expr {
	if identity := e.view.names(); len(identity) > 0 {
		process := identity[len(identity)-1]
		e.text = strings.ReplaceAll(e.text, Selected(process).String(), MatchRegexp(process, "$"+Shown).String())
	}
	return e
}

func (m Matcher) String() string { return m.text }

// Selector returns the text {a="b",c=~"d"} of some matchers, in Prometheus's order.
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
