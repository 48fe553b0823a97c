package observe

import (
	"testing"
	"time"
)

// TestTimes: the last scrape is at the end, the last ones are an interval apart, and the first is early enough for a
// slow rule group to be evaluated twice after it.
func TestTimes(t *testing.T) {
	end := time.Unix(1e9, 0)
	for _, test := range []struct {
		interval, slowest time.Duration
		scrapes, want     int
	}{
		{10 * time.Second, 0, 6, 6},
		{10 * time.Second, time.Minute, 6, 15},
		{7 * time.Second, time.Minute, 6, 21},
		{10 * time.Second, time.Minute, 31, 31},
		{10 * time.Second, 5 * time.Minute, 31, 63},
		{10 * time.Second, time.Hour, 6, 128}, // no more than that, so further apart
	} {
		h := &History{options: Options{Interval: test.interval}, slowest: test.slowest}
		times := h.Times(end, test.scrapes)
		last := len(times) - 1
		if len(times) != test.want || !times[last].Equal(end) {
			t.Errorf("%v: %d times from %v to %v before the end", test.slowest, len(times), end.Sub(times[0]), end.Sub(times[last]))
			continue
		}
		evaluated, due := 0, times[0]
		for _, at := range times { // as rules.Runner does
			if !at.Before(due) {
				evaluated, due = evaluated+1, at.Add(test.slowest)
			}
		}
		if evaluated < 3 {
			t.Errorf("%v: a group is evaluated %d times", test.slowest, evaluated)
		}
		for i := 1; i < len(times); i++ {
			step := times[i].Sub(times[i-1])
			if step <= 0 || i > last-test.scrapes+1 && step != test.interval {
				t.Errorf("%v: %v between scrape %d and the next", test.slowest, step, i)
			}
		}
	}
}
