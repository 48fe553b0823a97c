package promql

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaugewright/dashboards/metric"
)

// UnsetAbove is where a limit that nobody set begins: GOMEMLIMIT reads 2^63-1, GOGC=off 1.8e19. Measured.
const UnsetAbove = "2 ^ 62"

// selector is the plain series of a family in the scope.
func (s Scope) selector(f metric.Family, more ...Matcher) Expr {
	matchers := slices.Concat(s.target, s.own, more)
	e := Expr{
		text: f.Name + Selector(matchers...), binding: bindsAll, dim: dimensionOf(f.Unit),
		labels: s.labels(f.Labels), constant: s.constant(), scope: s,
	}
	if s.lacks(f) {
		return e.missing(cmp.Or(f.Name, "a metric"))
	}
	for _, m := range s.own {
		if m.label == "" {
			return e.missing("a label to match")
		}
		if !e.labels.has(m.label) {
			return e.fail("%s has no label %s to match", f.Name, m.label)
		}
	}
	return e
}

// overTime is a function over the scope's window.
func (s Scope) overTime(function string, f metric.Family) Expr {
	e := s.selector(f)
	if s.window == "" {
		return e.fail("%s of %s needs a window: the scope has none", function, f.Name)
	}
	return e.call(function + "(%[" + string(s.window) + "]" + s.offsetText() + ")")
}

func (s Scope) offsetText() string {
	if s.offset == 0 {
		return ""
	}
	return " offset " + string(Lasting(s.offset))
}

func (e Expr) perSecond() Expr {
	e.dim = e.dim.over(Seconds)
	return e
}

// Rate is how fast a counter grows, per second.
func (s Scope) Rate(c metric.Counter) Expr { return s.overTime("rate", metric.Family(c)).perSecond() }

// Increase is how much a counter grew over the window.
func (s Scope) Increase(c metric.Counter) Expr { return s.overTime("increase", metric.Family(c)) }

// Raw is a counter's series as they are, for telling with And or Unless whether they are there.
func (s Scope) Raw(c metric.Counter) Expr { return s.read(metric.Family(c)) }

// Value is a gauge as it is.
func (s Scope) Value(g metric.Gauge) Expr { return s.read(metric.Family(g)) }

func (s Scope) read(f metric.Family, more ...Matcher) Expr {
	return s.selector(f, more...).call("%" + s.offsetText())
}

// Deriv is how fast a gauge changes, per second, by linear regression.
func (s Scope) Deriv(g metric.Gauge) Expr { return s.overTime("deriv", metric.Family(g)).perSecond() }

// MinOverTime is a gauge's least value over the window: what is left of a sawtooth when the teeth are taken off.
func (s Scope) MinOverTime(g metric.Gauge) Expr { return s.overTime("min_over_time", metric.Family(g)) }

// AvgOverTime is a gauge's mean over the window.
func (s Scope) AvgOverTime(g metric.Gauge) Expr { return s.overTime("avg_over_time", metric.Family(g)) }

// MaxOverTime is a gauge's greatest value over the window.
func (s Scope) MaxOverTime(g metric.Gauge) Expr { return s.overTime("max_over_time", metric.Family(g)) }

// Since is how long ago a timestamp was. Zero, which means never, is left out.
func (s Scope) Since(g metric.Gauge) Expr {
	then := s.Value(g).Gt(Number(0))
	if then.dim != Seconds {
		return then.fail("%s is no timestamp: it is %s", g.Name, then.dim)
	}
	return Expr{text: "time()", binding: bindsAll, dim: Seconds, scalar: true}.Sub(then)
}

// Quantile estimates the q-quantile of a histogram's observations over the window, for each combination of by.
func (s Scope) HistogramQuantile(q float64, h metric.Histogram, by ...metric.Label) Expr {
	e := s.Rate(h.Bucket()).Sum(append(slices.Clone(by), metric.BucketLabel)...)
	e = e.call(fmt.Sprintf("histogram_quantile(%s, %%)", number(q)))
	e.dim, e.labels = dimensionOf(h.Unit), e.labels.without(metric.BucketLabel)
	return e
}

// Buckets counts a histogram's observations over the window by bucket, for a heatmap.
func (s Scope) Buckets(h metric.Histogram) Expr {
	e := s.Increase(h.Bucket()).Sum(metric.BucketLabel)
	e.observed = dimensionOf(h.Unit)
	return e
}

// SummaryQuantile is a quantile that a summary of the service reports. Prometheus 3 stores quantile="1" as "1.0",
// Prometheus 2 as it came.
func (s Scope) SummaryQuantile(q float64, summary metric.Summary) Expr {
	text := number(q)
	if !strings.Contains(text, ".") {
		return s.read(metric.Family(summary), MatchRegexp(metric.QuantileLabel, text+"|"+text+".0"))
	}
	return s.read(metric.Family(summary), MatchEqual(metric.QuantileLabel, text))
}

// Changes is how often a gauge took another value over the window.
func (s Scope) Changes(g metric.Gauge) Expr {
	e := s.overTime("changes", metric.Family(g))
	e.dim = Plain
	return e
}

// Resets is how often a counter began anew over the window: how often its process restarted.
func (s Scope) Resets(c metric.Counter) Expr {
	e := s.overTime("resets", metric.Family(c))
	e.dim = Plain
	return e
}

// Delta is how much a gauge rose over the window.
func (s Scope) Delta(g metric.Gauge) Expr { return s.overTime("delta", metric.Family(g)) }

// SumOverTime adds up a gauge's samples over the window.
func (s Scope) SumOverTime(g metric.Gauge) Expr { return s.overTime("sum_over_time", metric.Family(g)) }

// PredictLinear is where a gauge will be after some time, if it goes on as over the window.
func (s Scope) PredictLinear(g metric.Gauge, after time.Duration) Expr {
	e := s.overTime("predict_linear", metric.Family(g))
	e.text = strings.TrimSuffix(e.text, ")") + ", " + number(after.Seconds()) + ")"
	return e
}

// Missing is 1 where no series of a gauge is there at all. It has the labels that the scope matches by equality.
func (s Scope) Absent(g metric.Gauge) Expr {
	e := s.Value(g).call("absent(%)")
	e.dim, e.labels = Plain, nil
	for _, m := range slices.Concat(s.target, s.own) {
		if m.op == "=" {
			e.labels = e.labels.with(m.label)
		}
	}
	return e
}
