package promql

import (
	"strconv"

	"gaugewright/dashboards/metric"
)

// Sum adds up the series, one sum for each combination of by.
func (e Expr) Sum(by ...metric.Label) Expr { return e.by(by).Sum() }

// Avg is the mean of the series.
func (e Expr) Avg(by ...metric.Label) Expr { return e.by(by).Avg() }

// Max is the largest of the series.
func (e Expr) Max(by ...metric.Label) Expr { return e.by(by).Max() }

// Min is the smallest of the series.
func (e Expr) Min(by ...metric.Label) Expr { return e.by(by).Min() }

// Count is the number of series.
func (e Expr) Count(by ...metric.Label) Expr { return e.by(by).Count() }

// Group is 1 for each combination of by that exists.
func (e Expr) Group(by ...metric.Label) Expr { return e.by(by).Group() }

// Stddev is the standard deviation of the series.
func (e Expr) Stddev(by ...metric.Label) Expr { return e.by(by).Stddev() }

// Stdvar is the variance of the series. Its dimension is the square of theirs.
func (e Expr) Stdvar(by ...metric.Label) Expr { return e.by(by).Stdvar() }

// Quantile is the q-quantile of the series: 0.5 is the median.
func (e Expr) Quantile(q float64, by ...metric.Label) Expr { return e.by(by).Quantile(q) }

// CountValues counts the series by their value, which becomes the given label.
func (e Expr) CountValues(label metric.Label, by ...metric.Label) Expr {
	return e.by(by).CountValues(label)
}

// TopK keeps the n largest series, of each combination of by.
func (e Expr) TopK(n int, by ...metric.Label) Expr { return e.by(by).TopK(n) }

// BottomK keeps the n smallest series, of each combination of by.
func (e Expr) BottomK(n int, by ...metric.Label) Expr { return e.by(by).BottomK(n) }

// Without names the labels that an aggregation drops, so that by need not name all the others:
// e.Without("status").Sum().
func (e Expr) Without(labels ...metric.Label) Grouping { return Grouping{e, true, labels} }

func (e Expr) by(labels []metric.Label) Grouping { return Grouping{e, false, labels} }

// Grouping is an expression and the labels that its aggregation drops.
type Grouping struct {
	e       Expr
	without bool
	labels  []metric.Label
}

// Sum adds up the series.
func (g Grouping) Sum() Expr { return g.aggregate("sum", "") }

// Avg is the mean of the series.
func (g Grouping) Avg() Expr { return g.aggregate("avg", "") }

// Max is the largest of the series.
func (g Grouping) Max() Expr { return g.aggregate("max", "") }

// Min is the smallest of the series.
func (g Grouping) Min() Expr { return g.aggregate("min", "") }

// Count is the number of series.
func (g Grouping) Count() Expr { return g.aggregate("count", "").as(Plain) }

// Group is 1 for each combination of labels that exists.
func (g Grouping) Group() Expr { return g.aggregate("group", "").as(Plain) }

// Stddev is the standard deviation of the series.
func (g Grouping) Stddev() Expr { return g.aggregate("stddev", "") }

// Stdvar is the variance of the series.
func (g Grouping) Stdvar() Expr { return g.aggregate("stdvar", "").as(g.e.dim.times(g.e.dim)) }

// Quantile is the q-quantile of the series.
func (g Grouping) Quantile(q float64) Expr { return g.aggregate("quantile", number(q)+", ") }

// CountValues counts the series by their value, which becomes the given label.
func (g Grouping) CountValues(label metric.Label) Expr {
	e := g.aggregate("count_values", strconv.Quote(string(label))+", ").as(Plain)
	e.labels = e.labels.with(label)
	return e
}

// TopK keeps the n largest series of each combination of labels.
func (g Grouping) TopK(n int) Expr { return g.keep("topk", n) }

// BottomK keeps the n smallest series of each combination of labels.
func (g Grouping) BottomK(n int) Expr { return g.keep("bottomk", n) }

// keep is for aggregations that keep series unchanged.
func (g Grouping) keep(op string, n int) Expr {
	e := g.aggregate(op, strconv.Itoa(n)+", ")
	e.labels = g.e.labels
	return e
}

func (g Grouping) aggregate(op, param string) Expr {
	e := g.e.vector(op)
	for _, label := range g.labels {
		if label == "" {
			return e.missing("a label to aggregate by")
		}
		if !e.labels.has(label) {
			return e.fail("%s %s %s: the series have %s", op, g.word(), label, e.labels)
		}
	}
	if len(g.labels) > 0 || g.without {
		e.text = op + " " + g.word() + " (" + join(g.labels) + ") (" + param + e.text + ")"
	} else {
		e.text = op + "(" + param + e.text + ")"
	}
	e.binding = bindsAll
	if g.without {
		e.labels = e.labels.without(g.labels...)
	} else {
		e.labels = labelSet(nil).with(g.labels...)
	}
	return e
}

func (g Grouping) word() string {
	if g.without {
		return "without"
	}
	return "by"
}
