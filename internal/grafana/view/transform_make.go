package view

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// making handles a transformation that works on the named fields and makes others whose names are in the values.
func making(id string, members ...string) func(*Fields, *grafana.Node) []string {
	return func(f *Fields, options *grafana.Node) []string {
		var problems []string
		for _, member := range members {
			problems = append(problems, f.unknown(options.At(member).Text())...)
		}
		f.opened(id)
		return problems
	}
}

// calculate adds the field of a calculation. Without a name of its own it is named after what it calculates.
func (f *Fields) calculate(options *grafana.Node) []string {
	problems := f.unknown(calculated(options)...)
	alias := options.At("alias").Text()
	if alias == "" && options.At("mode").Text() == "index" {
		alias = "Row"
	}
	if alias == "" || strings.Contains(alias, "$") {
		f.opened("calculateField")
	} else {
		f.column(alias, "number")
	}
	return problems
}

// calculated returns the names of the fields that a calculation uses. Those of other modes than the chosen one stay in
// the options and have no effect.
func calculated(options *grafana.Node) []string {
	switch mode := options.At("mode").Text(); mode {
	case "binary":
		var names []string
		for _, side := range []string{"left", "right"} {
			n := options.At("binary", side)
			if n.At("matcher", "id").Text() == "byType" {
				continue
			}
			if name := cmp.Or(n.At("matcher", "options").Text(), n.Text()); strings.Trim(name, "-.0123456789") != "" {
				names = append(names, name)
			}
		}
		return names
	case "unary":
		return []string{options.At(mode, "fieldName").Text()}
	case "cumulativeFunctions":
		return []string{options.At("cumulative", "field").Text()}
	case "windowFunctions":
		return []string{options.At("window", "field").Text()}
	case "", "reduceRow":
		return options.At("reduce", "include").Texts()
	}
	return nil
}

func (f *Fields) seriesToRows(*grafana.Node) []string {
	f.list = nil
	f.column("Time", "time")
	f.column("Metric", "string")
	f.column("Value", "number")
	return nil
}

// concatenate puts the fields of all results side by side. What has no name of its own may get that of its result.
func (f *Fields) concatenate(options *grafana.Node) []string {
	if mode := options.At("frameNameMode").Text(); mode == "" || mode == "field" {
		f.list = append(f.list, field{name: "Value", legend: "{{frame}} · {{field}}"})
	}
	return nil
}

// labelsToFields makes a column of each label, and takes the legends away. As rows, it lists labels and their values.
func (f *Fields) labelsToFields(options *grafana.Node) []string {
	labels, isOpen := f.labels()
	kept := options.At("keepLabels").Texts()
	valueLabel := options.At("valueLabel").Text()
	var problems []string
	for _, name := range append(slices.Clone(kept), valueLabel) {
		if !isOpen && name != "" && !labels[name] && !f.mayHave() {
			problems = append(problems, "no series has the label "+name)
		}
	}
	if options.At("mode").Text() == "rows" {
		f.list = nil
		f.column("label", "string")
		f.column("value", "string")
		return problems
	}
	if isOpen || valueLabel != "" {
		f.opened("labelsToFields")
	}
	f.list = slices.DeleteFunc(f.list, func(c field) bool { return c.later != "" })
	for i := range f.list {
		if c := &f.list[i]; c.labels != nil || c.legend != "" {
			c.shown, c.legend, c.labels, c.renamed = []string{c.name}, "", nil, false
		}
	}
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		if kept == nil || slices.Contains(kept, name) {
			f.column(name, "string")
		}
	}
	return problems
}

// labels returns the labels of the series. Those of an empty result are open.
func (f *Fields) labels() (names map[string]bool, isOpen bool) {
	names = map[string]bool{}
	for _, c := range f.list {
		isOpen = isOpen || c.legend != "" && c.later == ""
		for name := range c.labels {
			names[name] = true
		}
	}
	return names, isOpen
}

// partition splits the results by the values of fields. The new names hold these values.
func (f *Fields) partition(options *grafana.Node) []string {
	problems := f.unknown(options.At("fields").Texts()...)
	f.opened("partitionByValues")
	return problems
}

// nest groups like groupBy. The other fields are in the nested tables.
func (f *Fields) nest(options *grafana.Node) []string {
	before := slices.Clone(f.list)
	problems := f.groupBy(options)
	f.list = append(f.list, before...)
	return problems
}

// trends makes a column of small charts of each query's series, and one of each label.
func (f *Fields) trends(*grafana.Node) []string {
	labels, isOpen := f.labels()
	if isOpen {
		f.opened("timeSeriesTable")
	}
	f.list = slices.DeleteFunc(f.list, func(c field) bool { return c.labels != nil || c.legend != "" })
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		f.column(name, "string")
	}
	f.column("Trend", "frame")
	for _, ref := range slices.Sorted(maps.Keys(f.refs)) {
		f.column("Trend #"+ref, "frame")
	}
	return nil
}

// histogram counts the values of the number fields in buckets, by field or together.
func (f *Fields) histogram(options *grafana.Node) []string {
	if options.At("combine").Bool() {
		f.list = nil
		f.column("count", "number")
		f.column("Count", "number")
	}
	for _, name := range []string{"xMin", "xMax", "BucketMin", "BucketMax"} {
		f.column(name, "number")
	}
	f.list = slices.DeleteFunc(f.list, func(c field) bool { return c.kind == "time" || c.kind == "string" })
	return nil
}
