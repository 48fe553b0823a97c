package view

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"gaugewright/internal/query"
	"gaugewright/internal/wildcard"
)

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

// Lacking returns the labels of a legend that not all series have, with the number of series that lack them.
func Lacking(format string, series []map[string]string) (labels []string, counts map[string]int) {
	counts = map[string]int{}
	for _, s := range series {
		_, missing := Legend(format, s)
		slices.Sort(missing)
		for _, label := range slices.Compact(missing) {
			counts[label]++
		}
	}
	return slices.Sorted(maps.Keys(counts)), counts
}

// canName reports whether a legend can produce a name: any text may stand for its labels.
func canName(format, name string) bool {
	return isAuto(format) || wildcard.Match(legendLabel.Split(format, -1), name)
}

// The formats in which Grafana puts variables into texts that are not queries.
const (
	InLegend = "glob"  // {a,b}
	inRegex  = "regex" // (a|b), each escaped
)

// Put puts variables into a legend, a regex or a display name, each in its own format or the given one. What has no
// value stays as it is written, and so does what would make the text longer than query.MaxInterpolated.
func Put(text string, values map[string]query.Value, times query.Times, format string) string {
	if !strings.ContainsAny(text, "$[") {
		return text
	}
	var out strings.Builder
	from := 0
	for _, v := range query.References(text) {
		reference := text[v.Span.Start:v.Span.End]
		if _, ok := values[v.Name]; ok && v.Format == "" {
			reference = "${" + v.Name
			if v.Field != "" {
				reference += "." + v.Field
			}
			reference += ":" + format + "}"
		}
		put, err := query.Interpolate(reference, values, times)
		if err != nil {
			continue
		}
		if out.Len()+len(put) > query.MaxInterpolated {
			break
		}
		out.WriteString(text[from:v.Span.Start] + put)
		from = v.Span.End
	}
	return out.String() + text[from:]
}
