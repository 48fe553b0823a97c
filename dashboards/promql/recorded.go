package promql

import (
	"gaugewright/dashboards/metric"
	"time"
)

// RecordedIncrease is the growth of a counter over the shown range, from its rate as it is recorded every so often. A sum
// and not a mean: a series that began within the range has counted only since then.
func (s Scope) RecordedIncrease(g metric.Gauge, every time.Duration) Expr {
	return s.Over(ShownRange).SumOverTime(g).Mul(Expr{text: number(every.Seconds()), binding: bindsAll, dim: Seconds, scalar: true})
}

// Observing sets what is counted by bucket, for a heatmap's axis.
func (e Expr) Observing(h metric.Histogram) Expr {
	e.observed = dimensionOf(h.Unit)
	return e
}

// HistogramQuantile estimates the q-quantile of a histogram's observations from an expression that counts them by bucket.
func (e Expr) HistogramQuantile(q float64, h metric.Histogram) Expr {
	if e.lacks == "" && !e.labels.has(metric.BucketLabel) {
		return e.fail("a quantile needs the buckets' label %s: the series have %s", metric.BucketLabel, e.labels)
	}
	e = e.wrap("histogram_quantile("+number(q)+", ", ")").as(dimensionOf(h.Unit))
	e.labels = e.labels.without(metric.BucketLabel)
	return e
}
