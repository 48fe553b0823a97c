package observe

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Live goes on scraping the pages, an interval apart and at their real times, until the context ends, which is no
// error. Samples older than keep are forgotten. After each scrape of all pages it calls done, with an error for the
// first page that could not be read: that one is down until it can be read again, and is not asked twice at a time.
func (h *History) Live(ctx context.Context, pages []Page, interval, keep time.Duration, done func(down error)) error {
	addresses, pages := make([]*url.URL, len(pages)), slices.Clone(pages)
	for i, p := range pages {
		var err error
		if addresses[i], err = url.Parse(p.URL); err != nil {
			return fmt.Errorf("not a URL: %w", err)
		}
		pages[i].Client = cmp.Or(p.Client, http.DefaultClient)
	}
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case at := <-ticker.C:
			if ctx.Err() != nil {
				return nil
			}
			var down error
			for i, p := range pages {
				if _, _, err := h.store(ctx, p, addresses[i], at); err != nil && down == nil {
					down = err
				}
			}
			_ = h.rules.Eval(ctx, at) // as in scrape
			h.Engine.Forget(at.Add(-keep))
			if ctx.Err() == nil {
				done(down)
			}
		}
	}
}
