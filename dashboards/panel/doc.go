// Package panel makes Grafana panels and boards in the house style. It returns the foundation SDK's own builders, with unit,
// legend, defaults, ids and grid positions filled in. A panel's code has only what is special about it.
//
//	func orderRate(s promql.Scope) *timeseries.PanelBuilder {
//		return panel.TimeSeries("Orders by outcome",
//			"A change in colour is a fault.",
//			s.Rate(catalogue.OrdersTotal).Sum("outcome"))
//	}
//
//	t.Board("shop-orders", "Shop / Orders", "Do people buy?").
//		Row("Now").
//		Line(4, ordersNow(s), queueNow(s)).
//		Row("Over time").
//		Line(8, orderRate(s), queue(s))
//
// # What a panel shows
//
// A panel takes plain expressions. The unit comes from an expression's dimension, the legend from the labels that distinguish
// its series; neither is typed by hand.
//
//	s.Value(queue)                        a plain expression
//	panel.Named("p99", e)                 with a name, where a panel shows several
//	panel.Of(e).Steps(100, 500)           with colours: green, yellow from 100, red from 500
//	panel.Share.Of(e)                     in another unit of its dimension: 0.5 as 50%
//	panel.PerMinute.Named("paid", e)      both
//
// The displays are Bytes, BytesPerSecond, Seconds, Duration, Milliseconds, Microseconds, Nanoseconds, PerSecond, Requests,
// PerMinute, PerHour, Percent, Number, Share and Cores. One that does not fit the dimension is an error.
//
// # Kinds of panel
//
//	Stat, Gauge                    one number, one share
//	Bars, BarChart, Pie            values now: one bar for each series, groups of bars, parts of a whole
//	TimeSeries, Stacked            lines over time, parts that add up
//	Logarithmic                    lines that differ in order of magnitude
//	StateTimeline, StatusHistory   states over time: when one changed, what each check found
//	Heatmap, Histogram             how observations spread: a metric's buckets, or any values
//	Table                          a row for each combination of labels, a column for each expression
//	Linked                         a table whose rows link to another board, by the cells of one label
//	Alerts, Text                   what fires, what a reader should know
//
// Each returns the SDK's builder: chain Span, Repeat, Mappings (with Word), DataLinks (with Link and Logs), NoValue and the
// rest of its methods.
//
// # Boards
//
// A Board is rows of lines of panels. The panels of a line fill its 24 columns: those without a Span share what is left. Board
// also takes variables (LabelValues, Custom, Interval, TextBox), annotations (Annotation) and links (Link).
//
// A board with a mistake is not built. The error names board, row, panel, file and line, and what to do: an expression with a
// mistake, a unit that does not fit, a stat of many series, two queries with one legend, a missing or repeated
// title, a missing description, an empty row, spans that do not fill a line, a variable that the board does not have.
//
// A metric that the target does not expose is not a mistake: its queries are left out, and so are panels and rows without any
// queries left.
//
// # What it does not do
//
// The package is not a second model of Grafana: it does not wrap what the SDK does in one call. It does not know metrics by
// name, does not evaluate queries, and judges only panels on a Board.
package panel
