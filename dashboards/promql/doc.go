// Package promql writes PromQL over typed metrics. Every verb has the name of the function, aggregation or operator that it
// writes, in Go's spelling: Rate, HistogramQuantile, TopK, SumOverTime, LabelReplace, On and GroupLeft, Bool, AtEnd.
//
// # From a metric to a panel
//
// A [Scope] holds matchers, the labels that name a process, and a window. Its verbs take metrics and return an [Expr]. The
// verbs of an Expr are aggregations, operators and functions:
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
// The compiler checks the kind of a metric: Rate of a gauge does not compile. If a service gives the wrong kind, convert it:
// metric.Gauge(requests).
//
// Dimensions are checked: bytes and seconds cannot be added. A panel takes its unit from [Expr.Dimension].
//
// Labels are checked: grouping by a missing label and two sides that can never match are mistakes. Without On or Ignoring, two
// sides match by the labels that they share. A panel takes its legend from [Expr.Varying].
//
// A mistake names the file and line that wrote it. An expression is immutable and keeps its first mistake for its user to read
// with [Expr.Err].
//
// # Names of its own
//
// Verbs that write more, or less, than one word of PromQL:
//
//	Value, Raw, RawRange          a gauge, a counter, unchanged; a counter's values over the window
//	SummaryQuantile, Buckets      a quantile that a service reports; a histogram for a heatmap
//	Since                         time() minus a timestamp
//	OrZero, IfSet, Base           a zero for a series that does not exist yet; without unset limits; in base units
//	OfShown                       only the processes that a graph draws
//	Where, Whole                  a scope with more matchers, and without them
//	Over                          another window of a scope; the window of a subquery
//	Native                        histograms without le
//	Lacking, Has, Missing, First  metrics that a target may not expose
//	Aggregated, RecordedIncrease  a scope of recorded series; an increase from a recorded rate
//	Observing                     what the buckets count, for a heatmap's axis
//	Number                        a constant
//
// Matchers are made by MatchEqual, MatchNotEqual, MatchRegexp and MatchNotRegexp, and by NoneOf and Selected.
//
// # What is left out
//
// [Text] takes an existing query; package promqltest checks it. Use it also for what has no verb: the operators </ and >/,
// which trim native histograms (use HistogramFraction); duration_expr, arithmetic of durations (use Go); functions of counters
// over subqueries, since a sum of counters is not a counter; and everything behind a feature flag of Prometheus (experimental
// functions, limitk, fill). The package does not parse or evaluate queries.
package promql
