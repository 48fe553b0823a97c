package server

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	maxRate     = 1000 // requests a second; traffic for the boards, not a load test
	maxAtOnce   = 64   // requests in flight: a server that hangs slows the traffic down
	requestTime = 10 * time.Second
	maxAnswer   = 1 << 20 // bytes read of an answer
	maxLag      = time.Second
	knockLeast  = 250 * time.Millisecond // between attempts while the server is away, doubling
	knockMost   = 5 * time.Second
	reportEvery = time.Minute
)

// Traffic sends a shop the requests of its clients.
type Traffic struct {
	URL  string  // of the shop, such as http://api:8000
	Rate float64 // average requests a second, up to 1,000
	// Client sends the requests. Nil means a client with a timeout of 10 s.
	Client *http.Client
	// Logger receives a message when the server goes away or comes back, and totals once a minute. Nil discards them.
	Logger *slog.Logger
	// Seed seeds the mix and the gaps between requests.
	Seed uint64
}

// Run sends requests to the shop until the context ends, and returns nil after the last request. While the server is
// away it tries from time to time, and continues when the server is back. An unusable URL or rate is an error.
func (t Traffic) Run(ctx context.Context) error {
	base, err := url.Parse(t.URL)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return fmt.Errorf("traffic: %q is not a server's address: use one like http://localhost:8000", t.URL)
	}
	if !(t.Rate > 0 && t.Rate <= maxRate) {
		return fmt.Errorf("traffic: a rate of %v: use more than 0 and at most %d requests a second", t.Rate, maxRate)
	}
	d := &driver{client: t.Client, base: strings.TrimRight(base.String(), "/"), logger: t.Logger}
	if d.client == nil {
		d.client = newClient()
		defer d.client.CloseIdleConnections()
	}
	if d.logger == nil {
		d.logger = slog.New(slog.DiscardHandler)
	}
	d.drive(ctx, t.Rate, rand.New(rand.NewPCG(t.Seed, 1)))
	return nil
}

func newClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = maxAtOnce // The default of 2 opens a connection for nearly every request.
	return &http.Client{Transport: transport, Timeout: requestTime}
}

// driver is running Traffic.
type driver struct {
	client *http.Client
	base   string
	logger *slog.Logger

	mu         sync.Mutex
	away       bool
	told       bool      // the log has said that the server is away
	toldAt     time.Time // when it last said so
	answered   int       // since the last report, like the next two
	failed     int       // answered with 400 or above
	unanswered int
}

// drive sends requests at random times, like independent clients.
func (d *driver) drive(ctx context.Context, rate float64, random *rand.Rand) {
	var running sync.WaitGroup
	defer running.Wait()
	slots := make(chan struct{}, maxAtOnce)
	next, report := time.Now(), time.Now().Add(reportEvery)
	for {
		next = next.Add(time.Duration(random.ExpFloat64() / rate * float64(time.Second)))
		if time.Since(next) > maxLag {
			next = time.Now() // Requests that were late are skipped: sending them now would be a burst.
		}
		if sleep(ctx, time.Until(next)) != nil || d.knock(ctx, random) != nil {
			return
		}
		if !time.Now().Before(report) {
			d.report()
			report = time.Now().Add(reportEvery)
		}
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		request := choose(random)
		running.Go(func() {
			d.send(ctx, request)
			<-slots
		})
	}
}

// knock returns when the server answers, usually at once. While the server is away it sends one request at a time, at
// growing intervals. The error is the context's.
func (d *driver) knock(ctx context.Context, random *rand.Rand) error {
	for pause := knockLeast; d.isAway(); pause = min(2*pause, knockMost) {
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		d.send(ctx, choose(random))
	}
	return nil
}

func (d *driver) isAway() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.away
}

func (d *driver) send(ctx context.Context, v visit) {
	request, err := http.NewRequestWithContext(ctx, v.method, d.base+v.target, strings.NewReader(v.body))
	if err != nil {
		d.outcome(0, err) // Outside the mix, since a base URL may not be valid for it.
		return
	}
	answer, err := d.client.Do(request)
	if err != nil {
		if ctx.Err() == nil {
			d.outcome(0, err)
		}
		return
	}
	// The connection can be used again only if the answer is read to its end.
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	d.outcome(answer.StatusCode, nil)
}

// outcome counts one request, and logs when the server goes away or comes back.
func (d *driver) outcome(status int, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	was := d.away
	d.away = err != nil
	switch {
	case err != nil:
		d.unanswered++
	case status >= http.StatusBadRequest:
		d.failed++
		fallthrough
	default:
		d.answered++
	}
	switch {
	case d.away && !was && time.Since(d.toldAt) >= reportEvery: // A server that comes and goes must not fill the log.
		d.told, d.toldAt = true, time.Now()
		d.logger.Warn("the server does not answer; trying until it does", "error", err)
	case !d.away && d.told:
		d.told = false
		d.logger.Info("the server answers again")
	}
}

func (d *driver) report() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.logger.Info("traffic of the last minute", "answered", d.answered, "failed", d.failed, "unanswered", d.unanswered)
	d.answered, d.failed, d.unanswered = 0, 0, 0
}
