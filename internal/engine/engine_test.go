package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// start is the time of the first sample. Every series has one every 10 seconds for an hour.
var start = time.UnixMilli(1_700_000_000_000)

const hour = 360

// measured makes a series of its labels ("up", "job", "api", ...) and its value at each step.
func measured(value func(step int) float64, name string, pairs ...string) Series {
	s := Series{Labels: map[string]string{"__name__": name}}
	for i := 0; i < len(pairs); i += 2 {
		s.Labels[pairs[i]] = pairs[i+1]
	}
	for step := range hour + 1 {
		s.Samples = append(s.Samples, Sample{T: start.Add(time.Duration(step) * 10 * time.Second), V: value(step)})
	}
	return s
}

func service(t testing.TB) *Engine {
	t.Helper()
	e, err := New([]Series{
		measured(func(i int) float64 { return float64(i * 20) }, "requests_total", "path", "/a", "status", "200"),
		measured(func(i int) float64 { return float64(i % 100 * 10) }, "requests_total", "path", "/b", "status", "500"),
		measured(func(i int) float64 { return float64(i % 7) }, "goroutines", "instance", "one"),
		measured(func(i int) float64 { return float64(i * 9) }, "took_seconds_bucket", "le", "0.1"),
		measured(func(i int) float64 { return float64(i * 10) }, "took_seconds_bucket", "le", "1.0"),
		measured(func(i int) float64 { return float64(i * 10) }, "took_seconds_bucket", "le", "+Inf"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// text writes a result as {labels} value, value, with sorted labels and series in order.
func text(r Result) string {
	var all []string
	for _, s := range r.Series {
		var pairs, values []string
		for name, value := range s.Labels {
			pairs = append(pairs, name+"="+value)
		}
		slices.Sort(pairs)
		for _, sample := range s.Samples {
			values = append(values, fmt.Sprintf("%.6g", sample.V))
		}
		all = append(all, "{"+strings.Join(pairs, ",")+"} "+strings.Join(values, ","))
	}
	return strings.Join(all, "; ")
}

// instantCases are queries and their results at the end of the hour.
var instantCases = []struct{ query, want string }{
	{`1 + 1`, `{} 2`},
	{`goroutines`, `{__name__=goroutines,instance=one} 3`},
	{`requests_total{path!="/a"}`, `{__name__=requests_total,path=/b,status=500} 600`},
	{`{__name__=~"go.*"}`, `{__name__=goroutines,instance=one} 3`},
	{`nothing`, ``},
	{`sum by (path) (rate(requests_total[5m]))`, `{path=/a} 2; {path=/b} 1`},
	{`resets(requests_total[50m])`, `{path=/a,status=200} 0; {path=/b,status=500} 3`},
	{`histogram_quantile(0.95, sum by (le) (rate(took_seconds_bucket[5m])))`, `{} 0.55`},
	{`max_over_time(sum(goroutines)[5m:10s] @ end())`, `{} 6`},
	{`count_over_time(goroutines[1h:] @ end())`, `{instance=one} 60`}, // a step of one minute
	{`requests_total{path="/a"} offset 30m`, `{__name__=requests_total,path=/a,status=200} 3600`},
	{`goroutines offset -10s`, `{__name__=goroutines,instance=one} 3`}, // later than the last sample: looks back
	{`sort_desc(requests_total)`,
		`{__name__=requests_total,path=/a,status=200} 7200; {__name__=requests_total,path=/b,status=500} 600`},
	{`requests_total @ 1700000010`,
		`{__name__=requests_total,path=/a,status=200} 20; {__name__=requests_total,path=/b,status=500} 10`},
}

func TestInstant(t *testing.T) {
	e := service(t)
	end := start.Add(time.Hour)
	for _, test := range instantCases {
		got, err := e.Instant(context.Background(), test.query, end)
		if err != nil || text(got) != test.want || len(got.Warnings)+len(got.Infos) > 0 {
			t.Errorf("%s\n got %s %v %v %v\nwant %s", test.query, text(got), got.Warnings, got.Infos, err, test.want)
		}
	}
}

func TestRange(t *testing.T) {
	e := service(t)
	from, to := start.Add(30*time.Minute), start.Add(31*time.Minute)
	got, err := e.Range(context.Background(), `rate(requests_total{path="/a"}[1m])`, from, to, 30*time.Second)
	if want := `{path=/a,status=200} 2,2,2`; err != nil || text(got) != want {
		t.Fatalf("got %s %v, want %s", text(got), err, want)
	}
	for i, sample := range got.Series[0].Samples {
		if want := from.Add(time.Duration(i) * 30 * time.Second); !sample.T.Equal(want) {
			t.Errorf("point %d is at %s, want %s", i, sample.T, want)
		}
	}
}

// TestLookback: a sample is found for five minutes and no longer.
func TestLookback(t *testing.T) {
	e := service(t)
	for after, want := range map[time.Duration]int{5*time.Minute - time.Millisecond: 1, 5 * time.Minute: 0} {
		got, err := e.Instant(context.Background(), `goroutines`, start.Add(time.Hour+after))
		if err != nil || len(got.Series) != want {
			t.Errorf("%s after the last sample: %d series, %v; want %d", after, len(got.Series), err, want)
		}
	}
}

func TestRemarks(t *testing.T) {
	e := service(t)
	for _, test := range []struct{ query, warning, info string }{
		{query: `rate(goroutines[5m])`, info: `metric might not be a counter`},
		{query: `quantile(2, goroutines)`, warning: `quantile value should be between 0 and 1`},
		{query: `deriv(goroutines[5m])`},
	} {
		got, err := e.Instant(context.Background(), test.query, start.Add(time.Hour))
		if err != nil || !remarks(got.Warnings, test.warning) || !remarks(got.Infos, test.info) {
			t.Errorf("%s: warnings %q, infos %q, %v", test.query, got.Warnings, got.Infos, err)
		}
	}
}

// remarks reports whether there is exactly one remark, which contains the text, or none if want is empty.
func remarks(all []string, want string) bool {
	if want == "" {
		return len(all) == 0
	}
	return len(all) == 1 && strings.Contains(all[0], want)
}

func TestErrors(t *testing.T) {
	e := service(t)
	for query, want := range map[string]string{
		`rate(`:                             `query rate(: 1:6: parse error: unclosed left parenthesis`,
		`"text"`:                            `query "text": the answer is a string, not series`,
		`goroutines[5m:1m] or vector(`:      `parse error`,
		`mad_over_time(goroutines[5m])`:     `function "mad_over_time" is not enabled`,
		`goroutines{job=~"$job"}[$__range]`: `parse error`,
	} {
		if _, err := e.Instant(context.Background(), query, start); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", query, err, want)
		}
	}
	if _, err := e.Range(context.Background(), `goroutines`, start, start.Add(time.Hour), 0); err == nil {
		t.Error("a step of 0 is accepted")
	}
	if got, err := e.Range(context.Background(), `goroutines`, start.Add(time.Hour), start, time.Minute); err == nil {
		t.Errorf("a range that ends before it starts: %v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Instant(ctx, `sum(goroutines)`, start); err == nil {
		t.Error("a cancelled query answers")
	}
}

func TestNewRefuses(t *testing.T) {
	up := map[string]string{"__name__": "up", "job": "api"}
	for want, series := range map[string][]Series{
		"two series have these labels":     {{Labels: up}, {Labels: up}},
		"is not later than the one before": {{Labels: up, Samples: []Sample{{T: start, V: 1}, {T: start, V: 1}}}},
	} {
		if _, err := New(series); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
