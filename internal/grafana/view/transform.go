package view

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"gaugewright/internal/grafana"
	"gaugewright/internal/query"
)

// Apply changes the fields as the transformations do. It returns the transformations, or parts of them, that find
// nothing to change. An unknown transformation is taken to make any field, which Doubts tells. One that is switched off
// does nothing.
func (f *Fields) Apply(transformations []grafana.Transformation) []string {
	var problems []string
	for _, t := range transformations {
		if t.Disabled {
			continue
		}
		f.made[t.ID+"-"] = true
		f.made[cmp.Or(t.Node.At("refId").Text(), t.Node.At("spec", "refId").Text())] = true
		apply := known[t.ID]
		switch {
		case apply == nil:
			f.doubt("the transformation %s: which fields it makes is not known here", t.ID)
			continue
		case t.Partial:
			f.doubt("the transformation %s: it applies to some of the results only", t.ID)
			continue
		case f.isTooMuch(t.ID, t.Options):
			f.doubt("the transformation %s: more than %d names or options, the limit", t.ID, maxNames)
			continue
		}
		for _, problem := range apply(f, t.Options) {
			problems = append(problems, t.ID+": "+problem)
		}
	}
	return problems
}

// Limits of a transformation. A join makes a name of each field for each query, and each following one multiplies them.
const (
	maxNames = 100_000    // of fields, before and after; likewise the values of its options
	maxPairs = 20_000_000 // of a name and an option, or an override, that it may be held against
)

// joins make names for each query.
var joins = []string{"joinByField", "seriesToColumns", "ensureColumns"}

// isTooMuch reports whether a transformation would take too long, or make too many names.
func (f *Fields) isTooMuch(id string, options *grafana.Node) bool {
	names := 0
	for _, c := range f.list {
		names += 1 + len(c.shown)
	}
	values := options.Size(maxNames)
	if names*values > maxPairs {
		return true
	}
	if slices.Contains(joins, id) {
		names *= 1 + len(f.refs)
	}
	return values >= maxNames || names > maxNames
}

// known are the supported transformations by id. Each changes the names and returns what it does not find.
// https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/transform-data
var known = map[string]func(*Fields, *grafana.Node) []string{
	"append":             nothing,
	"calculateField":     (*Fields).calculate,
	"concatenate":        (*Fields).concatenate,
	"convertFieldType":   (*Fields).convert,
	"ensureColumns":      (*Fields).join,
	"extractFields":      making("extractFields", "source"),
	"fieldLookup":        making("fieldLookup", "lookupField"),
	"filterByRefId":      (*Fields).filterByRef,
	"filterByValue":      each("filters", "fieldName"),
	"filterFields":       (*Fields).filterFields,
	"filterFieldsByName": (*Fields).filterByName,
	"formatString":       (*Fields).formatString,
	"formatTime":         (*Fields).formatTime,
	"groupBy":            (*Fields).groupBy,
	"groupToNestedTable": (*Fields).nest,
	"groupingToMatrix":   making("groupingToMatrix", "columnField", "rowField", "valueField"),
	"histogram":          (*Fields).histogram,
	"joinByField":        (*Fields).join,
	"labelsToFields":     (*Fields).labelsToFields,
	"limit":              nothing,
	"merge":              nothing,
	"noop":               nothing,
	"order":              nothing,
	"organize":           (*Fields).organize,
	"partitionByValues":  (*Fields).partition,
	"reduce":             (*Fields).reduce,
	"regression":         making("regression", "xFieldName", "yFieldName"),
	"rename":             (*Fields).organize,
	"renameByRegex":      (*Fields).renameByRegex,
	"seriesToColumns":    (*Fields).join,
	"seriesToRows":       (*Fields).seriesToRows,
	"sortBy":             each("sort", "field"),
	"timeSeriesTable":    (*Fields).trends,
}

func nothing(*Fields, *grafana.Node) []string { return nil }

// keys returns the names of an object's members, sorted.
func keys(object *grafana.Node) []string {
	names := map[string]bool{}
	for _, m := range object.Members() {
		names[m.Name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// unknown reports the names that no field has.
func (f *Fields) unknown(names ...string) []string {
	var problems []string
	for _, name := range names {
		switch {
		case name == "" || f.has(name):
		case query.References(name) != nil:
			f.doubts = append(f.doubts, fmt.Sprintf("not judged: whether a field is called %q", name))
		case f.couldHave(name) != "":
			f.notYet(fmt.Sprintf("%q", name), "no field has that name", f.couldHave(name))
		default:
			problems = append(problems, fmt.Sprintf("no field is called %q", name))
		}
	}
	return problems
}

// each handles a transformation that keeps all names and has a list of names that it works on.
func each(list, name string) func(*Fields, *grafana.Node) []string {
	return func(f *Fields, options *grafana.Node) []string {
		var names []string
		for _, entry := range options.At(list).List() {
			names = append(names, entry.At(name).Text())
		}
		return f.unknown(names...)
	}
}

func (f *Fields) filterByName(options *grafana.Node) []string {
	include := options.At("include")
	names, text := include.At("names").Texts(), include.At("pattern").Text()
	if variable := include.At("variable").Text(); !include.IsObject() || variable != "" {
		f.opened("filterFieldsByName")
		if variable != "" {
			f.doubts = append(f.doubts, "filterFieldsByName: not judged: the fields that the variable "+variable+" names")
		}
		return nil
	}
	var regex *pattern
	var err error
	if text != "" {
		regex, err = javaScript(text)
	}
	var kept []field
	for _, c := range f.list {
		keep := slices.ContainsFunc(names, c.called)
		if !keep && err == nil && regex != nil {
			keep, err = c.shows(regex)
		}
		if err != nil && !keep {
			f.doubt("filterFieldsByName: %v", err)
			return nil
		}
		if keep {
			kept = append(kept, c)
		}
	}
	isThere := slices.ContainsFunc(kept, func(c field) bool { return c.later == "" })
	switch {
	case isThere || f.mayHave():
	case len(kept) > 0:
		f.notYet("filterFieldsByName", "none of the fields to keep exists", kept[0].later)
	default:
		return []string{"none of the fields to keep exists"}
	}
	f.list = kept
	return nil
}

func (f *Fields) filterByRef(options *grafana.Node) []string {
	text := options.At("include").Text() // fields of queries that it drops stay possible
	if text == "" {
		return nil
	}
	regex, err := javaScript(text)
	for ref := range f.refs {
		found := false
		if err == nil {
			found, err = regex.matches(ref)
		}
		if found {
			return nil
		}
	}
	if err != nil {
		f.doubt("filterByRefId: %v", err)
		return nil
	}
	return []string{fmt.Sprintf("no query is called %s", text)}
}

// join puts columns of the same name next to each other, with numbers.
func (f *Fields) join(options *grafana.Node) []string {
	problems := f.unknown(options.At("byField").Text())
	for i := range f.list {
		c := &f.list[i]
		for _, name := range append(slices.Clone(c.shown), c.name) {
			for n := range len(f.refs) {
				c.shown = append(c.shown, fmt.Sprintf("%s %d", name, n+1))
			}
		}
	}
	return problems
}

func (f *Fields) groupBy(options *grafana.Node) []string {
	fields := options.At("fields")
	var grouped []field
	var problems []string
	for _, name := range keys(fields) {
		operation := fields.At(name, "operation").Text()
		if operation == "" {
			continue
		}
		problems = append(problems, f.unknown(name)...)
		if operation == "groupby" {
			at := slices.IndexFunc(f.list, func(c field) bool { return c.called(name) })
			kind := "string"
			if at >= 0 {
				kind = cmp.Or(f.list[at].kind, kind)
			}
			grouped = append(grouped, field{name: name, kind: kind, shown: []string{name}})
		}
		for _, calculation := range fields.At(name, "aggregations").Texts() {
			made := name + " (" + calculation + ")"
			grouped = append(grouped, field{name: made, shown: []string{made}})
		}
	}
	f.list = grouped
	return problems
}
