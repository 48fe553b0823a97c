package observe

import (
	"context"
	"time"
)

// A running service is scraped a few times. Its numbers then stand for a longer time.
const (
	targetScrapes = 6
	targetTime    = 2500 * time.Millisecond // for all scrapes
)

// Targets scrapes running services up to the end. It returns the time that the scrapes stand for.
func (h *History) Targets(ctx context.Context, pages []Page, end time.Time) (time.Duration, error) {
	times := h.Times(end, targetScrapes)
	err := h.take(ctx, pages, times, func(n int) error {
		if n == 0 {
			return nil
		}
		return wait(ctx, targetTime/time.Duration(len(times)-1))
	})
	if err != nil {
		return 0, err
	}
	return end.Sub(times[0]), nil
}
