package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/inprocess"
	"gaugewright/internal/scrape"
)

// scrapeCases are pages, scraped every ten seconds from the target job="j",instance="i", and the stored series: each
// value with its second. The page "fails" cannot be fetched.
var scrapeCases = []struct {
	name  string
	pages []string
	want  string
}{
	{"a sample has the labels of the target",
		[]string{`a{path="/"} 1`}, `a{instance="i",job="j",path="/"} 1@0`},
	{"a label with no value is no label",
		[]string{`a{path=""} 1`}, `a{instance="i",job="j"} 1@0`},
	{"the target's labels win, the page's are exported",
		[]string{`a{job="page"} 1`}, `a{exported_job="page",instance="i",job="j"} 1@0`},
	{"exported as often as it takes",
		[]string{`a{job="1",exported_job="2"} 1`}, `a{exported_exported_job="1",exported_job="2",instance="i",job="j"} 1@0`},
	{"le and quantile are floats",
		[]string{"# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\n# TYPE s summary\ns{quantile=\"1\"} 2"},
		`h_bucket{instance="i",job="j",le="+Inf"} 1@0
h_bucket{instance="i",job="j",le="1.0"} 1@0
s{instance="i",job="j",quantile="1.0"} 2@0`},

	{"a series that is gone is stale from the next scrape on",
		[]string{"a 1\nb 1", "b 2", "b 3"}, `a{instance="i",job="j"} 1@0 stale@10
b{instance="i",job="j"} 1@0 2@10 3@20`},
	{"one that comes back goes on",
		[]string{"a 1", "b 1", "a 2\nb 1"}, `a{instance="i",job="j"} 1@0 stale@10 2@20
b{instance="i",job="j"} 1@10 1@20`},
	{"a scrape that fails makes all stale, once",
		[]string{"a 1\nb 1", "fails", "fails", "a 2"}, `a{instance="i",job="j"} 1@0 stale@10 2@30
b{instance="i",job="j"} 1@0 stale@10`},
	{"an empty page does too",
		[]string{"a 1", ""}, `a{instance="i",job="j"} 1@0 stale@10`},

	{"of two for one series the first is kept",
		[]string{"a 1\na 2", "a 3\na 4"}, `a{instance="i",job="j"} 1@0 3@10`},
	{"also where the target's labels make them one series",
		[]string{`a{job="x"} 1` + "\n" + `a{exported_job="x"} 2`}, `a{exported_job="x",instance="i",job="j"} 1@0`},

	{"a sample has the time that the page gives, and is not missed",
		[]string{"a 1 1700000005000", "b 1"}, `a{instance="i",job="j"} 1@5
b{instance="i",job="j"} 1@10`},
	{"which may not be older than the one before",
		[]string{"a 1 1700000005000", "a 2 1700000004000", "a 3 1700000006000"}, `a{instance="i",job="j"} 1@5 3@6`},
	{"nor more than ten minutes ahead, nor an hour behind",
		[]string{"a 1 1700000600000\nb 1 1700000600001\nc 1 1699996400000\nd 1 1699996399999"},
		`a{instance="i",job="j"} 1@600
c{instance="i",job="j"} 1@-3600`},
	{"with its time, a series may stand there again",
		[]string{"a 1\na 2 1700000001000\na 3"}, `a{instance="i",job="j"} 1@0 2@1`},
	{"one that loses its time is missed from then on",
		[]string{"a 1 1699999999000", "a 2", "b 1"}, `a{instance="i",job="j"} 1@-1 2@10 stale@20
b{instance="i",job="j"} 1@20`},
}

func TestScrape(t *testing.T) {
	for _, test := range scrapeCases {
		t.Run(test.name, func(t *testing.T) {
			e := empty(t)
			for i, page := range test.pages {
				e.scrapeText(t, i, "i", page)
			}
			if got := e.dump(t, false); got != test.want {
				t.Errorf("stored:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

// TestScrapeReports checks Prometheus's series about a scrape. Samples are counted as on the page; series count as
// added if the previous page with samples did not have them.
func TestScrapeReports(t *testing.T) {
	e := empty(t)
	for i, page := range []string{"a 1\nb 1", "a 1", "fails", "a 1\nc 1 1\nd 1", "b 1", ""} {
		e.scrapeText(t, i, "i", page)
	}
	const want = `scrape_duration_seconds 0.25@0 0.25@10 0.25@20 0.25@30 0.25@40 0.25@50
scrape_samples_post_metric_relabeling 2@0 1@10 0@20 3@30 1@40 0@50
scrape_samples_scraped 2@0 1@10 0@20 3@30 1@40 0@50
scrape_series_added 2@0 0@10 0@20 1@30 1@40 0@50
up 1@0 1@10 0@20 1@30 1@40 1@50`
	if got := strings.ReplaceAll(e.dump(t, true), `{instance="i",job="j"}`, ""); got != want {
		t.Errorf("stored:\n%s\nwant:\n%s", got, want)
	}
}

// TestScrapeOfUp: a page with its own up does not change Prometheus's up, but comes first.
func TestScrapeOfUp(t *testing.T) {
	e := empty(t)
	e.scrapeText(t, 0, "i", "up{of=\"mine\"} 5\nup 7")
	got, err := e.Instant(t.Context(), `sort(up)`, start)
	const want = `{__name__=up,instance=i,job=j,of=mine} 5; {__name__=up,instance=i,job=j} 7`
	if err != nil || text(got) != want {
		t.Errorf("got %s %v, want %s", text(got), err, want)
	}
}

// TestScrapeExportsShortNamesFirst: labels of the page are renamed in order of length, so that the shortest gets the
// shortest free name.
func TestScrapeExportsShortNamesFirst(t *testing.T) {
	e := empty(t)
	families, err := scrape.Read(strings.NewReader(`a{exported_b="1",b="2"} 1`+"\n"), "text/plain")
	e.Scrape(start, map[string]string{"exported_b": "x", "b": "y"}, families, err, 0)
	const want = `a{b="y",exported_b="x",exported_exported_b="2",exported_exported_exported_b="1"} 1@0`
	if got := e.dump(t, false); got != want {
		t.Errorf("stored %s, want %s", got, want)
	}
}

// TestScrapeOfTwoTargets: a series missing on one target does not make another target's series stale.
func TestScrapeOfTwoTargets(t *testing.T) {
	e := empty(t)
	e.scrapeText(t, 0, "i", "a 1")
	e.scrapeText(t, 0, "other", "a 2")
	e.scrapeText(t, 1, "i", "fails")
	const want = `a{instance="i",job="j"} 1@0 stale@10
a{instance="other",job="j"} 2@0`
	if got := e.dump(t, false); got != want {
		t.Errorf("stored:\n%s\nwant:\n%s", got, want)
	}
}

// TestScrapeOfTheApp: thirty scrapes of the real app, taken at once, represent five minutes. Classic and native
// histograms exist side by side and agree.
func TestScrapeOfTheApp(t *testing.T) {
	e := empty(t)
	service := app(t, 100, 1)
	client := inprocess.Client(service)
	const scrapes = 30
	for i := range scrapes {
		page, err := scrape.Reader{Client: client, Native: true}.Fetch(t.Context(), "http://api:8000/metrics")
		if err != nil {
			t.Fatal(err)
		}
		at := start.Add(time.Duration(i) * 10 * time.Second)
		e.Scrape(at, map[string]string{"job": "myapp", "instance": "api:8000"}, page.Families, nil, time.Millisecond)
	}
	for query, want := range map[string]string{
		`count_over_time(up[5m])`:            `{instance=api:8000,job=myapp} 30`,
		`max(scrape_series_added offset 4m)`: `{} 0`,
		`sum(increase(api_http_request_duration_seconds_count[5m])) == bool ` +
			`histogram_count(sum(increase(api_http_request_duration_seconds[5m])))`: `{} 1`,
		`sum(rate(api_http_request_total[5m])) > bool 0`:                                                `{} 1`,
		`count(api_http_request_duration_seconds) == bool count(api_http_request_duration_seconds_sum)`: `{} 1`,
	} {
		got, err := e.Instant(t.Context(), query, start.Add((scrapes-1)*10*time.Second))
		if err != nil || text(got) != want {
			t.Errorf("%s\n got %s %v\nwant %s", query, text(got), err, want)
		}
	}
}

func empty(t testing.TB) *Engine {
	t.Helper()
	e, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// scrapeText gives the engine the nth scrape of an instance of job j.
func (e *Engine) scrapeText(t testing.TB, nth int, instance, page string) Outcome {
	t.Helper()
	var families []scrape.Family
	err := errors.New("connection refused")
	if page != "fails" {
		if families, err = scrape.Read(strings.NewReader(page+"\n"), "text/plain"); err != nil {
			t.Fatal(err)
		}
	}
	at := start.Add(time.Duration(nth) * 10 * time.Second)
	return e.Scrape(at, map[string]string{"job": "j", "instance": instance}, families, err, 250*time.Millisecond)
}

// dump writes everything stored, one series on a line, each value with its seconds from start: either the series
// about scrapes or all others.
func (e *Engine) dump(t *testing.T, reports bool) string {
	t.Helper()
	isName := func(label string) bool { return label == "__name__" }
	var lines []string
	for _, series := range e.store.all {
		if reports != isReport(series) {
			continue
		}
		line := series.labels.Get("__name__") + strings.ReplaceAll(series.labels.DropReserved(isName).String(), ", ", ",")
		for _, s := range series.samples {
			value := fmt.Sprint(s.v)
			switch {
			case s.isStale():
				value = "stale"
			case s.h != nil:
				value = s.h.String()
			}
			line += fmt.Sprintf(" %s@%d", value, time.UnixMilli(s.t).Sub(start)/time.Second)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func isReport(s *series) bool {
	name := s.labels.Get("__name__")
	return name == "up" || strings.HasPrefix(name, "scrape_")
}
