package promql

import (
	"time"

	"gaugewright/dashboards/metric"
)

// Range is the values of series over a window. Expr.Over makes one of any expression, as a subquery; Scope.RawRange
// makes one of a counter. Scope has the same verbs for gauges.
type Range struct {
	e            Expr   // of the series
	metric       string // the metric's name; empty in a subquery
	window, step Window
	modifiers
}

// Over is the values of an expression over a window, at every step; with step "" at the rules' evaluation interval.
func (e Expr) Over(window, step Window) Range {
	if e = e.vector("a subquery"); window == "" {
		e = e.fail("a subquery needs a window: `%s`", e)
	}
	return Range{e: e, window: window, step: ":" + step}
}

// RawRange is a counter's unchanged values over the scope's window, to test whether and how often they existed.
func (s Scope) RawRange(c metric.Counter) Range { return s.over(metric.Family(c)) }

// over are the values of a family over the scope's window.
func (s Scope) over(f metric.Family) Range {
	return Range{e: s.selector(f), metric: f.Name, window: s.window, modifiers: s.modifiers}
}

// call applies a function to the range, with text before and behind it in the parentheses.
func (r Range) call(function, before, after string) Expr {
	if r.metric != "" && r.window == "" {
		return r.e.fail("%s of %s needs a window: the scope has none", function, r.metric)
	}
	if !r.takes(function) {
		return r.e.fail("%s takes no window that is %s", function, r.extended)
	}
	e := r.e
	e.text = function + "(" + before + e.in(bindsAll) + "[" + string(r.window+r.step) + "]" + r.ranged() + after + ")"
	e.binding = bindsAll
	return e
}

func (r Range) function(name string) Expr { return r.call(name, "", "") }

// AvgOverTime is the mean over the window.
func (r Range) AvgOverTime() Expr { return r.function("avg_over_time") }

// MinOverTime is the least value over the window.
func (r Range) MinOverTime() Expr { return r.function("min_over_time") }

// MaxOverTime is the greatest value over the window.
func (r Range) MaxOverTime() Expr { return r.function("max_over_time") }

// SumOverTime adds up the samples in the window.
func (r Range) SumOverTime() Expr { return r.function("sum_over_time") }

// CountOverTime is the number of samples in the window.
func (r Range) CountOverTime() Expr { return r.function("count_over_time").as(Plain) }

// QuantileOverTime is the q-quantile of the samples in the window.
func (r Range) QuantileOverTime(q float64) Expr {
	return r.call("quantile_over_time", number(q)+", ", "")
}

// StddevOverTime is the standard deviation of the samples in the window.
func (r Range) StddevOverTime() Expr { return r.function("stddev_over_time") }

// StdvarOverTime is the variance of the samples in the window. Its dimension is the square of theirs.
func (r Range) StdvarOverTime() Expr {
	return r.function("stdvar_over_time").as(r.e.dim.times(r.e.dim))
}

// FirstOverTime is the oldest sample in the window.
func (r Range) FirstOverTime() Expr { return r.function("first_over_time") }

// LastOverTime is the newest sample in the window.
func (r Range) LastOverTime() Expr { return r.function("last_over_time") }

// PresentOverTime is 1 for each series that has a sample in the window.
func (r Range) PresentOverTime() Expr { return r.function("present_over_time").as(Plain) }

// AbsentOverTime is 1 where no series has a sample in the window.
func (r Range) AbsentOverTime() Expr {
	return r.function("absent_over_time").absence(r.metric != "")
}

// Changes is how often the value changed.
func (r Range) Changes() Expr { return r.function("changes").as(Plain) }

// Delta is how much the value rose over the window.
func (r Range) Delta() Expr { return r.function("delta") }

// IDelta is the difference of the last two samples.
func (r Range) IDelta() Expr { return r.function("idelta") }

// Deriv is the change of the value per second, by linear regression.
func (r Range) Deriv() Expr { return r.function("deriv").perSecond() }

// PredictLinear is the value after some time, if it goes on as over the window.
func (r Range) PredictLinear(after time.Duration) Expr {
	return r.call("predict_linear", "", ", "+number(after.Seconds()))
}
