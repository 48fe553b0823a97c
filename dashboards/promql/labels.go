package promql

import (
	"slices"
	"strings"

	"gaugewright/dashboards/metric"
)

// labelSet is a set of label names, sorted.
type labelSet []metric.Label

func (s labelSet) with(labels ...metric.Label) labelSet {
	all := slices.Concat(s, labels)
	slices.Sort(all)
	return slices.Compact(all)
}

func (s labelSet) without(labels ...metric.Label) labelSet {
	return slices.DeleteFunc(slices.Clone(s), func(l metric.Label) bool { return slices.Contains(labels, l) })
}

func (s labelSet) both(o labelSet) labelSet {
	return slices.DeleteFunc(slices.Clone(s), func(l metric.Label) bool { return !o.has(l) })
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

func join(labels []metric.Label) string {
	texts := make([]string, len(labels))
	for i, l := range labels {
		texts[i] = string(l)
	}
	return strings.Join(texts, ", ")
}
