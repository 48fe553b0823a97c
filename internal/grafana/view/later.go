package view

import (
	"slices"
	"strings"
)

// unseen adds the field that a series with other values of the labels in its legend would have. It is not there, but
// what asks for it may be right: a status code that no answer has yet.
func (f *Fields) unseen(a Answer) {
	legend, labels := a.Target.Legend, LegendLabels(a.Target.Legend)
	labels = slices.DeleteFunc(labels, func(label string) bool { // a label that no series has makes no name
		return !slices.ContainsFunc(a.Series, func(series map[string]string) bool { return series[label] != "" })
	})
	if isAuto(legend) {
		legend, labels = "__auto", nil
		for _, series := range a.Series {
			if len(series) > 1 || len(series) == 1 && series["__name__"] == "" {
				labels = []string{"a label"}
			}
		}
	}
	if len(a.Series) > 0 && len(labels) > 0 {
		slices.Sort(labels)
		later := strings.Join(slices.Compact(labels), " or ")
		f.list = append(f.list, field{name: "Value", kind: "number", legend: legend, later: later})
	}
}

// couldHave returns which labels could, with another value, make a field of the name; empty where none could. The names
// that were there are not new ones: a rename has taken them away.
func (f *Fields) couldHave(name string) string {
	base, number := numberedName(name)
	for _, c := range f.list {
		if c.later == "" || slices.Contains(f.seen, name) {
			continue
		}
		if c.makes(name) || number > 0 && c.called(base) {
			return c.later
		}
	}
	return ""
}

// makes reports whether the field is shown by the name. Its own name tells nothing: all series have it.
func (c field) makes(name string) bool {
	return slices.Contains(c.shown, name) || c.legend != "" && canName(c.legend, name)
}

// couldShow returns which labels could, with another value, make a name that a pattern matches.
func (f *Fields) couldShow(regex *pattern) string {
	for _, c := range f.list {
		if c.later == "" {
			continue
		}
		if found, err := c.shows(regex); found || err != nil {
			return c.later
		}
	}
	return ""
}

// notYet records that what was looked for is not there, but could be.
func (f *Fields) notYet(what, reason, labels string) {
	f.doubts = append(f.doubts, what+": "+reason+" yet: another value of "+labels+" could make it")
}

// alsoShown adds the field under a further name, because what renames it is for one of its values only.
func (f *Fields) alsoShown(c field, as func(*field)) {
	c.shown = slices.Clone(c.shown)
	as(&c)
	f.list = append(f.list, c)
}
