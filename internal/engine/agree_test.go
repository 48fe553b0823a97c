package engine

import (
	"context"
	"fmt"
	"math"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/query"
)

// patience is the scrape timeout and interval of the real Prometheus.
const patience = 500 * time.Millisecond

// TestScrapesAsPrometheus: a real Prometheus scrapes services with ordinary and odd responses, and the test records
// them. The engine gets the recorded pages at Prometheus's times. Then both have the same series, values, gaps and
// histograms, and return the same results for every query of every board.
func TestScrapesAsPrometheus(t *testing.T) {
	t.Parallel()
	const interval, scrapes = patience, 20
	jobs := []job{
		{"myapp", "", []*recorder{app(t, scrapes, 1), app(t, scrapes, 2, 12)}},
		{"native", "scrape_native_histograms: true, always_scrape_classic_histograms: true, ",
			[]*recorder{app(t, scrapes, 3, 8)}},
		{"odd", "", []*recorder{odd(scrapes, time.Now)}},
	}
	p := startPrometheus(t, scrapeConfig(t, jobs, interval), "--scrape.discovery-reload-interval=100ms")
	var all []timed
	end := time.Now().Add(time.Hour)
	for _, job := range jobs {
		for _, target := range job.targets {
			scraped := p.scraped(t, target, map[string]string{"job": job.name, "instance": target.address}, scrapes)
			if last := scraped[scrapes-1].at; last.Before(end) {
				end = last // until then, all of Prometheus's scrapes are recorded
			}
			all = append(all, scraped...)
		}
	}
	ours, start := scrapeAll(t, all)
	c := comparison{ours: ours, theirs: p, start: start, end: end, step: interval, interval: interval}
	c.series(t)
	c.lookUps(t)
	c.boards(t)
	for _, native := range []string{
		`histogram_quantile(0.9, rate(%s[2s]))`, `histogram_count(increase(%s[2s]))`, `histogram_avg(sum(%s))`,
		`sum by (path) (rate(%s[2s])) * 2`, `histogram_fraction(0, 0.3, %s)`, `avg_over_time(%s[1s])`, `resets(%s[5s])`,
	} {
		if query := fmt.Sprintf(native, "api_http_request_duration_seconds"); len(c.overTime(t, query)) == 0 {
			t.Errorf("%s finds nothing", query)
		}
	}
}

// TestQueriesAsPrometheus writes everything of the engine after more than an hour of scrapes, with staleness markers,
// to a real Prometheus. It compares the results of every query of every board: with an hour of data, long windows and
// offsets find something.
func TestQueriesAsPrometheus(t *testing.T) {
	t.Parallel()
	const interval, scrapes = 30 * time.Second, 160
	p := startPrometheus(t, "", "--web.enable-remote-write-receiver")
	start := time.UnixMilli(1_700_000_000_000)
	now := start
	targets := []*recorder{app(t, scrapes, 1), app(t, scrapes, 2, 70, 130), odd(scrapes, func() time.Time { return now })}
	var all []timed
	for nth := range scrapes {
		for i, target := range targets {
			now = start.Add(time.Duration(nth)*interval + time.Duration(i)*time.Second)
			target.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil))
			labels := map[string]string{"job": []string{"myapp", "myapp", "odd"}[i], "instance": fmt.Sprint(i)}
			all = append(all, timed{target.pages[nth], labels, now, time.Millisecond})
		}
	}
	ours, _ := scrapeAll(t, all)
	p.write(t, ours)
	end := start.Add(scrapes * interval)
	for _, c := range []comparison{
		{ours: ours, theirs: p, start: end.Add(-time.Hour), end: end, step: interval, interval: interval},
		{ours: ours, theirs: p, start: start, end: end, step: 2 * time.Minute, interval: interval},
	} {
		c.series(t)
		c.boards(t)
	}
}

// job is a scrape job of Prometheus with additional settings.
type job struct {
	name, options string
	targets       []*recorder
}

// scrapeConfig returns a Prometheus configuration that scrapes all targets, and starts them.
func scrapeConfig(t *testing.T, jobs []job, interval time.Duration) string {
	config := fmt.Sprintf("global: {scrape_interval: %v, scrape_timeout: %v}\nscrape_configs:\n", interval, interval)
	for _, job := range jobs {
		var addresses []string
		for _, target := range job.targets {
			server := httptest.NewServer(target)
			t.Cleanup(server.Close)
			target.address = server.Listener.Addr().String()
			addresses = append(addresses, target.address)
		}
		config += fmt.Sprintf("- {job_name: %s, %sstatic_configs: [{targets: ['%s']}]}\n",
			job.name, job.options, strings.Join(addresses, "', '"))
	}
	return config
}

// timed is a recorded page and its scrape.
type timed struct {
	page
	labels map[string]string
	at     time.Time
	took   time.Duration
}

// scraped waits for count scrapes of the target, and returns them with Prometheus's times.
func (p prometheus) scraped(t *testing.T, target *recorder, labels map[string]string, count int) []timed {
	t.Helper()
	var took map[int64][]float64
	p.wait(t, func() bool {
		query := fmt.Sprintf(`scrape_duration_seconds{job=%q,instance=%q}[1h]`, labels["job"], labels["instance"])
		found, _ := p.instant(t, query, time.Now())
		for _, took = range found {
		}
		return len(took) >= count
	})
	target.mu.Lock()
	defer target.mu.Unlock()
	var all []timed
	for i, at := range union(took, nil)[:count] {
		nanoseconds := time.Duration(math.Round(took[at][0] * 1e9))
		all = append(all, timed{target.pages[i], labels, time.UnixMilli(at), nanoseconds})
	}
	return all
}

// scrapeAll stores all scrapes in an engine, in order of time. It returns the time of the first.
func scrapeAll(t *testing.T, all []timed) (*Engine, time.Time) {
	t.Helper()
	e, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b timed) int { return a.at.Compare(b.at) })
	for _, s := range all {
		families, err := s.page.families()
		if s.took >= patience {
			err = context.DeadlineExceeded // the machine was busy: Prometheus missed a recorded page
		}
		e.Scrape(s.at, s.labels, families, err, s.took)
	}
	return e, all[0].at
}

// comparison compares both over the time from start to end.
type comparison struct {
	ours           *Engine
	theirs         prometheus
	start, end     time.Time
	step, interval time.Duration
}

// series compares all samples and, in short steps, the time in which each series is found. It skips the duplicates on
// the odd page: Prometheus counts them, the engine never sees them.
func (c comparison) series(t *testing.T) {
	t.Helper()
	length := c.end.Sub(c.start).Milliseconds() + 1
	c.step /= 4
	for _, selector := range []string{
		`{__name__=~".+",__name__!~"scrape_samples_.+"}`, `{__name__=~"scrape_samples_.+",job!="odd"}`,
	} {
		if len(c.overTime(t, selector)) == 0 {
			t.Errorf("%s finds nothing", selector)
		}
		c.at(t, fmt.Sprintf("%s[%dms]", selector, length), c.end)
	}
}

// lookUps compares the look-ups of variables over a time that has all samples, since Prometheus rounds it to its
// blocks.
func (c comparison) lookUps(t *testing.T) {
	t.Helper()
	from, to := c.start.Add(-time.Hour), c.end.Add(time.Hour)
	for selector, label := range map[string]string{
		`up{job="myapp"}`: "instance", `api_http_request_total{path!~"/health|/metrics"}`: "path",
		`{job="odd"}`: "__name__", `gone`: "job", `nothing`: "job",
	} {
		asked := url.Values{"match[]": {selector}, "start": {seconds(from)}, "end": {seconds(to)}}
		values, err := c.ours.LabelValues(t.Context(), selector, label, from, to)
		if err != nil {
			t.Fatal(err)
		}
		var wanted []string
		c.theirs.get(t, "/api/v1/label/"+label+"/values", asked, &wanted)
		if !slices.Equal(values, wanted) {
			t.Errorf("values of %s of %s\n        ours %q\nPrometheus's %q", label, selector, values, wanted)
		}
		series, err := c.ours.Series(t.Context(), selector, from, to)
		if err != nil {
			t.Fatal(err)
		}
		var wantedSeries []map[string]string
		c.theirs.get(t, "/api/v1/series", asked, &wantedSeries)
		if got, want := sortedLines(series), sortedLines(wantedSeries); got != want {
			t.Errorf("series of %s\n        ours\n%s\nPrometheus's\n%s", selector, got, want)
		}
	}
}

func sortedLines(series []map[string]string) string {
	var lines []string
	for _, labels := range series {
		lines = append(lines, fmt.Sprint(labels))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// boards compares the results of all queries of all boards.
func (c comparison) boards(t *testing.T) {
	t.Helper()
	times := query.Times{From: c.start, To: c.end, Interval: c.step, Scrape: c.interval}
	var total, series, points int
	var empty []string
	for _, board := range boards(t) {
		for _, text := range board.queries {
			put, err := query.Interpolate(text, board.variables, times)
			if err != nil {
				t.Fatalf("%s: %v", board.file, err)
			}
			found := c.overTime(t, put)
			c.at(t, put, c.end)
			c.at(t, put, c.start.Add(c.end.Sub(c.start)/2))
			total++
			series += len(found)
			for _, one := range found {
				points += len(one)
			}
			if len(found) == 0 {
				empty = append(empty, text)
			}
		}
	}
	t.Logf("%d queries over %s: %d series, %d values; %d answers are empty",
		total, c.end.Sub(c.start), series, points, len(empty))
	if len(empty) > total/5 {
		t.Errorf("too many are empty for a comparison:\n%s", strings.Join(empty, "\n"))
	}
}

// at compares the results at one time.
func (c comparison) at(t *testing.T, query string, at time.Time) {
	t.Helper()
	got, err := c.ours.Instant(t.Context(), query, at)
	if err != nil {
		t.Fatal(err)
	}
	theirs, remarks := c.theirs.instant(t, query, at)
	if diff := got.difference(theirs, remarks); diff != "" {
		t.Errorf("%s\nat %s:\n%s", query, seconds(at), diff)
	}
}

// overTime compares the results from start to end.
func (c comparison) overTime(t *testing.T, query string) answer {
	t.Helper()
	got, err := c.ours.Range(t.Context(), query, c.start, c.end, c.step)
	if err != nil {
		t.Fatal(err)
	}
	theirs, remarks := c.theirs.queryRange(t, query, c.start, c.end, c.step)
	if diff := got.difference(theirs, remarks); diff != "" {
		t.Errorf("%s\nfrom %s to %s by %s:\n%s", query, seconds(c.start), seconds(c.end), c.step, diff)
	}
	return theirs
}
