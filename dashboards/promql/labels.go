package promql

import (
	"slices"
	"strconv"
	"strings"

	"gaugewright/dashboards/metric"
)

// labelSet is a set of label names, sorted.
type labelSet []metric.Label

// with adds labels. It returns the set itself if nothing is new: sets are shared, and never changed.
func (s labelSet) with(labels ...metric.Label) labelSet {
	if labelSet(labels).within(s) {
		return s
	}
	all := slices.Concat(s, labels)
	slices.Sort(all)
	return slices.Compact(all)
}

func (s labelSet) without(labels ...metric.Label) labelSet {
	return s.keep(func(l metric.Label) bool { return !slices.Contains(labels, l) })
}

func (s labelSet) both(o labelSet) labelSet {
	return s.keep(o.has)
}

// keep returns the set itself if everything is kept.
func (s labelSet) keep(keeps func(metric.Label) bool) labelSet {
	drops := func(l metric.Label) bool { return !keeps(l) }
	if !slices.ContainsFunc(s, drops) {
		return s
	}
	return slices.DeleteFunc(slices.Clone(s), drops)
}

func (s labelSet) has(label metric.Label) bool { return slices.Contains(s, label) }

func (s labelSet) equal(o labelSet) bool { return slices.Equal(s, o) }

func (s labelSet) within(o labelSet) bool {
	return !slices.ContainsFunc(s, func(l metric.Label) bool { return !o.has(l) })
}

func (s labelSet) String() string {
	if len(s) == 0 {
		return "no labels"
	}
	return join(s)
}

// join lists labels as PromQL does.
func join(labels []metric.Label) string {
	if len(labels) == 1 {
		return quoted(string(labels[0]))
	}
	var b strings.Builder
	for i, l := range labels {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quoted(string(l)))
	}
	return b.String()
}

// quoted returns a name, in quotes if it has characters that PromQL did not always accept.
func quoted(name string) string {
	if bare(name) {
		return name
	}
	return strconv.Quote(name)
}

// bare reports whether a name has only letters, digits, _ and :. No name here begins with a digit.
func bare(name string) bool {
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == ':':
		default:
			return false
		}
	}
	return true
}
