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
	maxRate     = 1000 // requests a second; this is traffic to look at, not a load test
	maxAtOnce   = 64   // requests in flight: a server that hangs slows the traffic down
	requestTime = 10 * time.Second
	maxAnswer   = 1 << 20 // bytes read of an answer
	maxLag      = time.Second
	knockLeast  = 250 * time.Millisecond // between attempts while the server is away, doubling
	knockMost   = 5 * time.Second
	reportEvery = time.Minute
)

// Traffic sends a shop the mix of requests that its clients would.
type Traffic struct {
	URL  string  // of the shop, such as http://api:8000
	Rate float64 // requests a second on the average, up to 1,000
	// Client sends the requests. Nil means one of its own with a timeout of 10 s.
	Client *http.Client
	// Logger is told when the server goes away and comes back, and the sums once a minute. Nil discards them.
	Logger *slog.Logger
	// Seed starts the random source of the mix and of the gaps between requests.
	Seed uint64
}

// Run drives the shop until the context ends, and then returns nil once the last request has ended. While the server is
// away it knocks from time to time, and goes on when it is back. The error is about a URL or a rate that cannot be
// used.
func (t Traffic) Run(ctx context.Context) error {
	base, err := url.Parse(t.URL)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return fmt.Errorf("traffic: %q is no address of a server: want one like http://localhost:8000", t.URL)
	}
	if !(t.Rate > 0 && t.Rate <= maxRate) {
		return fmt.Errorf("traffic: a rate of %v: want more than 0 and at most %d requests a second", t.Rate, maxRate)
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

// driver is Traffic on its way.
type driver struct {
	client *http.Client
	base   string
	logger *slog.Logger

	mu         sync.Mutex
	away       bool
	told       bool      // the log says that the server is away
	toldAt     time.Time // when it last did
	answered   int       // since the last report, like the next two
	failed     int       // answered with 400 or above
	unanswered int
}

// drive sends requests at random moments, like clients that know nothing of one another.
func (d *driver) drive(ctx context.Context, rate float64, random *rand.Rand) {
	var running sync.WaitGroup
	defer running.Wait()
	slots := make(chan struct{}, maxAtOnce)
	next, report := time.Now(), time.Now().Add(reportEvery)
	for {
		next = next.Add(time.Duration(random.ExpFloat64() / rate * float64(time.Second)))
		if time.Since(next) > maxLag {
			next = time.Now() // What could not be sent in time is not made up for: that would be a burst.
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

// knock returns when the server answers, at once as a rule. While it is away there is one request at a time, and ever
// more rarely. The error is the context's.
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
		d.outcome(0, err) // Not with the visits of the mix; a base URL may hold surprises.
		return
	}
	answer, err := d.client.Do(request)
	if err != nil {
		if ctx.Err() == nil {
			d.outcome(0, err)
		}
		return
	}
	// Read to the end, or the connection cannot be used again.
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	d.outcome(answer.StatusCode, nil)
}

// outcome counts one request, and logs when the server has gone or come back.
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
	case d.away && !was && time.Since(d.toldAt) >= reportEvery: // One that comes and goes must not fill the log.
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
