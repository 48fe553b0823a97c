package query

import (
	"slices"

	"github.com/prometheus/common/model"
)

// LabelSet is an upper bound: the labels that the series of a result can carry.
type LabelSet struct {
	Names []string // sorted, without __name__
	Open  bool     // others are possible: a metric is not in the catalogue, or a variable stands for labels

	// Both are sorted and never changed, so that sets can share them.
	has  []string // Names, and __name__
	gone []string // labels that an open set cannot carry
}

// Has reports whether the series can carry a label, which may be __name__.
func (s LabelSet) Has(label string) bool {
	return contains(s.has, label) || s.Open && !contains(s.gone, label)
}

func labelSet(names ...string) LabelSet { return LabelSet{has: union(nil, names)} }

func openSet() LabelSet { return LabelSet{Open: true} }

// with adds labels.
func (s LabelSet) with(names ...string) LabelSet {
	s.has = union(s.has, names)
	s.gone = drop(s.gone, func(name string) bool { return slices.Contains(names, name) })
	return s
}

// without drops labels.
func (s LabelSet) without(names ...string) LabelSet {
	s.has = drop(s.has, func(name string) bool { return slices.Contains(names, name) })
	s.gone = union(s.gone, names)
	return s
}

// withText adds the label that a string in the query names.
func (s LabelSet) withText(name *Part) LabelSet {
	if name.Variable {
		s.Open = true
		return s
	}
	return s.with(name.Text)
}

// only keeps those of the named labels that are possible.
func (s LabelSet) only(names []string) LabelSet {
	return labelSet(drop(names, func(name string) bool { return !s.Has(name) })...)
}

// or returns the labels that a series of either set can carry.
func (s LabelSet) or(t LabelSet) LabelSet {
	both := LabelSet{Open: s.Open || t.Open, has: union(s.has, t.has)}
	if s.Open {
		both.gone = drop(s.gone, t.Has)
	} else {
		both.gone = drop(t.gone, s.Has)
	}
	return both
}

// named sets the names of a set.
func named(set LabelSet) LabelSet {
	set.Names = drop(set.has, func(name string) bool { return name == model.MetricNameLabel })
	return set
}

func contains(sorted []string, name string) bool {
	_, found := slices.BinarySearch(sorted, name)
	return found
}

// union returns a sorted list with further names.
func union(sorted, names []string) []string {
	if !slices.ContainsFunc(names, func(name string) bool { return !contains(sorted, name) }) {
		return sorted
	}
	all := slices.Concat(sorted, names)
	slices.Sort(all)
	return slices.Compact(all)
}

// drop returns a list without some of its names.
func drop(list []string, is func(string) bool) []string {
	if !slices.ContainsFunc(list, is) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), is)
}
