package promql

import (
	"strings"

	"gaugewright/dashboards/metric"
)

// Native reads histograms as native ones, without buckets in the label le.
func (s Scope) Native() Scope {
	s.native = true
	return s
}

// HistogramQuantile estimates the q-quantile of a histogram's observations over the window, for each combination of by.
func (s Scope) HistogramQuantile(q float64, h metric.Histogram, by ...metric.Label) Expr {
	return s.histograms(h, by).wrap("histogram_quantile("+number(q)+", ", ")").as(dimensionOf(h.Unit))
}

// HistogramFraction estimates the share of a histogram's observations over the window between two values, in the
// histogram's unit, for each combination of by.
func (s Scope) HistogramFraction(lower, upper float64, h metric.Histogram, by ...metric.Label) Expr {
	return s.histograms(h, by).wrap("histogram_fraction("+number(lower)+", "+number(upper)+", ", ")").as(Plain)
}

// HistogramCount is the number of a native histogram's observations per second, for each combination of by.
func (s Scope) HistogramCount(h metric.Histogram, by ...metric.Label) Expr {
	return s.nativeFunction("histogram_count", h, by).as(PerSecond)
}

// HistogramSum is the growth of the sum of a native histogram's observations, per second, for each combination of by.
func (s Scope) HistogramSum(h metric.Histogram, by ...metric.Label) Expr {
	return s.nativeFunction("histogram_sum", h, by).perSecond()
}

// HistogramAvg is the mean of a native histogram's observations over the window, for each combination of by.
func (s Scope) HistogramAvg(h metric.Histogram, by ...metric.Label) Expr {
	return s.nativeFunction("histogram_avg", h, by)
}

// HistogramStddev estimates the standard deviation of a native histogram's observations over the window, for each
// combination of by.
func (s Scope) HistogramStddev(h metric.Histogram, by ...metric.Label) Expr {
	return s.nativeFunction("histogram_stddev", h, by)
}

// HistogramStdvar estimates the variance of a native histogram's observations over the window, for each combination of by.
func (s Scope) HistogramStdvar(h metric.Histogram, by ...metric.Label) Expr {
	e := s.nativeFunction("histogram_stdvar", h, by)
	return e.as(e.dim.times(e.dim))
}

// nativeFunction applies a function of native histograms. Its result measures what is observed.
func (s Scope) nativeFunction(function string, h metric.Histogram, by []metric.Label) Expr {
	return s.Native().histograms(h, by).wrap(function+"(", ")").as(dimensionOf(h.Unit))
}

// histograms returns a histogram's observations per second, one histogram for each combination of by.
func (s Scope) histograms(h metric.Histogram, by []metric.Label) Expr {
	if s.native {
		return s.Rate(metric.Counter(h)).Sum(by...)
	}
	buckets := make([]metric.Label, len(by), len(by)+1)
	copy(buckets, by)
	e := s.Rate(h.Bucket()).Sum(append(buckets, metric.BucketLabel)...)
	e.labels = e.labels.without(metric.BucketLabel)
	return e
}

// Buckets counts a histogram's observations over the window by bucket, for a heatmap.
func (s Scope) Buckets(h metric.Histogram) Expr {
	var e Expr
	if s.native {
		e = s.Increase(metric.Counter(h)).Sum()
	} else {
		e = s.Increase(h.Bucket()).Sum(metric.BucketLabel)
	}
	e.observed = dimensionOf(h.Unit)
	return e.as(Plain)
}

// SummaryQuantile is a quantile that a summary of the service reports. Prometheus 3 stores quantile="1" as "1.0",
// Prometheus 2 unchanged.
func (s Scope) SummaryQuantile(q float64, summary metric.Summary) Expr {
	text := number(q)
	if !strings.Contains(text, ".") {
		return s.read(metric.Family(summary), MatchRegexp(metric.QuantileLabel, text+"|"+text+".0"))
	}
	return s.read(metric.Family(summary), MatchEqual(metric.QuantileLabel, text))
}
