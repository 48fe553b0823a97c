package promql

import (
	"fmt"
	"strconv"

	"gaugewright/dashboards/metric"
)

// Sum adds up the series, one sum for each combination of by.
func (e Expr) Sum(by ...metric.Label) Expr { return e.aggregate("sum", "", by) }

// Max is the largest of the series.
func (e Expr) Max(by ...metric.Label) Expr { return e.aggregate("max", "", by) }

// Min is the smallest of the series.
func (e Expr) Min(by ...metric.Label) Expr { return e.aggregate("min", "", by) }

// Count is how many series there are.
func (e Expr) Count(by ...metric.Label) Expr {
	e = e.aggregate("count", "", by)
	e.dim = Plain
	return e
}

// TopK keeps the n largest series.
func (e Expr) TopK(n int) Expr { return e.call("topk(" + strconv.Itoa(n) + ", %)") }

// SortDesc sorts an instant result, the largest first.
func (e Expr) SortDesc() Expr { return e.call("sort_desc(%)") }

// LabelReplace gives a label the replacement wherever the source label matches the whole of the regular expression.
// $1 in the replacement is the expression's first group.
func (e Expr) LabelReplace(label metric.Label, replacement string, source metric.Label, pattern string) Expr {
	if !e.labels.has(source) {
		return e.fail("no label %s to replace from: the series have %s", source, e.labels)
	}
	e = e.call(fmt.Sprintf("label_replace(%%, %q, %q, %q, %q)", label, replacement, source, pattern))
	e.labels = e.labels.with(label)
	return e
}

func (e Expr) aggregate(op, param string, by []metric.Label) Expr {
	for _, label := range by {
		if label == "" {
			return e.missing("a label to aggregate by")
		}
		if !e.labels.has(label) {
			return e.fail("%s by %s: the series have %s", op, label, e.labels)
		}
	}
	grouping := ""
	if len(by) > 0 {
		grouping = fmt.Sprintf(" by (%s) ", join(by))
	}
	e = e.call(op + grouping + "(" + param + "%)")
	e.labels = labelSet{}.with(by...)
	return e
}
