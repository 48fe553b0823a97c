// Package promql writes PromQL over typed metrics. Every verb is called as the function, aggregation or operator that it
// writes, in Go's spelling: Rate, HistogramQuantile, TopK, SumOverTime, LabelReplace, On and GroupLeft, Bool, AtEnd.
//
// # From a metric to a panel
//
// A [Scope] is where an expression is made: matchers, the labels that name a process, a window. Its verbs take metrics. What
// they give is an [Expr], whose verbs are aggregations, operators and functions:
//
//	s := promql.NewScope(promql.RateInterval, []metric.Label{"job", "instance"}, promql.Selected("job"))
//	s.Rate(requests).Sum("path")           // sum by (path) (rate(requests_total{job=~"$job"}[$__rate_interval]))
//	s.HistogramQuantile(0.99, duration)    // Native() before it: of a native histogram, without le
//	s.Value(heap).Without("instance").Max()
//	s.Value(heap).On("instance").GroupLeft("version").Mul(s.Value(info))
//	s.Rate(requests).Sum().Over("1d", "5m").MaxOverTime() // a subquery
//
// # What is checked
//
// The kind of a metric by the compiler: Rate of a gauge does not compile. Who knows better converts: metric.Gauge(requests).
// The dimension: bytes and seconds cannot be added, and a panel takes its unit from [Expr.Dimension]. The labels: no grouping
// by a label that is not there, no two sides that never meet; a panel takes its legend from [Expr.Varying]. Two sides meet by
// the labels that they share, where neither On nor Ignoring says otherwise. A mistake names the file and line that wrote it.
// An expression is immutable and keeps its first mistake, which is read where it is used ([Expr.Err]).
//
// # Names of its own
//
// What says more, or less, than one word of PromQL:
//
//	Value, Raw, RawRange          a gauge, a counter as they are; a counter over the window
//	SummaryQuantile, Buckets      a quantile that a service reports; a histogram for a heatmap
//	Since                         time() less a timestamp
//	OrZero, IfSet, Base           a zero for what was never born; without limits that nobody set; in base units
//	OfShown                       of the processes that a graph draws
//	Where, Whole                  a scope with more matchers, and without them
//	Over                          another window of a scope; the window of a subquery
//	Native                        histograms without le
//	Lacking, Has, Missing, First  what a target may not expose
//	Aggregated, RecordedIncrease  a scope of what a recording rule made; an increase by a recorded rate
//	Observing                     what the buckets count, for a heatmap's axis
//	Number                        a constant
//
// Matchers are made by MatchEqual, MatchNotEqual, MatchRegexp and MatchNotRegexp, and by NoneOf and Selected.
//
// # What is left out
//
// [Text] takes a query as somebody has it; package promqltest checks it. It is also the way to the little that has no verb:
// the operators </ and >/, which cut native histograms off (HistogramFraction answers that); duration_expr, arithmetic of
// durations, which Go does; functions of counters over subqueries, since a sum of counters is no counter; and whatever
// Prometheus must be told to switch on (experimental functions, limitk, fill). The package reads and evaluates nothing.
package promql
