package view

import (
	"maps"
	"slices"

	"gaugewright/internal/grafana"
)

// convert gives fields another type.
func (f *Fields) convert(options *grafana.Node) []string {
	var problems []string
	for _, conversion := range options.At("conversions").List() {
		name := conversion.At("targetField").Text()
		problems = append(problems, f.unknown(name)...)
		f.retype(name, conversion.At("destinationType").Text())
	}
	return problems
}

func (f *Fields) formatTime(options *grafana.Node) []string {
	name := options.At("timeField").Text()
	problems := f.unknown(name)
	f.retype(name, "string")
	return problems
}

func (f *Fields) formatString(options *grafana.Node) []string {
	return f.unknown(options.At("stringField").Text())
}

// retype gives the fields of a name another type; an empty one may be any.
func (f *Fields) retype(name, kind string) {
	for i := range f.list {
		if f.list[i].called(name) {
			f.list[i].kind = kind
		}
	}
}

// filterFields keeps what one matcher finds, and drops what another finds. Fields that it may drop stay possible.
func (f *Fields) filterFields(options *grafana.Node) []string {
	same := func(text string) string { return text }
	include, exclude := matcher(options.At("include")), matcher(options.At("exclude"))
	var problems []string
	if include.Matcher != "" {
		if reason := f.unmatched(include, same); reason != "" {
			problems = append(problems, include.String()+": "+reason)
		}
		found := finder(include, same)
		f.list = slices.DeleteFunc(f.list, func(c field) bool {
			may, _ := found(c)
			return !may
		})
	}
	if exclude.Matcher != "" {
		if reason := f.unmatched(exclude, same); reason != "" {
			problems = append(problems, exclude.String()+": "+reason)
		}
		found := finder(exclude, same)
		f.list = slices.DeleteFunc(f.list, func(c field) bool {
			may, certainly := found(c)
			return may && certainly && len(c.shown) == 1
		})
	}
	return problems
}

func matcher(n *grafana.Node) grafana.Override {
	return grafana.Override{Matcher: n.At("id").Text(), Options: n.At("options"), Node: n}
}

// reduce makes a row of each field: Field is its name, and each calculation has a column. The other mode keeps the
// fields, without the time.
func (f *Fields) reduce(options *grafana.Node) []string {
	reducers := options.At("reducers").Texts()
	if len(reducers) == 0 {
		return nil
	}
	var problems []string
	if of := matcher(options.At("fields")); of.Matcher != "" {
		if reason := f.unmatched(of, func(text string) string { return text }); reason != "" {
			problems = append(problems, of.String()+": "+reason)
		}
	}
	if options.At("mode").Text() == "reduceFields" {
		if !options.At("includeTimeField").Bool() {
			f.list = slices.DeleteFunc(f.list, func(c field) bool { return c.kind == "time" })
		}
		for i := range f.list {
			f.list[i].kind = ""
		}
		return problems
	}
	labels, isOpen := f.labels()
	f.list = nil
	f.column("Field", "string")
	if options.At("labelsToFields").Bool() {
		for _, name := range slices.Sorted(maps.Keys(labels)) {
			f.column(name, "string")
		}
		if isOpen {
			f.opened("reduce")
		}
	}
	for _, id := range reducers {
		if calculations[id] == nil {
			f.opened("reduce")
			continue
		}
		f.list = append(f.list, field{name: calculations[id][0], shown: calculations[id]})
	}
	return problems
}

// calculations are the names of the columns that reduce makes, by the id of the calculation, in newer and older
// versions. https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/transformations/fieldReducer.ts
var calculations = map[string][]string{
	"lastNotNull": {"Last *", "Last (not null)"}, "last": {"Last"}, "first": {"First"},
	"firstNotNull": {"First *", "First (not null)"}, "min": {"Min"}, "max": {"Max"}, "mean": {"Mean"}, "sum": {"Total"},
	"count": {"Count"}, "range": {"Range"}, "delta": {"Delta"}, "step": {"Step"}, "diff": {"Difference"},
	"logmin": {"Min (above zero)"}, "allIsZero": {"All Zeros"}, "allIsNull": {"All Nulls"},
	"changeCount": {"Change Count"}, "distinctCount": {"Distinct Count"},
}
