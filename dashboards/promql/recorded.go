package promql

import "gaugewright/dashboards/metric"

// rangeSeconds is the length of the shown range in seconds; Grafana fills it in.
var rangeSeconds = Expr{text: "$__range_s", binding: bindsAll, dim: Seconds, scalar: true}

// RecordedIncrease is the growth of a counter over the shown range, from the mean of its recorded rate.
func (s Scope) RecordedIncrease(g metric.Gauge) Expr {
	return s.Over(ShownRange).AvgOverTime(g).Mul(rangeSeconds)
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
