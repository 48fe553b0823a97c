package promql

import (
	"strconv"
	"strings"

	"gaugewright/dashboards/metric"
)

// LabelReplace sets a label to the replacement wherever the source label matches the whole regular expression. $1 in
// the replacement is the expression's first group. With "" as source and pattern, every series gets the replacement.
func (e Expr) LabelReplace(label metric.Label, replacement string, source metric.Label, pattern string) Expr {
	return e.relabel("label_replace", label, []metric.Label{source}, replacement, string(source), pattern)
}

// LabelJoin sets a label to the values of the source labels, joined by the separator.
func (e Expr) LabelJoin(label metric.Label, separator string, sources ...metric.Label) Expr {
	arguments := []string{separator}
	for _, source := range sources {
		arguments = append(arguments, string(source))
	}
	return e.relabel("label_join", label, sources, arguments...)
}

func (e Expr) relabel(function string, label metric.Label, sources []metric.Label, arguments ...string) Expr {
	for _, source := range sources {
		if source != "" && !e.labels.has(source) {
			return e.fail("%s: no label %s to take: the series have %s", function, source, e.labels)
		}
	}
	var after strings.Builder
	for _, argument := range append([]string{string(label)}, arguments...) {
		after.WriteString(", " + strconv.Quote(argument))
	}
	e = e.vector(function).wrap(function+"(", after.String()+")")
	e.labels = e.labels.with(label)
	return e
}
