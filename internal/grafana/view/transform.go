package view

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// Apply changes the fields as the transformations do. It returns the transformations, or parts of them, that find
// nothing to change. An unknown transformation is taken to make any field.
func (f *Fields) Apply(transformations []grafana.Transformation) []string {
	var problems []string
	for _, t := range transformations {
		apply := known[t.ID]
		if t.Disabled {
			continue
		}
		if apply == nil || t.Partial {
			f.open = true
			continue
		}
		for _, problem := range apply(f, t.Options) {
			problems = append(problems, t.ID+": "+problem)
		}
	}
	return problems
}

// known are the supported transformations by id. Each changes the names and returns what it does not find.
// https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/transform-data
var known = map[string]func(*Fields, *grafana.Node) []string{
	"merge":              nothing,
	"limit":              nothing,
	"concatenate":        nothing,
	"organize":           (*Fields).organize,
	"filterFieldsByName": (*Fields).filterByName,
	"filterByRefId":      (*Fields).filterByRef,
	"renameByRegex":      (*Fields).renameByRegex,
	"joinByField":        (*Fields).join,
	"seriesToColumns":    (*Fields).join,
	"sortBy":             each("sort", "field"),
	"convertFieldType":   each("conversions", "targetField"),
	"filterByValue":      each("filters", "fieldName"),
	"groupBy":            (*Fields).groupBy,
	"calculateField":     (*Fields).calculate,
	"seriesToRows":       (*Fields).seriesToRows,
}

// keys returns the names of an object's members, sorted.
func keys(object *grafana.Node) []string {
	names := map[string]bool{}
	for _, m := range object.Members() {
		names[m.Name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

func nothing(*Fields, *grafana.Node) []string { return nil }

// unknown reports the names that no field has.
func (f *Fields) unknown(names ...string) []string {
	var problems []string
	for _, name := range names {
		if name != "" && !f.has(name) {
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

// organize renames and hides fields. A hidden field may be missing: editors never remove it from the list. A renamed
// field is meant to be seen, so it must exist.
func (f *Fields) organize(options *grafana.Node) []string {
	excluded, renamed := options.At("excludeByName"), options.At("renameByName")
	var problems []string
	names := map[string]string{}
	for _, name := range keys(renamed) {
		if to := renamed.At(name).Text(); to != "" && to != name && !excluded.At(name).Bool() {
			problems = append(problems, f.unknown(name)...)
			if f.has(name) {
				names[to] = cmp.Or(f.types[name], "number")
			}
			delete(f.types, name)
		}
	}
	for _, name := range keys(excluded) {
		if excluded.At(name).Bool() {
			delete(f.types, name)
		}
	}
	maps.Copy(f.types, names)
	return problems
}

func (f *Fields) filterByName(options *grafana.Node) []string {
	include := options.At("include")
	names, pattern := include.At("names").Texts(), include.At("pattern").Text()
	if !include.IsObject() || include.At("variable").Text() != "" {
		f.open = true
		return nil
	}
	var regex *regexp.Regexp
	if pattern != "" {
		regex, _, _ = javaScript(pattern)
	}
	keep := func(name string) bool {
		return slices.Contains(names, name) || regex != nil && regex.MatchString(name)
	}
	if !f.open && len(f.possible) == 0 && !slices.ContainsFunc(slices.Collect(maps.Keys(f.types)), keep) {
		return []string{"none of the fields to keep exists"}
	}
	maps.DeleteFunc(f.types, func(name, _ string) bool { return !keep(name) })
	return nil
}

func (f *Fields) filterByRef(options *grafana.Node) []string {
	regex, _, err := javaScript(options.At("include").Text())
	if err != nil || options.At("include").Text() == "" {
		f.open = true
		return nil
	}
	f.open = true // names are no longer separate by query
	for ref := range f.refs {
		if regex.MatchString(ref) {
			return nil
		}
	}
	return []string{fmt.Sprintf("no query is called %s", options.At("include").Text())}
}

var dollarGroup = regexp.MustCompile(`\$(\d+)`)

func (f *Fields) renameByRegex(options *grafana.Node) []string {
	pattern := options.At("regex").Text()
	regex, _, err := javaScript(pattern)
	if err != nil || pattern == "" {
		f.open = true
		return nil
	}
	if !f.hasMatch(regex) {
		return []string{fmt.Sprintf("no field has a name that matches %s", pattern)}
	}
	to := dollarGroup.ReplaceAllString(options.At("renamePattern").Text(), "$${$1}")
	for name, kind := range maps.Clone(f.types) {
		if changed := regex.ReplaceAllString(name, to); changed != name {
			delete(f.types, name)
			f.types[changed] = kind
		}
	}
	if len(f.possible) > 0 {
		f.open = true
	}
	return nil
}

// join puts columns of the same name next to each other, with numbers.
func (f *Fields) join(options *grafana.Node) []string {
	problems := f.unknown(options.At("byField").Text())
	for name, kind := range maps.Clone(f.types) {
		for n := range len(f.refs) {
			f.types[fmt.Sprintf("%s %d", name, n+1)] = kind
		}
	}
	return problems
}

func (f *Fields) groupBy(options *grafana.Node) []string {
	fields := options.At("fields")
	types := map[string]string{}
	var problems []string
	for _, name := range keys(fields) {
		field := fields.At(name)
		if field.At("operation").Text() == "" {
			continue
		}
		problems = append(problems, f.unknown(name)...)
		if field.At("operation").Text() == "groupby" {
			types[name] = cmp.Or(f.types[name], "string")
		}
		for _, calculation := range field.At("aggregations").Texts() {
			types[name+" ("+calculation+")"] = "number"
		}
	}
	f.types = types
	return problems
}

func (f *Fields) calculate(options *grafana.Node) []string {
	problems := f.uncalculated(options)
	if alias := options.At("alias").Text(); alias != "" {
		f.types[alias] = "number"
	} else {
		f.open = true
	}
	return problems
}

// uncalculated reports the fields that a calculation uses and that do not exist.
func (f *Fields) uncalculated(options *grafana.Node) []string {
	if options.At("mode").Text() == "binary" {
		var names []string
		for _, side := range []string{"left", "right"} {
			n := options.At("binary", side)
			if name := cmp.Or(n.At("matcher", "options").Text(), n.Text()); strings.Trim(name, "-.0123456789") != "" {
				names = append(names, name)
			}
		}
		return f.unknown(names...)
	}
	return f.unknown(options.At("reduce", "include").Texts()...)
}

func (f *Fields) seriesToRows(*grafana.Node) []string {
	f.types = map[string]string{"Time": "time", "Metric": "string", "Value": "number"}
	return nil
}
