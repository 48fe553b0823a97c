// Package scenario is an hour of the example service with something to see: two instances, a release that fails, a slow
// path, and a release that leaks memory and goroutines. It is recorded once, into a small file that diff compares on and
// that pictures are drawn of. The times of the hour are made: Play takes the clock from package time, so that in a test's
// bubble it needs seconds. It serves no network, and knows no board.
package scenario

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gaugewright/app/server"
	"gaugewright/internal/inprocess"
)

// The run. It is longer than the hour that is looked at, so that rates and comparisons with a quarter of an hour, an hour
// ago, are there at its end.
const (
	Length   = 75 * time.Minute
	Interval = 10 * time.Second // between two scrapes
	Job      = "myapp"

	rate = 25 // requests a second to each instance
)

// End is when the run ends.
var End = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// Release is one process of an instance: from one deployment to the next.
type Release struct {
	Instance string
	From, To time.Duration // since the beginning of the run
	Before   time.Duration // how long the process has run before it is scraped
	Leak     server.Leak
}

// Releases are all processes. The leak comes to 90 MB in its twenty minutes.
var Releases = []Release{
	{Instance: "app-1:8000", To: 29 * time.Minute, Before: 10 * time.Minute},
	{Instance: "app-1:8000", From: 29 * time.Minute, To: 37 * time.Minute, Leak: server.Leak{Errors: 0.3}},
	{Instance: "app-1:8000", From: 37 * time.Minute, To: Length},
	{Instance: "app-2:8000", To: 53 * time.Minute, Before: 10 * time.Minute},
	{Instance: "app-2:8000", From: 53 * time.Minute, To: Length, Leak: server.Leak{Memory: 8 << 10, Goroutines: 1}},
}

// The searches of both instances are slow for some time.
const (
	slowPath         = "/search"
	slowFrom, slowTo = 39 * time.Minute, 52 * time.Minute
	slowFactor       = 30
	slowMost         = 4 * time.Second
)

// Begin returns when the release starts to be scraped.
func (r Release) Begin() time.Time { return End.Add(r.From - Length) }

// Play runs the service with its clients until the release ends, and gives each scrape's page to keep. It first waits for
// the time at which the process starts.
func (r Release) Play(ctx context.Context, seed uint64, keep func(at time.Time, page io.Reader) error) error {
	time.Sleep(time.Until(r.Begin().Add(-r.Before)))
	service, err := server.New(prometheus.NewRegistry(), server.Options{Seed: seed, Leak: r.Leak, Wait: wait})
	if err != nil {
		return err
	}
	defer service.Close()
	client := inprocess.Client(withPath(service.Handler()))
	base := "http://" + r.Instance
	driving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- server.Traffic{URL: base, Rate: rate, Client: client, Seed: seed}.Run(driving) }()
	err = r.scrape(client, base+"/metrics", keep)
	stop()
	if e := <-ended; err == nil {
		err = e
	}
	return err
}

// scrape takes a scrape at the end of each interval.
func (r Release) scrape(client *http.Client, url string, keep func(at time.Time, page io.Reader) error) error {
	for at := r.Begin().Add(Interval); !at.After(End.Add(r.To - Length)); at = at.Add(Interval) {
		time.Sleep(time.Until(at))
		answer, err := client.Get(url)
		if err != nil {
			return err
		}
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", url, answer.Status)
		}
		if err := keep(at, answer.Body); err != nil {
			return err
		}
	}
	return nil
}

type pathKey struct{}

// withPath tells wait the path of a request.
func withPath(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), pathKey{}, r.URL.Path)))
	})
}

// wait waits for the simulated time of a request, and longer while its path is slow.
func wait(ctx context.Context, d time.Duration) error {
	path, _ := ctx.Value(pathKey{}).(string)
	if since := time.Since(End.Add(-Length)); strings.HasPrefix(path, slowPath) && since >= slowFrom && since < slowTo {
		d = min(slowFactor*d, slowMost)
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
