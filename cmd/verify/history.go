package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/internal/engine"
	"gaugewright/internal/inprocess"
	"gaugewright/internal/rules"
	"gaugewright/internal/scrape"
)

// history fills an engine with scrapes. Their times are an interval apart, however quickly they are taken.
type history struct {
	engine   *engine.Engine
	rules    *rules.Runner
	job      string
	labels   map[string]map[string]string // of a job's series
	interval time.Duration
	slowest  time.Duration // longest interval of a rule group
	pause    time.Duration // real time between two scrapes of services in this process
	maxPage  scrape.Size
	pages    pageFacts
}

func newHistory(f files) (*history, error) {
	e, err := engine.New(nil)
	if err != nil {
		return nil, err
	}
	runner, err := rules.NewRunner(e, f.groups(), rules.External{})
	if err != nil {
		return nil, err
	}
	h := &history{engine: e, rules: runner, job: f.job, labels: f.labels, interval: f.interval, pause: pause}
	for _, group := range f.groups() {
		h.slowest = max(h.slowest, time.Duration(group.Interval))
	}
	return h, nil
}

// maxEarlier limits, roughly, the additional scrapes for slow rule groups.
const maxEarlier = 120

// times returns the times of the given number of scrapes, an interval apart, up to the end. More come before them, so
// that every rule group is evaluated twice after the first scrape, when there are no rates yet.
func (h *history) times(end time.Time, scrapes int) []time.Time {
	recent := time.Duration(scrapes-1) * h.interval
	step := max(h.interval, 2*h.slowest/maxEarlier)
	earlier := max(0, 2*(h.slowest+step)-recent) // a group that is due waits for the next scrape
	var times []time.Time
	for n := (earlier + step - 1) / step; n > 0; n-- {
		times = append(times, end.Add(-recent-n*step))
	}
	for ; recent >= 0; recent -= h.interval {
		times = append(times, end.Add(-recent))
	}
	return times
}

// page is the source of a scrape.
type page struct {
	client *http.Client // nil: over the network
	job    string       // empty: the history's job
	url    string
}

// scrape takes one scrape of each page, all at the given time, and then evaluates the rules.
func (h *history) scrape(ctx context.Context, pages []page, at time.Time) error {
	for _, p := range pages {
		started := time.Now()
		page, err := scrape.Reader{Client: p.client, MaxBytes: h.maxPage}.Fetch(ctx, p.url)
		if err != nil {
			return err
		}
		u, err := url.Parse(p.url)
		if err != nil {
			return err
		}
		target := map[string]string{"job": cmp.Or(p.job, h.job), "instance": u.Host}
		maps.Copy(target, h.labels[target["job"]])
		h.pages.take(u, page, h.engine.Scrape(at, target, page.Families, nil, time.Since(started)))
	}
	// An error comes up again, and is reported, when the rules are judged.
	_ = h.rules.Eval(ctx, at)
	return ctx.Err()
}

// The default target: enough instances for grouping, and enough scrapes to fill windows of five minutes. Queries over
// an hour are excused.
const (
	instances = 3
	scrapes   = 31 // five minutes, both ends included
	pause     = 25 * time.Millisecond
	rate      = 500 // requests a second to each instance, while the scrapes are taken
)

// runApp starts the repository's service several times in this process, sends it traffic, and scrapes it. It forces
// some garbage collections, for the metrics that appear with the first one.
func (h *history) runApp(ctx context.Context, end time.Time) error {
	return h.runAppAt(ctx, h.times(end, scrapes))
}

// runAppAt is runApp with given scrape times.
func (h *history) runAppAt(ctx context.Context, times []time.Time) error {
	driving, stop := context.WithCancel(ctx)
	ended := make(chan error, instances)
	var pages []page
	for i := range instances {
		service, err := newService(uint64(i))
		if err != nil {
			stop()
			return err
		}
		defer service.Close()
		base := fmt.Sprintf("http://app-%d:8000", i+1)
		client := inprocess.Client(service.Handler())
		traffic := server.Traffic{URL: base, Rate: rate, Client: client, Seed: uint64(i)}
		go func() { ended <- traffic.Run(driving) }()
		pages = append(pages, page{client: client, url: base + "/metrics"})
	}
	err := h.follow(ctx, pages, times)
	stop()
	for range pages {
		if e := <-ended; err == nil {
			err = e
		}
	}
	return err
}

// newService returns a healthy instance whose durations are simulated, not waited for.
func newService(seed uint64) (*server.Server, error) {
	return server.New(prometheus.NewRegistry(), server.Options{
		Seed: seed,
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
}

func (h *history) follow(ctx context.Context, pages []page, times []time.Time) error {
	for i, at := range times {
		if i%3 == 0 {
			runtime.GC()
		}
		if err := wait(ctx, h.pause); err != nil {
			return err
		}
		if err := h.scrape(ctx, pages, at); err != nil {
			return fmt.Errorf("scraping the service in this process: %w", err)
		}
	}
	return nil
}

// A running service is scraped a few times. Its numbers then stand for a longer time.
const (
	targetScrapes = 6
	targetTime    = 2500 * time.Millisecond // for all scrapes
)

// scrapeTargets scrapes running services.
func (h *history) scrapeTargets(ctx context.Context, pages []page, end time.Time) error {
	times := h.times(end, targetScrapes)
	for i, at := range times {
		if i > 0 {
			if err := wait(ctx, targetTime/time.Duration(len(times)-1)); err != nil {
				return err
			}
		}
		if err := h.scrape(ctx, pages, at); err != nil {
			return err
		}
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
