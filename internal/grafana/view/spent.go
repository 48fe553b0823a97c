package view

import (
	"sync"
	"time"
)

// A board may have very many patterns that take their whole time. Together they have so much of it in each minute; those
// after that are not run.
const (
	allTime  = 10 * time.Second
	allEvery = time.Minute
)

// patterns is the time of all patterns. A command's run is over before a minute is; a server's is not.
var patterns allowance

type allowance struct {
	mu    sync.Mutex
	since time.Time // the beginning of the minute
	spent time.Duration
}

// run does some matching, if there is time. Its error is that a pattern took too long.
func (a *allowance) run(match func() error) error {
	began := time.Now()
	if a.isSpent(began) {
		return errSpent
	}
	err := match()
	a.add(time.Since(began))
	if err != nil {
		return errSlow
	}
	return nil
}

func (a *allowance) isSpent(now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if now.Sub(a.since) > allEvery {
		a.since, a.spent = now, 0
	}
	return a.spent >= allTime
}

func (a *allowance) add(took time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.spent += took
}
