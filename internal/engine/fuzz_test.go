package engine

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"gaugewright/internal/scrape"
)

// FuzzScrape scrapes any page, another and the first again. There is no panic, every series stays in order of time,
// and after a failed scrape no series of the page is found.
func FuzzScrape(f *testing.F) {
	for _, test := range scrapeCases {
		f.Add(test.pages[0], test.pages[len(test.pages)-1])
	}
	f.Add(oddPage(1, start), oddPage(2, start.Add(10*time.Second)))
	f.Fuzz(func(t *testing.T, one, other string) {
		e := empty(t)
		for i, page := range []string{one, other, one} {
			families, err := scrape.Read(strings.NewReader(page), "text/plain")
			at := start.Add(time.Duration(i) * 10 * time.Second)
			e.Scrape(at, map[string]string{"job": "j"}, families, err, 0)
			checkOrder(t, e)
		}
		e.Scrape(start.Add(30*time.Second), map[string]string{"job": "j"}, nil, errors.New("away"), 0)
		checkOrder(t, e)
		for _, series := range e.store.all {
			last := &series.samples[len(series.samples)-1]
			if !last.isStale() && !isReport(series) && undated(one) && undated(other) {
				t.Errorf("%s is not stale after a failed scrape", series.labels)
			}
		}
	})
}

// undated reports whether all samples of the page have no time of their own.
func undated(page string) bool {
	families, _ := scrape.Read(strings.NewReader(page), "text/plain")
	for _, family := range families {
		for _, sample := range family.Samples {
			if sample.Timestamp != 0 {
				return false
			}
		}
	}
	return true
}

func checkOrder(t *testing.T, e *Engine) {
	t.Helper()
	for _, series := range e.store.all {
		if !slices.IsSortedFunc(series.samples, func(a, b sample) int { return int(a.t - b.t) }) {
			t.Fatalf("%s: not in order", series.labels)
		}
	}
}
