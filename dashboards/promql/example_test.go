package promql_test

import (
	"fmt"
	"time"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
)

// A scope and what it makes: the text, what it measures, and the labels that distinguish its series.
func ExampleScope() {
	s := promql.NewScope(promql.RateInterval, []metric.Label{"job", "instance"}, promql.Selected("job"))
	slow := s.Where(promql.NoneOf("path", "/health")).HistogramQuantile(0.99, duration, "path")
	fmt.Println(slow)
	fmt.Println(slow.Dimension(), slow.Varying())
	// Output:
	// histogram_quantile(0.99, sum by (path, le) (rate(duration_seconds_bucket{job=~"$job",path!~"/health"}[$__rate_interval])))
	// seconds [path]
}

// A share of failures, by path: the sides match by their labels.
func ExampleScope_Rate() {
	s := promql.NewScope("5m", []metric.Label{"job", "instance"})
	all := s.Rate(requests).Sum("path")
	fmt.Println(s.Rate(failures).Sum("path").OrZero(all).Div(all))
	// Output:
	// (sum by (path) (rate(failures_total[5m])) or sum by (path) (rate(requests_total[5m])) * 0) / sum by (path) (rate(requests_total[5m]))
}

// A native histogram has no buckets in le.
func ExampleScope_Native() {
	s := promql.NewScope("5m", []metric.Label{"job", "instance"})
	fmt.Println(s.HistogramQuantile(0.99, duration))
	fmt.Println(s.Native().HistogramQuantile(0.99, duration))
	// Output:
	// histogram_quantile(0.99, sum by (le) (rate(duration_seconds_bucket[5m])))
	// histogram_quantile(0.99, sum(rate(duration_seconds[5m])))
}

// A label of an info metric comes along.
func ExampleMatch_GroupLeft() {
	s := promql.NewScope("5m", []metric.Label{"job", "instance"})
	heap := s.Value(heap).On("job", "instance").GroupLeft("version").Mul(s.Value(info))
	fmt.Println(heap)
	fmt.Println(heap.Dimension(), heap.Labels())
	// Output:
	// heap_bytes * on (job, instance) group_left (version) go_info
	// bytes [instance job version]
}

// A subquery: the busiest five minutes of the day.
func ExampleExpr_Over() {
	s := promql.NewScope("5m", []metric.Label{"job", "instance"})
	fmt.Println(s.Rate(requests).Sum().Over("1d", "5m").MaxOverTime())
	// Output:
	// max_over_time(sum(rate(requests_total[5m]))[1d:5m])
}

// Now against an hour ago.
func ExampleScope_Offset() {
	s := promql.NewScope("5m", []metric.Label{"job", "instance"}, promql.MatchEqual("job", "shop"))
	fmt.Println(s.Value(heap).Sub(s.Offset(time.Hour).Value(heap)))
	// Output:
	// heap_bytes{job="shop"} - heap_bytes{job="shop"} offset 1h
}

// Mistakes name the line that made them.
func ExampleExpr_Err() {
	s := promql.NewScope("5m", []metric.Label{"job", "instance"})
	wrong := s.Value(heap).Add(s.Value(started))
	fmt.Println(wrong.Err().(*promql.Error).Reason)
	// Output:
	// bytes + seconds: `heap_bytes` and `start_time_seconds`
}

// An existing query, with what it measures and the labels of its result.
func ExampleText() {
	depth := promql.Text(`sum by (queue) (jobs_waiting{env="live"})`, promql.Plain, "queue")
	fmt.Println(depth.Gt(promql.Number(100)))
	fmt.Println(depth.Varying())
	// Output:
	// (sum by (queue) (jobs_waiting{env="live"})) > 100
	// [queue]
}

// From metrics to panels.
func Example() {
	s := promql.NewScope(promql.RateInterval, []metric.Label{"job", "instance"}, promql.Selected("job"))
	for _, e := range []promql.Expr{
		s.Rate(requests).Sum("path"),
		s.HistogramQuantile(0.99, duration),
		s.Value(heap).Without("instance").Max(),
		s.Value(heap).Gt(s.Value(limit).Mul(promql.Number(0.9))).Count(),
		s.Over("1h").PredictLinear(heap, 4*time.Hour),
	} {
		fmt.Println(e)
	}
	// Output:
	// sum by (path) (rate(requests_total{job=~"$job"}[$__rate_interval]))
	// histogram_quantile(0.99, sum by (le) (rate(duration_seconds_bucket{job=~"$job"}[$__rate_interval])))
	// max without (instance) (heap_bytes{job=~"$job"})
	// count(heap_bytes{job=~"$job"} > limit_bytes{job=~"$job"} * 0.9)
	// predict_linear(heap_bytes{job=~"$job"}[1h], 14400)
}
