package promql

import (
	"slices"
	"strconv"

	"gaugewright/dashboards/metric"
)

// Expr is an expression and what is known about its result. The zero value is not an expression; verbs make them.
type Expr struct {
	text     string
	binding  binding
	dim      Dimension
	observed Dimension // of a histogram's observations
	number   bool      // takes the dimension of the other side
	scalar   bool
	labels   labelSet
	constant labelSet
	view     *view     // of its scope
	match    *matching // for the next operator
	lacks    string    // the metric or label that the target does not have
	err      *Error
}

// binding is how tightly the outermost operator binds, as in Prometheus's grammar.
type binding int

const (
	bindsOr binding = iota
	bindsAnd
	bindsCompare
	bindsAdd
	bindsMul
	bindsUnary // a minus in front, also of a negative number
	bindsPower
	bindsAll // a selector, a call, a number
)

// String is the canonical PromQL.
func (e Expr) String() string { return e.text }

// Err returns the first mistake in building the expression, an *Error, or nil.
func (e Expr) Err() error {
	switch {
	case e.err != nil:
		return e.err
	case e.text == "":
		return Mistake("an expression is missing")
	}
	return nil
}

// First returns the first of several equivalent expressions for which the target has all metrics. If it has them for
// none, it returns the last.
func First(ways ...Expr) Expr {
	for _, e := range ways[:len(ways)-1] {
		if e.lacks == "" {
			return e
		}
	}
	return ways[len(ways)-1]
}

// Expr returns the expression itself: panels accept anything with this method.
func (e Expr) Expr() Expr { return e }

// Has reports whether the target has every metric of the expression.
func (e Expr) Has() bool { return e.lacks == "" }

// Missing is the opposite of Has. Panels and alerts leave out a missing expression; its text has no meaning.
func (e Expr) Missing() bool { return e.lacks != "" }

// Dimension is what the values measure.
func (e Expr) Dimension() Dimension { return e.dim }

// Observed is what a histogram's observations measure, if the expression counts them by bucket.
func (e Expr) Observed() Dimension { return e.observed }

// Labels are the labels that the result's series carry.
func (e Expr) Labels() []metric.Label { return slices.Clone(e.labels) }

// Varying are the labels that distinguish the result's series: those left, without labels that have only one value.
// Legends are made of them.
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

// PerProcess reports whether the result has one series for each process. All processes of a target have one job.
func (e Expr) PerProcess() bool {
	identity := labelSet{}.with(e.view.names()...).without(metric.JobLabel)
	return !e.scalar && len(identity) > 0 && identity.within(e.labels) && e.labels.without(e.constant...).within(identity)
}

// Number is a constant. It takes the dimension of the side that it is added to or compared with.
func Number(n float64) Expr {
	e := Expr{text: number(n), binding: bindsAll, number: true, scalar: true}
	if n < 0 {
		e.binding = bindsUnary
	}
	return e
}

// number formats a number as Prometheus does.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// in returns the text of e as an operand of an operator that binds as tightly as b.
func (e Expr) in(b binding) string {
	if e.binding < b {
		return "(" + e.text + ")"
	}
	return e.text
}

// wrap puts a function or aggregation around e and keeps everything else.
func (e Expr) wrap(before, after string) Expr {
	e.text, e.binding = before+e.text+after, bindsAll
	return e
}

// as returns e with another dimension.
func (e Expr) as(dim Dimension) Expr {
	e.dim = dim
	return e
}

// vector requires that e has series. A function or an aggregation of a number is a mistake.
func (e Expr) vector(function string) Expr {
	if e.scalar {
		return e.fail("%s is of series: `%s` is a number", function, e)
	}
	return e
}

// missing marks e as missing something on the target, unless it misses another thing already.
func (e Expr) missing(what string) Expr {
	if e.lacks == "" && what != "" {
		e.lacks, e.err = what, nil
	}
	return e
}

// fail adds a mistake to e, unless it has one already or is missing on the target.
func (e Expr) fail(format string, args ...any) Expr {
	if e.err == nil && e.lacks == "" {
		e.err = Mistake(format, args...)
	}
	return e
}
