package promql_test

import (
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/dashboards/metric"
	"gaugewright/dashboards/promql"
	"gaugewright/internal/query"
)

var (
	goroutines = metric.Gauge{Name: "go_goroutines"}
	heap       = metric.Gauge{Name: "heap_bytes", Unit: metric.Bytes}
	limit      = metric.Gauge{Name: "limit_bytes", Unit: metric.Bytes}
	started    = metric.Gauge{Name: "start_time_seconds", Unit: metric.Seconds}
	requests   = metric.Counter{Name: "requests_total", Labels: []metric.Label{"path", "status"}}
	failures   = metric.Counter{Name: "failures_total", Labels: []metric.Label{"path", "status"}}
	cpu        = metric.Counter{Name: "cpu_seconds_total", Unit: metric.Seconds}
	duration   = metric.Histogram{Name: "duration_seconds", Unit: metric.Seconds, Labels: []metric.Label{"path"}}
	pauses     = metric.Summary{Name: "pause_seconds", Unit: metric.Seconds}
	queued     = metric.Counter{Name: "queued_total"}
	executed   = metric.Counter{Name: "executed_total"}
)

// board is a scope as a board has it; s are its matchers as text.
var board = promql.NewScope(promql.RateInterval, []metric.Label{"job", "instance"},
	promql.Selected("job"), promql.Selected("instance"))

const s = `instance=~"$instance",job=~"$job"`

func TestText(t *testing.T) {
	alert := promql.NewScope(promql.Lasting(5*time.Minute), []metric.Label{"job", "instance"}, promql.MatchEqual("job", "myapp"))
	people := board.Where(promql.NoneOf("path", "/health", "/metrics"))
	byPath := board.Rate(requests).Sum("path")
	for _, c := range []struct {
		name string
		expr promql.Expr
		text string
		dim  promql.Dimension
	}{
		{"a gauge", board.Value(heap), `heap_bytes{` + s + `}`, promql.Bytes},
		{"a counter's rate", board.Rate(requests), `rate(requests_total{` + s + `}[$__rate_interval])`, promql.PerSecond},
		{"seconds a second are a number", board.Rate(cpu), `rate(cpu_seconds_total{` + s + `}[$__rate_interval])`, promql.Plain},
		{"increase keeps the unit", board.Over(promql.ShownRange).Increase(requests),
			`increase(requests_total{` + s + `}[$__range])`, promql.Plain},
		{"an alert's scope", alert.Rate(requests), `rate(requests_total{job="myapp"}[5m])`, promql.PerSecond},
		{"matchers are sorted", people.Rate(requests),
			`rate(requests_total{instance=~"$instance",job=~"$job",path!~"/health|/metrics"}[$__rate_interval])`, promql.PerSecond},
		{"slope", board.Over("30m").Deriv(heap), `deriv(heap_bytes{` + s + `}[30m])`, promql.Dimension{Bytes: 1, Seconds: -1}},
		{"floor, an hour ago", board.Over("15m").Offset(time.Hour).MinOverTime(heap),
			`min_over_time(heap_bytes{` + s + `}[15m] offset 1h)`, promql.Bytes},
		{"changes are a count", board.Over("10m").Changes(heap), `changes(heap_bytes{` + s + `}[10m])`, promql.Plain},
		{"uptime", board.Since(started), `time() - (start_time_seconds{` + s + `} > 0)`, promql.Seconds},
		{"a quantile", board.HistogramQuantile(0.95, duration, "path"),
			`histogram_quantile(0.95, sum by (path, le) (rate(duration_seconds_bucket{` + s + `}[$__rate_interval])))`, promql.Seconds},
		{"buckets", board.Buckets(duration), `sum by (le) (increase(duration_seconds_bucket{` + s + `}[$__rate_interval]))`, promql.Plain},
		{"a summary's longest, for Prometheus 2 and 3", board.SummaryQuantile(1, pauses),
			`pause_seconds{instance=~"$instance",job=~"$job",quantile=~"1|1.0"}`, promql.Seconds},
		{"mean by sum and count", board.Rate(pauses.Sum()).Div(board.Rate(pauses.Count())),
			`rate(pause_seconds_sum{` + s + `}[$__rate_interval]) / rate(pause_seconds_count{` + s + `}[$__rate_interval])`, promql.Seconds},
		{"counters read raw", board.Raw(queued).Sub(board.Raw(executed)), `queued_total{` + s + `} - executed_total{` + s + `}`, promql.Plain},
		{"a share of what is set", board.Value(heap).Div(board.Value(limit).IfSet()).Max(),
			`max(heap_bytes{` + s + `} / (limit_bytes{` + s + `} < 2 ^ 62))`, promql.Plain},
		{"zero where nothing failed", board.Rate(failures).Sum("path").OrZero(byPath).Div(byPath),
			`(sum by (path) (rate(failures_total{` + s + `}[$__rate_interval])) or sum by (path) (rate(requests_total{` + s +
				`}[$__rate_interval])) * 0) / sum by (path) (rate(requests_total{` + s + `}[$__rate_interval]))`, promql.Plain},
		{"left to right", board.Value(heap).Sub(board.Value(limit).Sub(board.Value(heap))),
			`heap_bytes{` + s + `} - (limit_bytes{` + s + `} - heap_bytes{` + s + `})`, promql.Bytes},
		{"numbers adapt", promql.Number(1).Sub(board.Value(heap).Div(board.Value(limit))),
			`1 - heap_bytes{` + s + `} / limit_bytes{` + s + `}`, promql.Plain},
		{"scaled", board.Rate(queued).Max().Mul(promql.Number(60)), `max(rate(queued_total{` + s + `}[$__rate_interval])) * 60`, promql.PerSecond},
		{"worst first", byPath.TopK(10).SortDesc(),
			`sort_desc(topk(10, sum by (path) (rate(requests_total{` + s + `}[$__rate_interval]))))`, promql.PerSecond},
		{"the median", board.Value(heap).Quantile(0.5), `quantile(0.5, heap_bytes{` + s + `})`, promql.Bytes},
		{"how many", board.Value(metric.Up).Eq(promql.Number(0)).Count(), `count(up{` + s + `} == 0)`, promql.Plain},
		{"one side has fewer labels", board.Rate(requests).Sum("path", "status").Div(byPath),
			`sum by (path, status) (rate(requests_total{` + s + `}[$__rate_interval])) / on (path) group_left () ` +
				`sum by (path) (rate(requests_total{` + s + `}[$__rate_interval]))`, promql.Plain},
		{"names of any runes", board.Where(promql.MatchEqual("http.route", "/")).Value(
			metric.Gauge{Name: "http.active", Labels: []metric.Label{"http.route"}}).Sum("http.route"),
			`sum by ("http.route") ({"http.route"="/",__name__="http.active",` + s + `})`, promql.Plain},
		{"and with fewer labels", board.Rate(requests).Sum("path", "status").And(byPath.Gt(promql.Number(1))),
			`sum by (path, status) (rate(requests_total{` + s + `}[$__rate_interval])) and on (path) ` +
				`sum by (path) (rate(requests_total{` + s + `}[$__rate_interval])) > 1`, promql.PerSecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := c.expr.Err(); err != nil {
				t.Fatal(err)
			}
			if c.expr.String() != c.text {
				t.Errorf("got  %s\nwant %s", c.expr, c.text)
			}
			if c.expr.Dimension() != c.dim {
				t.Errorf("dimension %v, want %v", c.expr.Dimension(), c.dim)
			}
			canonical(t, c.expr)
		})
	}
}

// canonical requires the printing of Prometheus's own parser.
func canonical(t *testing.T, e promql.Expr) {
	t.Helper()
	q, err := query.Parse(e.String())
	if err != nil {
		t.Fatal(err)
	}
	if q.Canonical() != e.String() {
		t.Errorf("not canonical:\n%s\n%s", e, q.Canonical())
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		name   string
		make   func() promql.Expr
		reason string
	}{
		{"a label that is not there", func() promql.Expr { return board.Value(heap).Sum("path") },
			"sum by path: the series have instance, job"},
		{"a label that was aggregated away", func() promql.Expr { return board.Rate(requests).Sum("status").Sum("path") },
			"sum by path: the series have status"},
		{"bytes and seconds", func() promql.Expr { return board.Value(heap).Add(board.Value(started)) },
			"bytes + seconds: `heap_bytes{" + s + "}` and `start_time_seconds{" + s + "}`"},
		{"a rate or a zero of another kind", func() promql.Expr { return board.Rate(requests).OrZero(board.Over("5m").Increase(requests)) },
			"per second or a plain number"},
		{"sides that share no labels", func() promql.Expr {
			return board.Rate(requests).Sum("path").Div(board.Rate(requests).Sum("status"))
		}, "the two sides of / share too few labels to meet"},
		{"labels against none", func() promql.Expr { return board.Value(heap).Div(board.Value(limit).Sum()) },
			"the two sides of / share too few labels to meet"},
		{"more labels on the right", func() promql.Expr {
			return board.Rate(requests).Sum("path").Div(board.Rate(requests).Sum("path", "status"))
		}, "the two sides of / share too few labels to meet"},
		{"a matcher that the metric lacks", func() promql.Expr { return board.Where(promql.MatchEqual("path", "/")).Value(heap) },
			"heap_bytes has no label path to match"},
		{"no window", func() promql.Expr { return promql.NewScope("", nil).Rate(requests) },
			"rate of requests_total needs a window"},
		{"no timestamp", func() promql.Expr { return board.Since(heap) }, "heap_bytes is not a timestamp: it is bytes"},
		{"a label that is not there to drop", func() promql.Expr { return board.Value(heap).Without("path").Sum() },
			"sum without path: the series have instance, job"},
		{"an aggregation of a number", func() promql.Expr { return promql.Time().Max() }, "max is of series: `time()` is a number"},
		{"a function of a number", func() promql.Expr { return promql.Number(1).Abs() }, "abs is of series: `1` is a number"},
		{"a subquery of a number", func() promql.Expr { return promql.Time().Over("1h", "").MaxOverTime() }, "a subquery is of series"},
		{"a subquery without a window", func() promql.Expr { return board.Value(heap).Over("", "1m").MaxOverTime() },
			"a subquery needs a window: `heap_bytes{" + s + "}`"},
		{"a label to join that is not there", func() promql.Expr { return board.Value(heap).LabelJoin("a", "/", "job", "path") },
			"label_join: no label path to take: the series have instance, job"},
		{"numbers compared", func() promql.Expr { return promql.Number(1).Gt(promql.Number(0)) }, "use Bool()"},
		{"a number as a guard", func() promql.Expr { return board.Value(heap).And(promql.Number(1)) }, "and needs series on both sides"},
		{"matching a number", func() promql.Expr { return board.Value(heap).On("job").Mul(promql.Number(1)) },
			"on (job) needs series on both sides"},
		{"on a label that one side lacks", func() promql.Expr { return board.Value(heap).On("version").Mul(board.Value(info)) },
			"on (version): `heap_bytes{" + s + "}` has instance, job, `go_info{" + s + "}` has instance, job, version"},
		{"ignoring what no side has", func() promql.Expr { return board.Value(heap).Ignoring("pod").Mul(board.Value(heap)) }, "ignoring (pod)"},
		{"ignoring too little", func() promql.Expr { return board.Value(heap).Ignoring("job").Mul(board.Value(info)) },
			"the two sides of * never meet ignoring (job)"},
		{"taking a label that is not there", func() promql.Expr { return board.Value(heap).On("job").GroupLeft("pod").Mul(board.Value(info)) },
			"group_left (pod): `go_info{" + s + "}` has instance, job, version"},
		{"taking a label that is matched", func() promql.Expr { return board.Value(heap).On("job").GroupLeft("job").Mul(board.Value(info)) },
			"group_left (job): the label is the same on both sides already"},
		{"groups of a set", func() promql.Expr { return board.Value(heap).On("job").GroupLeft().And(board.Value(info)) }, "and takes no group_left"},
		{"a bound of another kind", func() promql.Expr { return board.Value(heap).ClampMax(promql.Time()) },
			"clamp_max of bytes takes a number that measures the same: `time()`"},
		{"a bound with series", func() promql.Expr { return board.Value(heap).ClampMax(board.Value(limit)) }, "clamp_max of bytes takes a number"},
		{"a root of bytes", func() promql.Expr { return board.Value(heap).Sqrt() }, "bytes have no square root"},
		{"a sine of bytes", func() promql.Expr { return board.Value(heap).Sin() }, "sin takes plain numbers"},
		{"a broken power of bytes", func() promql.Expr { return board.Value(heap).Pow(promql.Number(0.5)) },
			"bytes ^ `0.5`: the power of a quantity is a whole number"},
		{"to the power of bytes", func() promql.Expr { return promql.Number(2).Pow(board.Value(heap)) }, "a power is a plain number"},
		{"an hour of bytes", func() promql.Expr { return board.Value(heap).Hour() }, "hour is of times in seconds"},
		{"a vector of series", func() promql.Expr { return promql.Vector(board.Value(heap)) }, "vector takes a number"},
		{"an anchored mean", func() promql.Expr { return board.Anchored().AvgOverTime(heap) }, "avg_over_time takes no window that is anchored"},
		{"an anchored value", func() promql.Expr { return board.Anchored().Value(heap) }, "only windows can be anchored"},
		{"a quantile of no buckets", func() promql.Expr { return board.Value(heap).HistogramQuantile(0.9, duration) },
			"a quantile needs the buckets' label le: the series have instance, job"},
		{"a text without a query", func() promql.Expr { return promql.Text("", promql.Plain) }, "a text without a query"},
		{"no expression", func() promql.Expr { return promql.Expr{} }, "an expression is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.make().Err()
			if err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("got %v, want %q", err, c.reason)
			}
		})
	}
}

// The first mistake stays, whatever is built on it, and names its line.
func TestMistakeNamesItsLine(t *testing.T) {
	_, file, line, _ := runtime.Caller(0)
	wrong := board.Value(heap).Sum("path") // the line after
	later := wrong.Mul(promql.Number(2)).Add(board.Value(started)).Max()
	var mistake *promql.Error
	if !errors.As(later.Err(), &mistake) {
		t.Fatalf("got %v, want a *promql.Error", later.Err())
	}
	if filepath.Base(mistake.File) != filepath.Base(file) || mistake.Line != line+1 {
		t.Errorf("got %s:%d, want %s:%d", mistake.File, mistake.Line, file, line+1)
	}
}

func TestVarying(t *testing.T) {
	pods := promql.NewScope(promql.RateInterval, []metric.Label{"cluster", "namespace", "pod"}, promql.Selected("job"))
	for _, c := range []struct {
		name string
		expr promql.Expr
		want []metric.Label
	}{
		{"the job of a target is constant", board.Value(heap), []metric.Label{"instance"}},
		{"identity in the reader's order", pods.Value(heap), []metric.Label{"cluster", "namespace", "pod"}},
		{"identity before the metric's own", pods.Rate(requests), []metric.Label{"cluster", "namespace", "pod", "path", "status"}},
		{"buckets name themselves", board.Buckets(duration), nil},
		{"what is matched by equality is constant", board.Where(promql.MatchEqual("path", "/")).Rate(requests).Sum("path", "status"),
			[]metric.Label{"status"}},
		{"aggregated away", board.Value(heap).Max(), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.expr.Varying(); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestLasting(t *testing.T) {
	for d, want := range map[time.Duration]promql.Window{
		0: "0s", 15 * time.Second: "15s", 90 * time.Second: "1m30s", time.Hour: "1h", 75 * time.Minute: "1h15m",
		24 * time.Hour: "1d", 36 * time.Hour: "1d12h", 7 * 24 * time.Hour: "1w", 8 * 24 * time.Hour: "8d",
		1500 * time.Millisecond: "1s500ms", time.Hour + 5*time.Millisecond: "1h5ms", 15*time.Second + 999: "15s",
	} {
		if got := promql.Lasting(d); got != want {
			t.Errorf("Lasting(%v) = %s, want %s", d, got, want)
		}
	}
}
