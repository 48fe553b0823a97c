package observe

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"time"

	"gaugewright/internal/inprocess"
)

// App is a service in this process.
type App struct {
	Name    string // the instance is NAME:8000
	Handler http.Handler
	// Drive sends it traffic until the context ends, which is no error.
	Drive func(ctx context.Context, url string, client *http.Client) error
}

func (a App) url() string { return fmt.Sprintf("http://%s:8000", a.Name) }

// Page returns the service's metrics.
func (a App) Page() Page { return Page{Client: inprocess.Client(a.Handler), URL: a.url() + "/metrics"} }

// AppScrapes is how many scrapes fill windows of five minutes at an interval of ten seconds, both ends included. Queries
// over an hour are excused.
const AppScrapes = 31

// Apps scrapes services in this process at the given times, while they have traffic, with a pause before each. It forces
// some garbage collections, for the metrics that appear with the first one.
func (h *History) Apps(ctx context.Context, apps []App, times []time.Time, pause time.Duration) error {
	driving, stop := context.WithCancel(ctx)
	ended := make(chan error, len(apps))
	var pages []Page
	for _, app := range apps {
		page := app.Page()
		go func() { ended <- app.Drive(driving, app.url(), page.Client) }()
		pages = append(pages, page)
	}
	err := h.take(ctx, pages, times, func(n int) error {
		if n%3 == 0 {
			runtime.GC()
		}
		return wait(ctx, pause)
	})
	if err != nil {
		err = fmt.Errorf("scraping the service in this process: %w", err)
	}
	stop()
	for range pages {
		if e := <-ended; err == nil {
			err = e
		}
	}
	return err
}
