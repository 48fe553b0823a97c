package main

import (
	"context"
	"errors"
	"time"

	"gaugewright/internal/observe"
	"gaugewright/internal/report"
	"gaugewright/internal/source"
	"gaugewright/internal/verify"
)

// keep is how long the samples of a service are kept that is scraped while it is shown: as long as the recorded run is, so
// that memory stays what it is at the start.
const keep = 75 * time.Minute

// judged is how often verify looks at a service that is scraped: what had not happened at the start may have happened. A
// server is not burdened so.
const judged = 5 * time.Minute

// over is what the boards are shown over.
type over struct {
	source source.Source
	every  time.Duration // between new samples
	judge  time.Duration // between two looks of verify
	begun  time.Time     // when the observation began, where it was too short for a verdict; else zero
	pages  observe.Pages
	// live goes on scraping until the context ends; nil where there is nothing to scrape.
	live  func(ctx context.Context, done func(down error)) error
	close func()
}

// open opens the source that the options name, filled if it is an engine.
func (o *options) open(ctx context.Context, f verify.Files, say func(format string, args ...any)) (*over, error) {
	if o.prometheus != nil {
		say("asking %s", report.Shown(o.prometheus.Redacted()))
		server, err := source.Open(ctx, o.prometheus, o.access)
		return &over{source: server, every: f.Interval, close: func() {}}, err
	}
	observed := f.Observed()
	observed.MaxPage = o.maxPage
	if o.targets != nil {
		return o.openTargets(ctx, observed, say)
	}
	now := time.Now()
	h, isRecorded, err := before(observed, now)
	if err != nil {
		return nil, err
	}
	say("starting the service in this process, with traffic")
	app, err := startApp(ctx)
	if err != nil {
		return nil, err
	}
	shown := scraped(h, app.pages, f.Interval, app.close)
	if isRecorded {
		say("the hour before is a recorded run: a failing release, a slow path, a leak")
	} else {
		shown.begun = now
	}
	return shown, nil
}

// openTargets scrapes running services.
func (o *options) openTargets(ctx context.Context, observed observe.Options, say func(format string, args ...any)) (*over, error) {
	say("scraping %s", report.Count(len(o.targets), "service"))
	h, err := observe.New(observed)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	long, err := h.Targets(ctx, o.targets, now)
	if err == nil && len(h.Pages.Lost) > 0 {
		err = errors.New(h.Pages.Lost[0].String())
	}
	shown := scraped(h, o.targets, observed.Interval, func() {})
	shown.begun = now.Add(-long)
	return shown, err
}

// scraped shows what a history has and goes on with it.
func scraped(h *observe.History, pages []observe.Page, every time.Duration, end func()) *over {
	return &over{
		source: source.Memory{Engine: h.Engine}, every: every, judge: judged, pages: h.Pages, close: end,
		live: func(ctx context.Context, done func(error)) error { return h.Live(ctx, pages, every, keep, done) },
	}
}
