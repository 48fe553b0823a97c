package promql

import (
	"slices"
	"strconv"

	"gaugewright/dashboards/metric"
)

// Expr is an expression with what is known of its result. The zero value is not an expression; verbs make them.
type Expr struct {
	text     string
	binding  binding
	dim      Dimension
	observed Dimension // of what the buckets count
	number   bool      // has no dimension of its own: adapts to the other side
	scalar   bool
	labels   labelSet
	constant labelSet
	view     *view     // of the scope it was made in
	match    *matching // of the operator that comes next
	lacks    string    // the metric or label that the target does not have
	err      *Error
}

// binding is how strongly the outermost operator binds, as in Prometheus's grammar.
type binding int

const (
	bindsOr binding = iota
	bindsAnd
	bindsCompare
	bindsAdd
	bindsMul
	bindsUnary // a minus before anything, a number below zero too
	bindsPower
	bindsAll // a selector, a call, a number
)

// String is the canonical PromQL.
func (e Expr) String() string { return e.text }

// Err is the first mistake made in building the expression, an *Error, or nil.
func (e Expr) Err() error {
	switch {
	case e.err != nil:
		return e.err
	case e.text == "":
		return Mistake("an expression is missing")
	}
	return nil
}

// First is the first of several ways to say one thing that the target has all metrics for; the last way where it has none.
func First(ways ...Expr) Expr {
	for _, e := range ways[:len(ways)-1] {
		if e.lacks == "" {
			return e
		}
	}
	return ways[len(ways)-1]
}

// Expr is the expression itself: panels take what has an expression.
func (e Expr) Expr() Expr { return e }

// Has reports whether the target has everything that the expression is made of.
func (e Expr) Has() bool { return e.lacks == "" }

// Missing is the opposite of Has. What is missing something is left out wherever it would be shown or judged; its text means
// nothing.
func (e Expr) Missing() bool { return e.lacks != "" }

// Dimension is what the values measure.
func (e Expr) Dimension() Dimension { return e.dim }

// Observed is what a histogram's observations measure, where the expression counts them by bucket.
func (e Expr) Observed() Dimension { return e.observed }

// Labels are the labels that the result's series carry.
func (e Expr) Labels() []metric.Label { return slices.Clone(e.labels) }

// Varying are the labels that tell the result's series apart: those left over, but for the ones that have one value
// only. A panel's legend is made of them.
func (e Expr) Varying() []metric.Label {
	var varying []metric.Label
	for _, label := range e.view.names() { // in the reader's order: cluster before pod
		if e.labels.has(label) {
			varying = append(varying, label)
		}
	}
	varying = append(varying, e.labels.without(e.view.names()...)...)
	return labelSet(varying).without(e.constant.with(metric.BucketLabel, metric.QuantileLabel)...)
}

// PerProcess reports whether the result has one series for each process. A target's processes are all of one job.
func (e Expr) PerProcess() bool {
	identity := labelSet{}.with(e.view.names()...).without(metric.JobLabel)
	return !e.scalar && len(identity) > 0 && identity.within(e.labels) && e.labels.without(e.constant...).within(identity)
}

// Number is a constant. It takes the dimension of what it is added to or compared with.
func Number(n float64) Expr {
	e := Expr{text: number(n), binding: bindsAll, number: true, scalar: true}
	if n < 0 {
		e.binding = bindsUnary
	}
	return e
}

// number prints as Prometheus does.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// in is the text of e as an operand of an operator that binds as strongly as b.
func (e Expr) in(b binding) string {
	if e.binding < b {
		return "(" + e.text + ")"
	}
	return e.text
}

// wrap is a function or aggregation over e, with everything else of e kept.
func (e Expr) wrap(before, after string) Expr {
	e.text, e.binding = before+e.text+after, bindsAll
	return e
}

// as is e where it measures something else.
func (e Expr) as(dim Dimension) Expr {
	e.dim = dim
	return e
}

// vector is e, which must have series: a function or an aggregation of a number is none.
func (e Expr) vector(function string) Expr {
	if e.scalar {
		return e.fail("%s is of series: `%s` is a number", function, e)
	}
	return e
}

// missing is e without something that the target does not have, unless e lacks another thing already.
func (e Expr) missing(what string) Expr {
	if e.lacks == "" && what != "" {
		e.lacks, e.err = what, nil
	}
	return e
}

// fail is e with a mistake, unless it has one already, or cannot be at all.
func (e Expr) fail(format string, args ...any) Expr {
	if e.err == nil && e.lacks == "" {
		e.err = Mistake(format, args...)
	}
	return e
}
