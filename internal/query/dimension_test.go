package query

import "testing"

// dimensionCases are queries, the dimension of each, and the operators whose sides do not fit.
var dimensionCases = []struct{ query, want string }{
	{`heap`, `bytes`},
	{`goroutines`, `none`},
	{`temperature`, `unknown`}, // a quantity that is not followed
	{`took_seconds_count`, `none`},
	{`took_seconds_bucket`, `none`},
	{`took_seconds_sum`, `seconds`},

	// For a metric that is not in the catalogue, the name gives the unit.
	{`foreign_bytes`, `bytes`},
	{`foreign_milliseconds_total`, `10^-3 seconds`},
	{`foreign_nanoseconds_sum`, `10^-9 seconds`},
	{`foreign_percent`, `10^-2`},
	{`foreign_ratio`, `none`},
	{`foreign_count`, `none`},
	{`foreign_total`, `unknown`},
	{`{__name__="foreign_bytes"}`, `bytes`},
	{`{job="a"}`, `unknown`},
	{`${part}_bytes`, `unknown`},

	{`rate(heap[5m])`, `bytes/second`},
	{`deriv(heap[5m])`, `bytes/second`},
	{`increase(heap[5m])`, `bytes`},
	{`delta(heap[5m])`, `bytes`},
	{`max_over_time(rate(heap[5m])[1h:])`, `bytes/second`},
	{`deriv(rate(heap[5m])[1h:])`, `bytes/second^2`},
	{`rate(requests_total[5m])`, `1/second`},
	{`rate(took_seconds_sum[5m])`, `none`},
	{`rate(took_seconds_sum[5m]) / rate(took_seconds_count[5m])`, `seconds`},
	{`count_over_time(heap[5m])`, `none`},
	{`changes(heap[5m])`, `none`},
	{`stdvar_over_time(heap[5m])`, `bytes^2`},
	{`predict_linear(heap[1h], 4 * 3600)`, `bytes`},
	{`integral(heap[5m])`, `bytes seconds`},

	{`sum by (job) (heap)`, `bytes`},
	{`quantile(0.9, heap)`, `bytes`},
	{`topk(3, heap)`, `bytes`},
	{`stddev(heap)`, `bytes`},
	{`stdvar(heap)`, `bytes^2`},
	{`sqrt(stdvar(heap))`, `bytes`},
	{`sqrt(heap)`, `unknown`},
	{`count(heap)`, `none`},
	{`absent(heap)`, `none`},
	{`$aggregation by (job) (heap)`, `unknown`},

	{`histogram_quantile(0.9, sum by (le) (rate(took_seconds_bucket[5m])))`, `seconds`},
	{`histogram_quantile(0.9, sum(rate(took_seconds[5m])))`, `seconds`}, // native
	{`histogram_quantile(0.9, rate(size_bucket[5m]))`, `none`},
	{`histogram_quantile(0.9, rate(foreign_seconds_bucket[5m]) > 0)`, `seconds`},
	{`histogram_quantile(0.9, rate(foreign_bucket[5m]))`, `unknown`},
	{`histogram_count(rate(took_seconds[5m]))`, `1/second`},
	{`histogram_sum(rate(took_seconds[5m]))`, `none`}, // seconds a second
	{`histogram_avg(rate(took_seconds[5m]))`, `seconds`},
	{`histogram_fraction(0, 0.3, rate(took_seconds[5m]))`, `none`},

	{`heap - limit`, `bytes`},
	{`heap + 5`, `bytes`},
	{`heap / limit`, `none`},
	{`heap * took_seconds_sum`, `bytes seconds`},
	{`1 / took_seconds_sum`, `1/second`},
	{`heap ^ 2`, `bytes^2`},
	{`heap ^ goroutines`, `unknown`},
	{`heap % 7`, `bytes`},
	{`heap < 2 ^ 62`, `bytes`},
	{`5 < heap`, `bytes`},
	{`heap > bool 5`, `none`},
	{`heap and goroutines`, `bytes`},
	{`heap or vector(0)`, `bytes`},
	{`vector(0) or heap`, `bytes`},
	{`heap + foreign`, `unknown`},
	{`heap > $limit`, `bytes`},
	{`heap * $factor`, `unknown`},
	{`1 - $slo`, `unknown`},
	{`goroutines / (1 - 0.99)`, `scaled`},

	{`2 * 3 + 1`, `number`},
	{`vector(1)`, `number`},
	{`heap / 1024 / 1024`, `scaled bytes`},
	{`deriv(goroutines[30m]) * 3600`, `scaled 1/second`},
	{`deriv(goroutines[30m]) * 1h`, `none`},
	{`increase(requests_total[$__range]) / $__range_s`, `1/second`},
	{`100 * heap / limit`, `10^-2`},
	{`rate(took_seconds_sum[5m]) * 1000`, `10^-3`},
	{`took_seconds_sum * 10 ^ 6`, `10^-6 seconds`},
	{`took_seconds_sum * 1e3 + foreign_milliseconds`, `10^-3 seconds`},
	{`foreign_nanoseconds / 1e9 + took_seconds_sum`, `seconds`},
	{`rate(heap[5m]) * 0`, `bytes/second`},
	{`heap > 1.1 * limit`, `bytes`},
	{`-heap`, `bytes`},

	{`time() - process_start_time_seconds`, `seconds`},
	{`timestamp(heap)`, `seconds`},
	{`timestamp(heap) * 1000 > $__from`, `10^-3 seconds`},
	{`hour()`, `none`},

	{`heap + took_seconds_sum`, `unknown / +: bytes + seconds: the sides do not measure the same`},
	{`sum(heap) > goroutines`, `unknown / >: bytes > none: the sides do not measure the same`},
	{`heap or rate(heap[5m]) * 0`, `unknown / or: bytes or bytes/second: the sides do not measure the same`},
	{`took_seconds_sum - foreign_milliseconds`,
		`unknown / -: seconds - 10^-3 seconds: the sides do not measure the same`},
}

func TestDimension(t *testing.T) {
	for _, c := range dimensionCases {
		q := parse(t, c.query)
		d, problems := q.Dimension(service)
		if got := d.String() + reports(q, problems); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
}
