package view

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/grafana"
)

// Answer is the result of a panel's query, as far as it decides the names of fields.
type Answer struct {
	Target grafana.Target
	Series []map[string]string // the labels of each series
	// Labels are the possible labels of an empty result. Its fields are then possible fields.
	Labels []string
}

// Fields are the names and types of the fields that a panel's overrides and transformations can match.
type Fields struct {
	types    map[string]string // number, string, time, by name
	possible []string          // legends of the fields that a query with an empty result could have
	refs     map[string]bool   // of the queries
	open     bool              // others are possible: an unknown transformation makes them
}

// NewFields returns the fields that Grafana's Prometheus data source makes of a panel's results. For a table they are
// the time, one column for each label, and Value, with the query's refId where there are several. Else there is one
// field for each series, named by its legend.
// https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/result_transformer.ts
func NewFields(answers []Answer) *Fields {
	f := &Fields{types: map[string]string{"Time": "time"}, refs: map[string]bool{}}
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

// seriesNames returns the possible names of a series. With the legend Auto, Grafana shows the labels that differ.
func seriesNames(t grafana.Target, labels map[string]string) []string {
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

// isAuto reports whether a legend leaves the name to Grafana.
func isAuto(legend string) bool { return legend == "" || legend == "__auto" }

var legendLabel = regexp.MustCompile(`\{\{\s*(.+?)\s*\}\}`)

// Legend fills a legend with a series' labels. It returns the labels that the series does not have; Grafana leaves
// those out.
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

// LegendLabels returns the labels in a legend.
func LegendLabels(format string) []string {
	var names []string
	for _, m := range legendLabel.FindAllStringSubmatch(format, -1) {
		names = append(names, m[1])
	}
	return names
}

// legendPattern matches the names that a legend can produce.
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

// has reports whether a field has, or could have, the name.
func (f *Fields) has(name string) bool {
	if _, ok := f.types[name]; ok || f.open {
		return true
	}
	return slices.ContainsFunc(f.possible, func(legend string) bool { return legendPattern(legend).MatchString(name) })
}

// hasMatch reports whether the name of a field matches, or could match. A possible name that contains a label always
// counts as a match.
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

// Unmatched returns why an override changes nothing. It is empty where the override finds a field or may find one.
func (f *Fields) Unmatched(o grafana.Override) string {
	options := o.Options
	switch o.Matcher {
	case "byName":
		if !f.has(options.Text()) {
			return "no field has that name"
		}
	case "byNames":
		names := options.At("names").Texts()
		if options.At("mode").Text() == "exclude" || slices.ContainsFunc(names, f.has) {
			return ""
		}
		return "no field has one of these names"
	case "byRegexp", "byRegexpOrNames":
		return f.unmatchedPattern(options)
	case "byFrameRefID":
		if !f.refs[options.Text()] {
			return "the panel has no such query"
		}
	case "byType":
		if want := options.Text(); !f.open && !slices.Contains(slices.Collect(maps.Values(f.types)), want) {
			return "no field is of that type"
		}
	}
	return ""
}

func (f *Fields) unmatchedPattern(options *grafana.Node) string {
	pattern := options.Text()
	if options.IsObject() {
		pattern = options.At("pattern").Text()
		if slices.ContainsFunc(options.At("names").Texts(), f.has) {
			return ""
		}
	}
	regex, _, err := javaScript(pattern)
	if err != nil || f.hasMatch(regex) {
		return "" // a pattern that only a browser understands is not judged
	}
	return "no field has a name that matches"
}
