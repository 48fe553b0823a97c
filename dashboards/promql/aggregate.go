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

// Middle is the median of the series.
func (e Expr) Middle(by ...metric.Label) Expr { return e.aggregate("quantile", "0.5, ", by) }

// Top keeps the n largest series.
func (e Expr) Top(n int) Expr { return e.call("topk(" + strconv.Itoa(n) + ", %)") }

// Descending sorts an instant result, the largest first.
func (e Expr) Descending() Expr { return e.call("sort_desc(%)") }

// Fill gives a value to a label where a series lacks it.
func (e Expr) Fill(label metric.Label, value string) Expr {
	if !e.labels.has(label) {
		return e.fail("no %s to fill: the series have %s", label, e.labels)
	}
	return e.call(fmt.Sprintf("label_replace(%%, %q, %q, %q, \"\")", label, value, label))
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
