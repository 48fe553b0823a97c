// Package observe fills an engine with what a service exposes: a service in this process, or running ones at a URL. It
// scrapes them several times, stores each scrape at a time of its own, and evaluates rules as Prometheus would. What
// runs in this process is passed in, so the package knows no service. It judges nothing.
package observe

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"time"

	"gaugewright/internal/engine"
	"gaugewright/internal/rules"
	"gaugewright/internal/scrape"
)

// Options are what Prometheus's configuration says.
type Options struct {
	Groups   []rules.Group
	Job      string                       // of pages without one of their own
	Labels   map[string]map[string]string // of a job's series
	Interval time.Duration                // between two scrapes
	MaxPage  scrape.Size                  // 0: the default of package scrape
	// HonorLabels keeps a job or instance of the page's own, as Prometheus's honor_labels does.
	HonorLabels bool
	Show        func(done, of int) // is told of each scrape of all pages, first of none; nil: nobody
}

// Page is the source of a scrape.
type Page struct {
	Client *http.Client // nil: over the network, where a busy or failing service is asked again
	Job    string       // empty: that of the options
	URL    string
}

// History fills an engine with scrapes. Their times are an interval apart, however quickly they are taken.
type History struct {
	Engine  *engine.Engine
	Pages   Pages
	rules   *rules.Runner
	options Options
	slowest time.Duration   // longest interval of a rule group
	lost    map[string]bool // by address: pages that could not be read
}

// New returns a history without a scrape.
func New(options Options) (*History, error) {
	e, err := engine.New(nil)
	if err != nil {
		return nil, err
	}
	return over(e, options)
}

// over returns a history over an engine.
func over(e *engine.Engine, options Options) (*History, error) {
	e.HonorLabels = options.HonorLabels
	runner, err := rules.NewRunner(e, options.Groups, rules.External{})
	if err != nil {
		return nil, err
	}
	h := &History{Engine: e, rules: runner, options: options, lost: map[string]bool{}}
	for _, group := range options.Groups {
		h.slowest = max(h.slowest, time.Duration(group.Interval))
	}
	return h, nil
}

// maxEarlier limits, roughly, the additional scrapes for slow rule groups.
const maxEarlier = 120

// Times returns the times of the given number of scrapes, an interval apart, up to the end. More come before them, so
// that every rule group is evaluated twice after the first scrape, when there are no rates yet.
func (h *History) Times(end time.Time, scrapes int) []time.Time {
	interval := h.options.Interval
	recent := time.Duration(scrapes-1) * interval
	step := max(interval, 2*h.slowest/maxEarlier)
	earlier := max(0, 2*(h.slowest+step)-recent) // a group that is due waits for the next scrape
	var times []time.Time
	for n := (earlier + step - 1) / step; n > 0; n-- {
		times = append(times, end.Add(-recent-n*step))
	}
	for ; recent >= 0; recent -= interval {
		times = append(times, end.Add(-recent))
	}
	return times
}

// take scrapes the pages at the given times, each after what comes before the scrape of that number, from 0.
func (h *History) take(ctx context.Context, pages []Page, times []time.Time, before func(n int) error) error {
	ctx = engine.WithAllowance(ctx) // for the rules
	for n, at := range times {
		h.show(n, len(times))
		if err := before(n); err != nil {
			return err
		}
		if err := h.scrape(ctx, pages, at); err != nil {
			return err
		}
	}
	return nil
}

// scrape takes one scrape of each page, all at the given time, and then evaluates the rules. A page that cannot be read is lost,
// and not asked again; it is an error only where no other page is left.
func (h *History) scrape(ctx context.Context, pages []Page, at time.Time) error {
	for _, p := range pages {
		u, err := url.Parse(p.URL)
		if err != nil {
			return err
		}
		if h.lost[p.URL] {
			continue
		}
		page, outcome, err := h.store(ctx, p, u, at)
		if err == nil {
			h.Pages.take(u, page, outcome)
			if isLarge(page) {
				runtime.GC()
			}
			continue
		}
		h.Pages.lose(u, err)
		h.lost[p.URL] = true
		if ctx.Err() != nil || !slices.ContainsFunc(pages, func(p Page) bool { return !h.lost[p.URL] }) {
			return err
		}
	}
	// An error comes up again, and is reported, when the rules are judged.
	_ = h.rules.Eval(ctx, at)
	return ctx.Err()
}

// isLarge reports whether a page takes so much memory that it has to be free before the next one is read. The collector on
// its own would wait until there are two.
func isLarge(page scrape.Page) bool {
	samples := 0
	for _, family := range page.Families {
		samples += len(family.Samples)
	}
	return samples > 50_000
}

// store fetches a page and stores it, or that it could not be fetched.
func (h *History) store(ctx context.Context, p Page, u *url.URL, at time.Time) (scrape.Page, engine.Outcome, error) {
	started := time.Now()
	page, err := scrape.Reader{Client: p.Client, MaxBytes: h.options.MaxPage}.Fetch(ctx, p.URL)
	target := map[string]string{"job": cmp.Or(p.Job, h.options.Job), "instance": u.Host}
	maps.Copy(target, h.options.Labels[target["job"]])
	return page, h.Engine.Scrape(at, target, page.Families, err, time.Since(started)), err
}

// show tells how many scrapes are done.
func (h *History) show(done, of int) {
	if h.options.Show != nil {
		h.options.Show(done, of)
	}
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
