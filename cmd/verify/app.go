package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/internal/observe"
)

// The service that is judged by default.
const (
	instances = 3                     // enough for grouping
	rate      = 500                   // requests a second to each instance, while the scrapes are taken
	pause     = 25 * time.Millisecond // real time between two scrapes
)

// observeApp starts this repository's service several times in this process, with traffic, and scrapes it.
func observeApp(ctx context.Context, h *observe.History, end time.Time) error {
	var apps []observe.App
	for i := range instances {
		service, err := newService(uint64(i))
		if err != nil {
			return err
		}
		defer service.Close()
		apps = append(apps, observe.App{
			Name:    fmt.Sprintf("app-%d", i+1),
			Handler: service.Handler(),
			Drive: func(ctx context.Context, url string, client *http.Client) error {
				return server.Traffic{URL: url, Rate: rate, Client: client, Seed: uint64(i)}.Run(ctx)
			},
		})
	}
	return h.Apps(ctx, apps, h.Times(end, observe.AppScrapes), pause)
}

// newService returns a healthy instance whose durations are simulated, not waited for.
func newService(seed uint64) (*server.Server, error) {
	return server.New(prometheus.NewRegistry(), server.Options{
		Seed: seed,
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
}
