package lint

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// sinceVersion is the version of Prometheus that brought a function.
// https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md
var sinceVersion = map[string]Version{
	"last_over_time": {2, 26}, "sgn": {2, 26}, "clamp": {2, 26}, "present_over_time": {2, 29},
	"sin": {2, 31}, "cos": {2, 31}, "tan": {2, 31}, "asin": {2, 31}, "acos": {2, 31}, "atan": {2, 31}, "sinh": {2, 31}, "cosh": {2, 31},
	"tanh": {2, 31}, "asinh": {2, 31}, "acosh": {2, 31}, "atanh": {2, 31}, "deg": {2, 31}, "rad": {2, 31}, "pi": {2, 31},
	"histogram_count": {2, 40}, "histogram_sum": {2, 40}, "histogram_fraction": {2, 40}, "double_exponential_smoothing": {3, 0},
}

// isUnknown reports whether nothing has the name, as far as that is known.
func (p *Pass) isUnknown(name string) bool {
	if name == "" || isVariable(name) || name == "ALERTS" || name == "ALERTS_FOR_STATE" {
		return false
	}
	s, ok := p.Metrics.Series(name)
	switch {
	case ok && s.From != FromKnown:
		return false
	case !p.Metrics.IsComplete:
		if !ok && !strings.Contains(name, ":") {
			p.Skip(NoNames, name)
		}
		return false
	case p.Metrics.isOfOtherExporter(name):
		p.Skip(NoNames, name)
		return false
	case strings.Contains(name, ":") && !p.Metrics.isServer():
		near := nearest(name, slices.Sorted(maps.Keys(p.Metrics.records)))
		return near != "" && distance(name, near) <= mostTypos // else another file may record it: recorded names are long and alike
	}
	return true
}

// mostTypos is how many letters somebody may have written wrong in a long name.
const mostTypos = 2

// isAbsence reports whether a query asks whether the series are absent.
func isAbsence(s *query.Part) bool {
	for p := s.Parent; p != nil; p = p.Parent {
		if p.Is("absent", "absent_over_time") {
			return true
		}
	}
	return false
}

// nameSpan returns where a selector's metric is written.
func nameSpan(q *Query, s *query.Part) query.Span {
	text := q.Text[s.Span.Start:s.Span.End]
	if at := strings.Index(text, s.Selector.Metric); at >= 0 {
		return query.Span{Start: s.Span.Start + at, End: s.Span.Start + at + len(s.Selector.Metric)}
	}
	return s.Span
}

// hasLabels says which labels a metric has, or which of them is near.
func hasLabels(m *Metrics, name, wrong string) string {
	s, ok := m.Series(name)
	if !ok || len(s.Labels) == 0 {
		return ""
	}
	if near := nearest(wrong, s.Labels); near != "" {
		return ": " + near + " is near"
	}
	const most = 8
	if len(s.Labels) > most {
		return ""
	}
	return ": it has " + strings.Join(s.Labels, ", ")
}

// matchesEmpty reports whether a matcher takes series without the label, or may: a variable can be empty.
func matchesEmpty(m query.Matcher) bool {
	switch {
	case isVariable(m.Value):
		return m.Op != "="
	case m.Op == "=":
		return m.Value == ""
	case m.Op == "!=":
		return m.Value != ""
	}
	re, err := regexp.Compile("^(?s:" + m.Value + ")$")
	return err != nil || re.MatchString("") == (m.Op == "=~")
}

func labelsOf(set query.LabelSet) string {
	switch {
	case set.Open:
		return "no such label"
	case len(set.Names) == 0:
		return "no labels"
	}
	return "only " + strings.Join(set.Names, ", ")
}

// spare returns the only label that a set has and the legend does not name yet.
func spare(set query.LabelSet, wanted []string) string {
	if set.Open || len(set.Names) != 1 || slices.Contains(wanted, set.Names[0]) {
		return ""
	}
	return set.Names[0]
}

// matched returns the labels of both sides of an operator that must be the same.
func (p *Pass) matched(q *Query, part *query.Part, c query.Catalogue) (left, right query.LabelSet) {
	left, right = q.Parsed.PartLabels(part.Parts[0], c), q.Parsed.PartLabels(part.Parts[1], c)
	for _, label := range part.Operation.Matching { // ignoring
		left.Open, right.Open = left.Open || isVariable(label.Name), right.Open || isVariable(label.Name)
		left.Names = slices.DeleteFunc(slices.Clone(left.Names), func(name string) bool { return name == label.Name })
		right.Names = slices.DeleteFunc(slices.Clone(right.Names), func(name string) bool { return name == label.Name })
	}
	return left, right
}

// onlyAdded reports whether two lists of labels differ only in labels that targets may have and may not.
func onlyAdded(m *Metrics, a, b []string) bool {
	for _, lists := range [][2][]string{{a, b}, {b, a}} {
		for _, name := range lists[0] {
			if !slices.Contains(lists[1], name) && (!m.mayBeAdded(name) || name == "job" || name == "instance") {
				return false
			}
		}
	}
	return true
}

func set(names []string) string {
	if len(names) == 0 {
		return "no labels"
	}
	return strings.Join(names, ", ")
}

// unmatched returns labels of a side that an aggregation keeps on purpose and that are not matched on.
func (p *Pass) unmatched(q *Query, side *query.Part, o *query.Operation) []string {
	if side.Aggregation == nil || side.Aggregation.Without || len(side.Aggregation.Labels) == 0 || !side.Is("sum", "avg", "max", "min", "count", "group") {
		return nil
	}
	var extra []string
	for _, label := range side.Aggregation.Labels {
		isNamed := slices.ContainsFunc(o.Matching, func(other query.Label) bool { return other.Name == label.Name || isVariable(other.Name) })
		if isNamed == o.On || isVariable(label.Name) || p.Metrics.mayBeAdded(label.Name) {
			continue
		}
		if set := q.Parsed.PartLabels(side, nil); set.Has(label.Name) {
			extra = append(extra, label.Name)
		}
	}
	return extra
}

// wholeNumbers finds a whole number, or a pattern of such.
var wholeNumbers = regexp.MustCompile(`^\d+$|^\(?\d+(\|\d+)+\)?$`)

// isStored reports whether a server has series with just this value.
func (p *Pass) isStored(name string, m query.Matcher) bool {
	s, ok := p.Metrics.Series(name)
	return ok && s.From == FromServer && slices.Contains(s.Values(m.Label), m.Value)
}

// severalOf reports whether All of a variable is more than one value, as far as the file says.
func severalOf(v grafana.Variable) bool { return v.Type != "custom" || strings.Contains(v.Query, ",") }

// variable returns a variable of the board as the query's panel sees it.
func (q *Query) variable(name string) (grafana.Variable, bool) {
	variables := q.Board.Variables
	if q.Panel != nil {
		variables = q.Panel.variables
	}
	for _, v := range variables {
		if v.Name == name {
			return v, true
		}
	}
	return grafana.Variable{}, false
}

// Signs of a pattern where a text is compared, and of a file name's * in a pattern.
var (
	patternLike = regexp.MustCompile(`\.\*|\.\+|^\^|\[\^?\w-\w|^[1-5]\.\.$|^[1-5]xx\|`)
	globLike    = regexp.MustCompile(`^[\w/:-]*[\w-]\*$`)
)

// contradicted returns the earlier matcher that excludes a matcher; empty where none does.
func contradicted(m query.Matcher, earlier []query.Matcher) string {
	for _, other := range earlier {
		if other.Label != m.Label || other.Op == "" || isVariable(other.Value) {
			continue
		}
		if other.Value == m.Value && (other.Op == "=~" && m.Op == "!~" || other.Op == "!~" && m.Op == "=~") {
			return fmt.Sprintf("%s%s%q and %s%s%q", other.Label, other.Op, other.Value, m.Label, m.Op, m.Value)
		}
		a, b := other, m
		if b.Op == "=" {
			a, b = b, a
		}
		if a.Op != "=" {
			continue
		}
		takes := a.Value == b.Value
		if strings.HasSuffix(b.Op, "~") {
			re, err := regexp.Compile("^(?s:" + b.Value + ")$")
			if err != nil {
				continue
			}
			takes = re.MatchString(a.Value)
		}
		if takes == strings.HasPrefix(b.Op, "!") {
			return fmt.Sprintf("%s%s%q and %s%s%q", other.Label, other.Op, other.Value, m.Label, m.Op, m.Value)
		}
	}
	return ""
}

// keptOnPurpose returns the labels that the outermost aggregation of a part is by.
func keptOnPurpose(p *query.Part) []string {
	for p.Operation != nil && len(p.Parts) == 2 && p.Operation.Op != "or" {
		p = p.Parts[0]
	}
	if p.Aggregation == nil || p.Aggregation.Without {
		return nil
	}
	var names []string
	for _, label := range p.Aggregation.Labels {
		if isVariable(label.Name) {
			return nil
		}
		names = append(names, label.Name)
	}
	return names
}

// defines reports whether a variable is there for a query: one of the board, of Grafana's own, or of the export.
func (q *Query) defines(name string) bool {
	if _, ok := q.variable(name); ok || strings.HasPrefix(name, "__") || name == "timeFilter" || name == "timezone" {
		return true
	}
	if q.Panel != nil && (q.Panel.Library != "" || q.Panel.LibraryUID != "") {
		return true // made for another board
	}
	return slices.ContainsFunc(q.Board.Inputs, func(input grafana.Input) bool { return input.Name == name }) ||
		slices.ContainsFunc(q.Board.Variables, func(v grafana.Variable) bool { return v.Type == "adhoc" && v.Name == name })
}

// mostCombining bounds the queries whose operators are looked at one by one, each with all below it. Nobody writes longer ones
// by hand.
const mostCombining = 100
