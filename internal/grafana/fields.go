package grafana

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Answer is what a query of a panel returned, as far as the names of fields depend on it.
type Answer struct {
	Target Target
	Series []map[string]string // the labels of each series
	// Labels are those that the series could have, for an answer without any. Its fields are then possible ones.
	Labels []string
}

// Fields are the names and types of the fields that overrides and transformations of a panel can match.
type Fields struct {
	types    map[string]string // number, string, time, by name
	possible []string          // legends of the fields that would be there if a query had an answer
	refs     map[string]bool   // of the queries
	open     bool              // there can be others: a transformation makes them that is not known here
}

// NewFields are the fields that Grafana's Prometheus data source makes of the answers of one panel: for a table time, a
// column a label and Value, with the query's refId where there are several; else one a series, named by its legend.
// https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/result_transformer.ts
func NewFields(answers []Answer) *Fields {
	f := &Fields{types: map[string]string{"Time": "time"}, refs: map[string]bool{}}
	tables := 0
	for _, a := range answers {
		f.refs[a.Target.RefID] = true
		switch {
		case a.Target.Skip != "": // it answers what only its own data source knows
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

func (f *Fields) table(a Answer, tables int) {
	value := "Value"
	if tables > 1 {
		value += " #" + a.Target.RefID
	}
	f.types[value] = "number"
	for _, labels := range a.Series {
		for label := range labels {
			f.types[label] = "string"
		}
	}
	if len(a.Series) == 0 {
		for _, label := range a.Labels {
			f.types[label] = "string"
		}
	}
}

func (f *Fields) series(a Answer) {
	f.types["Value"] = "number"
	if len(a.Series) == 0 {
		f.possible = append(f.possible, a.Target.Legend)
	}
	for _, labels := range a.Series {
		for _, name := range seriesNames(a.Target, labels) {
			f.types[name] = "number"
		}
	}
}

// seriesNames are the names that a series can have. With the legend Auto, Grafana shows the labels that differ.
func seriesNames(t Target, labels map[string]string) []string {
	if !isAuto(t.Legend) {
		name, _ := Legend(t.Legend, labels)
		return []string{name}
	}
	names := []string{SeriesText(labels), t.Expr, labels["__name__"]}
	var pairs []string
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		names = append(names, labels[label])
		if label != "__name__" {
			pairs = append(pairs, fmt.Sprintf(`%s="%s"`, label, labels[label]))
		}
	}
	inner := strings.Join(pairs, ", ")
	return append(names, "{"+inner+"}", labels["__name__"]+"{"+inner+"}")
}

// isAuto tells whether a legend leaves the name to Grafana.
func isAuto(legend string) bool { return legend == "" || legend == "__auto" }

var legendLabel = regexp.MustCompile(`\{\{\s*(.+?)\s*\}\}`)

// Legend puts a series' labels into a legend, and tells which it lacks; Grafana leaves those out.
func Legend(format string, labels map[string]string) (name string, missing []string) {
	name = legendLabel.ReplaceAllStringFunc(format, func(part string) string {
		label := legendLabel.FindStringSubmatch(part)[1]
		if value, ok := labels[label]; ok {
			return value
		}
		missing = append(missing, label)
		return ""
	})
	return name, missing
}

// LegendLabels are the labels that a legend names.
func LegendLabels(format string) []string {
	var names []string
	for _, m := range legendLabel.FindAllStringSubmatch(format, -1) {
		names = append(names, m[1])
	}
	return names
}

// legendPattern matches the names that a legend can become.
func legendPattern(format string) *regexp.Regexp {
	if isAuto(format) {
		return regexp.MustCompile("")
	}
	var pattern strings.Builder
	from := 0
	for _, span := range legendLabel.FindAllStringIndex(format, -1) {
		pattern.WriteString(regexp.QuoteMeta(format[from:span[0]]) + ".*")
		from = span[1]
	}
	return regexp.MustCompile("^(?s:" + pattern.String() + regexp.QuoteMeta(format[from:]) + ")$")
}

// has tells whether a field has, or could have, the name.
func (f *Fields) has(name string) bool {
	if _, ok := f.types[name]; ok || f.open {
		return true
	}
	return slices.ContainsFunc(f.possible, func(legend string) bool { return legendPattern(legend).MatchString(name) })
}

// hasMatch tells whether the name of a field matches, or could match. A pattern is not compared with possible names
// that a label is a part of: it is taken to match those.
func (f *Fields) hasMatch(regex *regexp.Regexp) bool {
	if f.open {
		return true
	}
	for name := range f.types {
		if regex.MatchString(name) {
			return true
		}
	}
	return slices.ContainsFunc(f.possible, func(legend string) bool {
		return isAuto(legend) || LegendLabels(legend) != nil || regex.MatchString(legend)
	})
}

// Unmatched is why an override changes nothing, or empty where it finds a field or where that cannot be told.
func (f *Fields) Unmatched(o Override) string {
	options := node{o.Options}
	switch o.Matcher {
	case "byName":
		if !f.has(options.text()) {
			return "no field has that name"
		}
	case "byNames":
		names := options.at("names").texts()
		if options.at("mode").text() == "exclude" || slices.ContainsFunc(names, f.has) {
			return ""
		}
		return "no field has one of these names"
	case "byRegexp", "byRegexpOrNames":
		return f.unmatchedPattern(options)
	case "byFrameRefID":
		if !f.refs[options.text()] {
			return "the panel has no such query"
		}
	case "byType":
		if want := options.text(); !f.open && !slices.Contains(slices.Collect(maps.Values(f.types)), want) {
			return "no field is of that type"
		}
	}
	return ""
}

func (f *Fields) unmatchedPattern(options node) string {
	pattern := options.text()
	if options.object() != nil {
		pattern = options.at("pattern").text()
		if slices.ContainsFunc(options.at("names").texts(), f.has) {
			return ""
		}
	}
	regex, _, err := javaScript(pattern)
	if err != nil || f.hasMatch(regex) {
		return "" // what only a browser understands is not judged
	}
	return "no field has a name that matches"
}

// inJSON is a value as the file has it.
func inJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
