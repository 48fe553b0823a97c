package view

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gaugewright/internal/grafana"
)

// Answer is the result of a panel's query, as far as it decides the names of fields. Variables in the legend are put
// in; Put does that.
type Answer struct {
	Target grafana.Target
	Series []map[string]string // the labels of each series
	// Labels are the possible labels of an empty result. Its fields are then possible fields.
	Labels []string
}

// Fields are the fields of a panel that its overrides and transformations can match.
type Fields struct {
	list   []field
	refs   map[string]bool // of the queries
	made   map[string]bool // the names that transformations give to their results
	open   bool            // others are possible: an unknown transformation makes them
	reason string          // what makes them possible; empty where it is told elsewhere
	seen   []string        // the names that the series have by their legends
	leaned bool            // something was taken to be there only because others are possible
	doubts []string
}

// field is a column or a series. It has a name of its own, and one that is shown.
type field struct {
	name   string
	kind   string   // number, string, time; empty where it may be any
	shown  []string // the possible shown names, where Grafana chooses; else one
	legend string   // of a series that a query with an empty result could have: shown is then what it makes
	labels map[string]string
	// renamed says that a transformation has given the shown name. The panel's defaults do not change it.
	renamed bool
	// later names the labels of which another value could make the field: it is not there yet. Empty where it is.
	later string
}

// NewFields returns the fields that Grafana's Prometheus data source makes of a panel's results. For a table they are
// the time, one column for each label, and Value, with the query's refId where there are several. Else there is one
// field for each series, shown by its legend.
// https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/result_transformer.ts
func NewFields(answers []Answer) *Fields {
	f := &Fields{refs: map[string]bool{}, made: map[string]bool{}}
	f.column("Time", "time")
	tables := 0
	for _, a := range answers {
		f.refs[a.Target.RefID] = true
		switch {
		case a.Target.Skip != "": // only its own data source knows its fields
			f.open = true
		case a.Target.Format == "table":
			tables++
		}
	}
	for _, a := range answers {
		switch {
		case a.Target.Skip != "":
		case a.Target.Format == "table":
			f.table(a, tables)
		default:
			f.series(a)
		}
	}
	return f
}

// column adds a field that is shown by its name, if it is not there yet.
func (f *Fields) column(name, kind string) {
	if !slices.ContainsFunc(f.list, func(c field) bool { return c.name == name && c.labels == nil }) {
		f.list = append(f.list, field{name: name, kind: kind, shown: []string{name}})
	}
}

func (f *Fields) table(a Answer, tables int) {
	value := "Value"
	if tables > 1 {
		value += " #" + a.Target.RefID
	}
	f.column(value, "number")
	labels := map[string]bool{}
	for _, series := range a.Series {
		for label := range series {
			labels[label] = true
		}
	}
	if len(a.Series) == 0 {
		for _, label := range a.Labels {
			labels[label] = true
		}
	}
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		f.column(label, "string")
	}
}

func (f *Fields) series(a Answer) {
	if len(a.Series) == 0 {
		f.list = append(f.list, field{name: "Value", kind: "number", legend: cmp.Or(a.Target.Legend, "__auto")})
	}
	for _, labels := range a.Series {
		shown := seriesNames(a.Target, labels)
		f.seen = append(f.seen, shown...)
		f.list = append(f.list, field{name: "Value", kind: "number", shown: shown, labels: labels})
	}
	f.unseen(a)
}

// has reports whether a field has, or could have, the name.
func (f *Fields) has(name string) bool {
	return slices.ContainsFunc(f.list, func(c field) bool { return c.later == "" && c.called(name) }) ||
		f.hasNumbered(name) || f.mayHave()
}

// hasKind reports whether a field is, or could be, of a type.
func (f *Fields) hasKind(kind string) bool {
	return slices.ContainsFunc(f.list, func(c field) bool { return c.kind == "" || c.kind == kind }) || f.mayHave()
}

// mayHave reports whether fields that are not known are possible. What is taken to be there for that reason is not
// judged, and Doubts says so.
func (f *Fields) mayHave() bool {
	f.leaned = f.leaned || f.open
	return f.open
}

// hasNumbered reports whether the name could be one that several fields share, with a number: Value 2. Grafana counts
// fields of one name where they are in one frame.
func (f *Fields) hasNumbered(name string) bool {
	base, number := numberedName(name)
	same := 0
	for _, c := range f.list {
		if number > 0 && c.later == "" && c.kind != "time" && c.called(base) {
			same++
		}
	}
	return same > 1 && number <= same
}

// numberedName splits a name such as Value 2. The number is 0 where the name has none.
func numberedName(name string) (base string, number int) {
	at := strings.LastIndex(name, " ")
	if number, err := strconv.Atoi(name[at+1:]); at >= 0 && err == nil && number > 0 {
		return name[:at], number
	}
	return name, 0
}

// opened says that other fields are possible from now on, and what makes them.
func (f *Fields) opened(reason string) {
	if !f.open {
		f.open, f.reason = true, reason
	}
}

// called reports whether the field has the name, of its own or shown.
func (c field) called(name string) bool {
	return c.name == name || slices.Contains(c.shown, name) || c.legend != "" && canName(c.legend, name)
}

// shows reports whether a pattern finds something in the shown name, or could. A possible name that contains a label
// always counts.
func (c field) shows(regex *pattern) (bool, error) {
	if c.legend != "" && (isAuto(c.legend) || LegendLabels(c.legend) != nil) {
		return true, nil
	}
	names := c.shown
	if c.legend != "" {
		names = []string{c.legend}
	}
	for _, name := range names {
		if found, err := regex.matches(name); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// hasMatch reports whether the shown name of a field matches, or could match.
func (f *Fields) hasMatch(regex *pattern) (bool, error) {
	for _, c := range f.list {
		if c.later != "" {
			continue
		}
		if found, err := c.shows(regex); found || err != nil {
			return found, err
		}
	}
	return f.mayHave(), nil
}

// Doubts returns what could not be judged, such as a regex that takes too long.
func (f *Fields) Doubts() []string {
	if f.leaned && f.reason != "" {
		return append(slices.Clone(f.doubts), "not judged: whether all names exist after "+f.reason)
	}
	return f.doubts
}

// doubt records what could not be judged. Any name is possible from then on.
func (f *Fields) doubt(format string, args ...any) {
	f.open = true
	f.doubts = append(f.doubts, "not judged: "+fmt.Sprintf(format, args...))
}
