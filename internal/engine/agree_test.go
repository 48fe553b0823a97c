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

// patience is the time after which Prometheus gives a scrape up, and begins the next.
const patience = 500 * time.Millisecond

// TestScrapesAsPrometheus lets a real Prometheus scrape services that answer in every way, ordinary and odd, records
// what they answer, and gives the engine the recorded pages at the times that Prometheus tells. From then on both have
// the same series, values, gaps and histograms, and answer every query of every board alike.
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
				end = last // for so long, Prometheus has no scrape that is not recorded
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

// TestQueriesAsPrometheus gives a real Prometheus all that the engine has after more than an hour of scrapes, staleness
// markers too, and compares the answers to every query of every board: now the long windows and offsets find something.
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

// job is a job for Prometheus, with more of its settings.
type job struct {
	name, options string
	targets       []*recorder
}

// scrapeConfig is a configuration of Prometheus that scrapes all targets, which begin to listen.
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

// scraped waits for so many scrapes of the target and tells when Prometheus says that they were.
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

// scrapeAll gives an engine all scrapes, in order of time, and tells when the first was.
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
			err = context.DeadlineExceeded // the machine was busy; Prometheus has not seen what was recorded
		}
		e.Scrape(s.at, s.labels, families, err, s.took)
	}
	return e, all[0].at
}

// comparison is of what both say about the time from start to end.
type comparison struct {
	ours           *Engine
	theirs         prometheus
	start, end     time.Time
	step, interval time.Duration
}

// series compares all samples and, by short steps, from when to when each series is found. The engine is not told of
// the duplicates on the odd page, which Prometheus counts.
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

// lookUps compares what variables ask, over a time that has all samples in it: Prometheus rounds it to its blocks.
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

// boards compares the answers to all queries of all boards.
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
		t.Errorf("that is too many to compare anything:\n%s", strings.Join(empty, "\n"))
	}
}

// at compares the answers at one time.
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

// overTime compares the answers from start to end.
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
